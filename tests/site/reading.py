"""Reads pages as a browser does: elements, links, and what could run."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_VOID = {"meta", "link", "img", "br", "hr", "input", "source", "wbr", "col"}


class Page(HTMLParser):
    """A page's elements in order, with the texts of its scripts and its title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        #: The ids of a page as it is first shown: what stands in a template is not yet there.
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if "id" in given and "template" not in self._open:
            self.ids.append(given["id"])
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.inline.append(data)
        else:
            self.text.append(data)

    @property
    def links(self) -> list[str]:
        """Everything that the page leads to or loads."""
        return [
            attrs[name] for _, attrs in self.elements for name in ("href", "src") if name in attrs
        ]

    @property
    def head(self) -> list[tuple[str, dict[str, str]]]:
        """The elements of the head."""
        names = [name for name, _ in self.elements]
        return self.elements[names.index("head") + 1 : names.index("body")]


def pages(site: Path) -> dict[str, Page]:
    """Every page of a site, by its path."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def target(page: str, link: str) -> str | None:
    """The file of the site that a relative link means; None for one that leads elsewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
