"""The lens through which the views see what people wrote as Markdown rather than as HTML."""

from __future__ import annotations

from markupsafe import Markup

from renmai.site.dump import markdown
from renmai.site.views.lens import UP, Lens


class MarkdownLens(Lens):
    """A `Lens` whose notes, entries and fields with references are Markdown, marked as ready."""

    def _page(self, name: str, up: str) -> tuple[str, str] | None:
        found = super()._page(name, up)
        return (markdown.page(found[0]), found[1]) if found else None

    def field(self, text: str, up: str = UP) -> str:
        return markdown.with_links(text, lambda name: self._page(name, up))

    def line(self, text: str, path: str, up: str = UP) -> Markup:
        """An entry or a task as it was written; its breaks are kept."""
        written = self._written(text, path, up)
        return Markup("  \n").join(written.split("\n")) if "\n" in written else written

    def notes(self, text: str, path: str) -> Markup | None:
        return self._written(text, path, UP) if text else None

    def _written(self, text: str, path: str, up: str) -> Markup:
        return markdown.as_written(
            text, lambda name: self._page(name, up), lambda image: self._image(image, path, up)
        )
