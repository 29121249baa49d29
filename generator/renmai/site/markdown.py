"""Markdown as HTML that is safe to show: what CommonMark has, tables, references, tamed images.

To load it takes longer than to make a page: whoever has simple words alone does without.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from renmai.site.notes import Image
from renmai.site.sanitising import sanitised
from renmai.site.simple import WRITTEN, Resolve, meant

#: An image written as HTML.
_HTML_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
#: HTML that runs on to its end mark, whatever stands between; without one it would take in all that
#: follows. First as CommonMark begins such a block, then as a browser begins such an element.
_RUNS_ON = (
    (re.compile(r"<!--"), ("-->",)),
    (re.compile(r"<\?"), ("?>",)),
    (re.compile(r"<!\[CDATA\["), ("]]>",)),
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=\s|>|$)", re.IGNORECASE),
        ("</script>", "</pre>", "</style>", "</textarea>"),
    ),
)
_SWALLOWS = re.compile(
    r"<(?:!--|(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)\b)",
    re.IGNORECASE,
)

_BOX = re.compile(r"\[([ xX])\]\s+")


def paragraphs(text: str, resolve: Resolve, image: Image) -> Markup:
    """Markdown of several paragraphs; headings begin at level 3."""
    return sanitised(_markdown(breaks=False).render(text, {"resolve": resolve, "image": image}))


def line(text: str, resolve: Resolve, image: Image) -> Markup:
    """Markdown of a line of its own, or of several, whose breaks are kept."""
    markdown, env = _markdown(breaks=True), {"resolve": resolve, "image": image}
    return sanitised(
        markdown.render(text, env) if "\n" in text else markdown.renderInline(text, env)
    )


@cache
def _markdown(*, breaks: bool) -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": True, "breaks": breaks})
    made.enable(["table", "strikethrough"])
    made.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    made.inline.ruler.before("link", "reference", _reference)
    made.core.ruler.push("tame", _tame)
    return made


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML as a block of its own; none that would run on to the end of the notes."""
    at = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("<", at):
        for begins, marks in _RUNS_ON:
            if begins.match(state.src, at) and _last(state, marks) < at:
                return False
    return html_block(state, start, end, silent)


def _last(state: StateBlock, marks: tuple[str, ...]) -> int:
    """Where one of the marks stands last; looked for once in a text."""
    known: dict[str, int] = state.env.setdefault("last", {})
    if marks[0] not in known:
        text = state.src.lower()
        known[marks[0]] = max(map(text.rfind, (mark.lower() for mark in marks)))
    return known[marks[0]]


def _reference(state: StateInline, silent: bool) -> bool:
    """`[[ref|shown]]` becomes a link to the record's page, or plain words where there is none."""
    found = WRITTEN.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        target, words = meant(found[1], state.env["resolve"])
        if target:
            state.push("link_open", "a", 1).attrs = {"href": target}
        state.push("text", "", 0).content = words
        if target:
            state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _tame(state: StateCore) -> None:
    """Headings that fit below the page's own; no image but those allowed; ticked boxes."""
    _lower_headings(state.tokens)
    before = ""
    for token in state.tokens:
        if token.type == "html_block":
            token.content = _bounded(token.content)
        elif token.type == "inline" and token.children:
            if before == "list_item_open":
                _draw_box(token.children[0])
            token.children = _tame_inline(token.children, state.env, state.md.options.breaks)
        if token.type != "paragraph_open":
            before = token.type


def _bounded(html: str) -> str:
    """HTML in which nothing swallows what follows, and no image: its path is not one of the site.

    A comment or a script without its end is shown as it is written.
    """
    html = _HTML_IMAGE.sub("", html)
    text = html.lower()

    def shown(found: re.Match[str]) -> str:
        end = f"</{found[1].lower()}" if found[1] else "-->"
        # A browser takes `<!-->` for a comment.
        is_closed = text.find(end, found.start() + 2) >= 0
        return found[0] if is_closed else "&lt;" + found[0][1:]

    return _SWALLOWS.sub(shown, html)


def _lower_headings(tokens: list[Token]) -> None:
    """Headings from level 3 on: a deeper one goes one down, whatever was skipped."""
    last = written = 2
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            down = level > written
            last = min(last + 1, 6) if down else max(3, last - (written - level))
            written = level
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"


def _draw_box(first: Token) -> None:
    """The box of a task that stands within a log entry, as a character."""
    box = _BOX.match(first.content)
    if box:
        first.content = ("☐ " if box[1] == " " else "☑ ") + first.content[box.end() :]


def _tame_inline(children: list[Token], env: Any, breaks: bool) -> list[Token]:
    kept: list[Token] = []
    for at, token in enumerate(children):
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
        elif token.type == "html_inline":
            token.content = _bounded(token.content)
        elif token.type == "softbreak" and not breaks and _within_chinese(children, at):
            continue
        kept.append(token)
    return kept


def _within_chinese(children: list[Token], at: int) -> bool:
    """Whether a line was broken between two Chinese characters, where a space would gape."""
    before = children[at - 1].content if at else ""
    after = children[at + 1].content if at + 1 < len(children) else ""
    return before[-1:] > "\u2e7f" and after[:1] > "\u2e7f"


def _record_link(token: Token, resolve: Resolve) -> str | None:
    """The page that an ordinary link to a record's file means: `[Lin](../contacts/lin.md)`."""
    href = unquote(str(token.attrs.get("href", ""))).partition("#")[0]
    if ":" in href or not href.lower().endswith(".md"):
        return None
    target = resolve(href.rpartition("/")[2][: -len(".md")])
    return target[0] if target else None
