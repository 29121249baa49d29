"""What people wrote, as HTML that is safe to show.

Notes go through Markdown and then through nh3; nothing in them can run, nothing they link to is
anything but http, https, mailto, tel or a page of the site, and no image is one from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from renmai.text.references import target_text

#: A reference: what it leads to (a path from the page), and what to show; None for no page.
Resolve = Callable[[str], tuple[str, str] | None]
#: An image as written: its path from the page, or None when it may not be shown.
Image = Callable[[str], str | None]

_TAGS = {
    *("p", "br", "hr", "strong", "em", "b", "i", "u", "s", "del", "ins", "mark", "sub", "sup"),
    *("small", "kbd", "abbr", "cite", "q", "code", "pre", "blockquote", "a", "img", "span", "div"),
    *("ul", "ol", "li", "dl", "dt", "dd", "details", "summary"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "abbr": {"title"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}

#: Text without any of these is its own HTML, once escaped.
_MARKED = re.compile(r"[\\`*_\[\]<>#&~|!]|https?://|^\s*(?:[-+>]|\d+[.)])\s|\n", re.MULTILINE)
_REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_SAFE_LINK = re.compile(
    r"(?:https?|mailto|tel):|\.\./(?:contacts|events|communities)/[^/\\]+\.html$", re.IGNORECASE
)
_SAFE_IMAGE = re.compile(r"\.\./media/[^/\\]+$")


def render(text: str, resolve: Resolve, image: Image) -> Markup:
    """Markdown of several paragraphs as safe HTML; headings begin at level 3."""
    return _clean(_markdown().render(text, {"resolve": resolve, "image": image}))


def render_line(text: str, resolve: Resolve, image: Image) -> Markup:
    """A log entry or a task: mostly plain words, which need no Markdown; its breaks are kept."""
    if not _MARKED.search(text):
        return escape(text)
    if "\n" in text:
        return render(text, resolve, image)
    return _clean(_markdown().renderInline(text, {"resolve": resolve, "image": image}))


def _clean(html: str) -> Markup:
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_safe_attribute,
            url_schemes=_SCHEMES,
            link_rel="noreferrer noopener",
            clean_content_tags={"script", "style"},
        )
    )


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    """Drop addresses that lead neither to a page of the site nor, by a safe scheme, elsewhere."""
    safe = {"href": _SAFE_LINK, "src": _SAFE_IMAGE}.get(name)
    return value if safe is None or safe.match(value) else None


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": True, "breaks": True})
    made.enable(["table", "strikethrough"])
    made.inline.ruler.before("link", "reference", _reference)
    made.core.ruler.push("tame", _tame)
    return made


def _reference(state: StateInline, silent: bool) -> bool:
    """`[[ref|shown]]` becomes a link to the record's page, or plain words where there is none."""
    found = _REFERENCE.match(state.src, state.pos) if state.src.startswith("[[", state.pos) else None
    if not found:
        return False
    if not silent:
        name = target_text(found[1])
        _, bar, shown = found[1].partition("|")
        target = state.env["resolve"](name) if name else None
        words = shown.strip() if bar and shown.strip() else target[1] if target else found[1].strip()
        if target:
            state.push("link_open", "a", 1).attrs = {"href": target[0]}
        state.push("text", "", 0).content = words
        if target:
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _tame(state: StateCore) -> None:
    """Headings below the page's own and without gaps; no link or image but those allowed."""
    last = written = 2
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            # A deeper heading goes one down, whatever was skipped; a higher one goes back up.
            last = min(last + 1, 6) if level > written else max(3, last - (written - level))
            last, written = max(last, 3), level
            token.tag = f"h{last}"
        elif token.type == "heading_close":
            token.tag = f"h{last}"
        elif token.type == "inline" and token.children:
            token.children = _tame_inline(token.children, state.env)


def _tame_inline(children: list[Token], env: Any) -> list[Token]:
    kept: list[Token] = []
    for token in children:
        if token.type == "link_open" and (found := _record_link(token, env["resolve"])):
            token.attrs["href"] = found
        elif token.type == "image":
            path = env["image"](unquote(str(token.attrs.get("src", ""))))
            if path is None:
                plain = Token("text", "", 0)
                plain.content = token.content
                token = plain
            else:
                token.attrs["src"] = path
        kept.append(token)
    return kept


def _record_link(token: Token, resolve: Resolve) -> str | None:
    """The page that an ordinary link to a record's file means: `[Lin](../contacts/lin.md)`."""
    href = unquote(str(token.attrs.get("href", ""))).partition("#")[0]
    if ":" in href or not href.lower().endswith(".md"):
        return None
    target = resolve(href.rpartition("/")[2][: -len(".md")])
    return target[0] if target else None
