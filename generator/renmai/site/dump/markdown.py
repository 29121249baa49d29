"""Text as Markdown that CommonMark, Python-Markdown and their kin all read in the same way."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from markupsafe import Markup

from renmai.site.notes import Image
from renmai.site.simple import Resolve, meant
from renmai.text.body import scan_body
from renmai.text.references import REFERENCE

#: Every dialect takes a backslash before these; before the others only some do. `{` begins what
#: some generators fill in, `|` parts the cells of a table, `~` strikes out.
_SPECIAL = re.compile(r"[\\`*_\[\]<{|~]|&(?=#?\w{1,32};)")
_AS_ENTITY = {"]": "&#93;", "<": "&lt;", "{": "&#123;", "|": "&#124;", "~": "&#126;", "&": "&amp;"}
#: What means something where a line begins: a heading, a list, a quote, a box of some dialects.
_BEGINNING = re.compile(r"(\s*)(?:([#+>!-])|(\d{1,9})([.)]))")
_SPACE = re.compile(r"\s+")

#: In notes: a reference, an image, or the address of a link. The scanner has masked code.
_WRITTEN = re.compile(
    r"(?<!\\)\[\[(?P<ref>[^\[\]\n]+)\]\]"
    r"|(?<!\\)!\[(?P<alt>[^\[\]\n]{0,1000})\]\((?P<image><[^<>\n]+>|[^\s()]+)[^()\n]{0,1000}\)"
    r"|(?<=\])\((?P<link><[^<>\n]+\.md(?:#[^<>\n]*)?>|[^\s()]+\.md(?:#[^\s()]*)?)\)"
    r"|(?P<brace>\{)(?=\{[<%])",
    re.IGNORECASE,
)
#: What stands in an address as it is; parentheses and the like would end it.
_IN_ADDRESS = "%/:?#@!$&'+,;=~*._-"


def escape(text: str) -> Markup:
    """A field as Markdown that shows it to the letter, on one line."""
    if text.isalnum() and not text.isdecimal():
        return Markup(text)
    text = _SPECIAL.sub(_escaped, _SPACE.sub(" ", text))
    if begins := _BEGINNING.match(text):
        space, sign, number, mark = begins.groups()
        text = f"{space}{number or ''}\\{sign or mark}{text[begins.end() :]}"
    return Markup(text)


def ready(value: object) -> Markup:
    """What a template shows: Markdown as it is, anything else to the letter."""
    return value if isinstance(value, Markup) else escape(str(value))


def address(href: str) -> Markup:
    """The address of a link or an image, in the parentheses of Markdown."""
    return Markup(quote(href, safe=_IN_ADDRESS, errors="replace"))


def link(text: str, href: str) -> Markup:
    """A link whose words are shown to the letter."""
    return Markup(f"[{escape(text)}]({address(href)})")


def page(href: str) -> str:
    """The Markdown page that stands for a page of the site: its path, or a link to it.

    Generators take `index` and `readme` for the page of the whole folder: a record of such a name
    gets another.
    """
    path, mark, rest = href.partition("#")
    folder, _, name = path.removesuffix(".html").rpartition("/")
    if folder.strip("./") and name.casefold() in ("index", "readme"):
        name += "-1"
    return f"{folder}/{name}.md{mark}{rest}" if folder else f"{name}.md{mark}{rest}"


def with_links(text: str, resolve: Resolve) -> str:
    """A field with its references as links; without any it is as it was, to be escaped yet."""
    if "[[" not in text:
        return text
    parts: list[Markup] = []
    position = 0
    for found in REFERENCE.finditer(text):
        parts += [escape(text[position : found.start()]), _reference(found[1], resolve)]
        position = found.end()
    return Markup("").join([*parts, escape(text[position:])])


def as_written(text: str, resolve: Resolve, image: Image) -> Markup:
    """Notes as they were written, with references, links to records and images leading there."""
    if not ("[" in text or "{{" in text):
        return Markup(text)
    body = scan_body(text)

    def put(found: re.Match[str]) -> str:
        return _put(found, resolve, image)

    return Markup(
        "\n".join(
            _replaced(line, masked, put)
            for line, masked in zip(body.lines, body.masked, strict=True)
        )
    )


def _replaced(line: str, masked: str, put: Callable[[re.Match[str]], str]) -> str:
    """A line with what was found in its masked twin replaced."""
    parts: list[str] = []
    position = 0
    for found in _WRITTEN.finditer(masked):
        parts += [line[position : found.start()], put(found)]
        position = found.end()
    return "".join([*parts, line[position:]])


def _put(found: re.Match[str], resolve: Resolve, image: Image) -> str:
    if found["ref"]:
        return _reference(found["ref"], resolve)
    if found["image"]:
        path = image(unquote(found["image"].strip("<>")))
        return f"![{found['alt']}]({address(path)})" if path else found["alt"]
    if found["link"]:
        target = _record(found["link"].strip("<>"), resolve)
        return f"({address(target)})" if target else found[0]
    return _AS_ENTITY["{"]


def _record(href: str, resolve: Resolve) -> str | None:
    """The page that a link to a record's file means."""
    path = unquote(href).partition("#")[0]
    target = None if ":" in path else resolve(path.rpartition("/")[2][: -len(".md")])
    return target[0] if target else None


def _reference(inside: str, resolve: Resolve) -> Markup:
    target, words = meant(inside, resolve)
    return link(words, target) if target else escape(words)


def _escaped(found: re.Match[str]) -> str:
    return _AS_ENTITY.get(found[0]) or f"\\{found[0]}"
