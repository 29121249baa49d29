"""The site: view models, pages, assets, and the thin adapter that MkDocs calls."""
