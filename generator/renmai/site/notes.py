"""What people wrote, as HTML that is safe to show.

Notes go through Markdown and then through `sanitising`: nothing in them can run, nothing they link
to is anything but http, https, mailto, tel or a page of the site, and no image is from elsewhere.
Most are so simple that they need neither.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from renmai.site.simple import Resolve, is_plain, meant, simple_line
from renmai.site.simple_notes import simple_notes
from renmai.text.references import REFERENCE

#: An image as written: its path from the page, or None when it may not be shown.
Image = Callable[[str], str | None]

#: Notes with more than so many characters, or marks of Markdown, or tags and quotes within one
#: another, are shown as they are written: no person writes that, and to make sense of it can take
#: minutes.
_MOST = 100_000
_MOST_MARKS = 30_000
_MOST_NESTED = 2_000
_MARKS = "[]*_`~&|#!\\"


def is_overgrown(text: str) -> bool:
    """Whether there is so much of it, or so much markup, that it is shown as it is written."""
    return len(text) > _MOST_NESTED and (
        len(text) > _MOST
        or text.count("<") + text.count(">") > _MOST_NESTED
        or sum(map(text.count, _MARKS)) > _MOST_MARKS
    )


def render_plain(text: str, says: str) -> Markup:
    """Notes as they are written, below a line that says why."""
    return Markup('<p class="quiet">{}</p><pre>{}</pre>').format(says, text)


def render(text: str, resolve: Resolve, image: Image) -> Markup:
    """Markdown of several paragraphs as safe HTML; headings begin at level 3."""
    if simple := simple_notes(text, resolve):
        return simple
    # To load all of Markdown takes longer than to make a page.
    from renmai.site import markdown

    return markdown.paragraphs(text, resolve, image)


def render_line(text: str, resolve: Resolve, image: Image) -> Markup:
    """A log entry or a task: mostly plain words, which need no Markdown; its breaks are kept."""
    if is_plain(text) or is_overgrown(text):
        return escape(text)
    if simple := simple_line(text, resolve):
        return simple
    # For the same reason as in `render`.
    from renmai.site import markdown

    return markdown.line(text, resolve, image)


def with_links(text: str, resolve: Resolve) -> str:
    """A field of the front matter: escaped to the letter, but for references, which are links."""
    if "[[" not in text:
        return text
    parts: list[Markup] = []
    position = 0
    for found in REFERENCE.finditer(text):
        target, words = meant(found[1], resolve)
        link = Markup('<a href="{}">{}</a>').format(target, words) if target else escape(words)
        parts += [escape(text[position : found.start()]), link]
        position = found.end()
    return Markup("").join([*parts, escape(text[position:])])
