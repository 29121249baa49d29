"""`renmai build --dump`: the same pages as Markdown that any generator of sites reads."""
