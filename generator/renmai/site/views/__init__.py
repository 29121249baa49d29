"""View models: what each page shows, made by pure functions from `Facts` and `Words`.

A view model is decided to the last word and holds no HTML but what `renmai.site.notes` has made
safe; a template only lays it out (rule 7 of the house). Every `href` is a path from the site's
top, percent-encoded; templates put the way back to the top before it.
"""
