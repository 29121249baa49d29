"""One page of a book as HTML, without the rest of the site."""

from __future__ import annotations

from renmai.site.pages import outputs
from renmai.site.views.lens import Lens


def rendered(lens: Lens, path: str) -> str:
    """The HTML of a page of the site."""
    return next(each.content for each in outputs(lens, "Test", []) if each.path == path)
