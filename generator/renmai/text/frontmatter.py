"""A file's bytes, split into front matter and body, with what breaks a whole file."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from renmai.problems import Report
from renmai.text.nodes import Mapping
from renmai.text.plain import read_plain

if TYPE_CHECKING:
    from frontmatter.default_handlers import BaseHandler

#: Seven of one sign and a space, as git writes them. `=======` alone underlines a heading.
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7}) ", re.MULTILINE)

_SIGNS = ("<<<<<<<", "|||||||", ">>>>>>>")

BOM = "\ufeff"

#: Of front matter that has so many characters the size is looked at.
_LONG = 100_000


class Split(msgspec.Struct):
    """A readable file: its front matter as a tree, its body, and the body's first line from 1.

    `values` is None where there is no front matter; the body is then all the text there is.
    """

    values: Mapping | None
    body: str
    body_line: int


@cache
def _fences() -> BaseHandler:
    """Front matter between two `---` lines, spaces behind them free, CRLF or LF."""
    # Most files are read without it, and it loads all of YAML.
    from frontmatter.default_handlers import BaseHandler

    return BaseHandler(re.compile(r"^---[ \t]*\r?$", re.MULTILINE))


def decode(data: bytes, report: Report) -> str | None:
    """The text of a file, without its BOM; None (and a problem) when it may not be used."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        report.add(data.count(b"\n", 0, error.start) + 1, "bad-encoding")
        text = ""
    text = text.removeprefix(BOM)
    # Nearly no file has one, and to look at every line for it takes longer than for a row of signs.
    if any(sign in text for sign in _SIGNS) and (marker := _CONFLICT.search(text)):
        report.add(text.count("\n", 0, marker.start()) + 1, "conflict-markers")
        return None
    return None if report.count else text


def split(data: bytes, report: Report) -> Split | None:
    """Front matter and body of a record's bytes; None when nothing of it can be used.

    Reports `bad-encoding`, `conflict-markers`, `no-front-matter`, `bad-yaml`, `yaml-alias`,
    `duplicate-key`, each at its line.
    """
    text = decode(data, report)
    if text is None:
        return None
    return _split_plain(text) or _split_any(text, report)


def _split_plain(text: str) -> Split | None:
    """What `split` gives of a file as nearly everybody writes it; None of any other."""
    end = text.find("\n---\n", 3)
    if not 0 <= end < _LONG or not text.startswith("---\n"):
        return None
    front = text[3 : end + 1]
    # Were one of its lines the end of it, it would not be plain.
    tree = read_plain(front)
    return Split(tree, text[end + 5 :], front.count("\n") + 2) if tree else None


def _split_any(text: str, report: Report) -> Split | None:
    from renmai.text.yamltree import MAX_BYTES, read_yaml, wide_colon_line

    if not _fences().detect(text):
        report.add(1, "no-front-matter")
        return Split(None, text, 1)
    try:
        front, body = _fences().split(text)
    except ValueError:
        report.add(1, "no-front-matter", "no-end")
        return Split(None, text.partition("\n")[2], 2)
    # The first line of `front` is what stands behind the opening `---`: nothing.
    if len(front) > MAX_BYTES or len(front.encode()) > MAX_BYTES:
        report.add(1, "bad-yaml", "size")
        return None
    before = report.count
    tree = read_yaml(front, report)
    if tree is None and report.count == before:
        tree = Mapping({}, {}, 1)  # nothing between the two lines
    if tree is not None and not isinstance(tree, Mapping):
        wide = wide_colon_line(front, tree.line)
        report.add(wide or tree.line, "bad-yaml", "wide-colon" if wide else "no-map")
        return None
    if tree is None:
        return None
    body_line = front.count("\n") + 1
    # The body begins on the line behind the closing `---`.
    return Split(tree, body.removeprefix("\n"), body_line + 1)
