"""Speed, side by side with other generators of sites: `python -m benchmarks --help`.

Each module is one step: `book` makes a book of any size, `tools` says how renmai and its peers
build a site of it, `measure` takes time and memory, `rows` runs what is compared, `browser` looks
at pages in Chromium, `results` keeps and merges figures, `report` shows them.
"""
