"""Charts: pure functions from figures and words to small inline pictures (SVG).

No library, no script and no inline style: `assets/insight.css` gives the classes their colours,
for light, dark and paper. What lies along the page is in percent, so that a chart grows with its
place while its words keep their size. Each has a text alternative: a label that says what one
sees, or `aria-hidden` where the figures stand beside it as text.
"""
