"""Front matter as nearly everybody writes it, taken apart line by line.

Keys where the line begins, each with a text, a list or a map of texts on its line, or with a list
of those below it; no text holds a sign that could mean something to YAML. The tree is the one that
the parser makes of it, in a third of the time.
"""

from __future__ import annotations

import re

from renmai.text.nodes import Mapping, Node, Scalar, Sequence

#: What a text may not begin with, and what it may not hold. Within brackets it ends sooner.
_SIGNS = r"\-?:,\[\]{}#&*!|>'\"%@`"
_BEGINNING = rf"(?:[^ {_SIGNS}]|-{{1,2}}[^ {_SIGNS}])"


def _text(without: str, quoted_without: str) -> str:
    """A text without some signs, and with colons only where a word goes on behind them."""
    more = rf"[^#:{without}]*"
    return rf"""(?:{_BEGINNING}{more}(?::[\w/]{more})*(?<! )|"[^"\\{quoted_without}]*")"""


_KEY = "[a-z][a-z0-9_-]{0,50}"
_WORDS = _text(r"?,\[\]{}", r",\[\]{}")
_PAIR = f"{_KEY}: {_WORDS}"
_MAP = rf"\{{{_PAIR}(?:, ?{_PAIR})*\}}"
#: A text, a list, a map, or a list of maps: one of four groups.
_VALUE = (
    rf"(?:({_text('', '')})|\[({_WORDS}(?:, ?{_WORDS})*)\]|({_MAP})|\[({_MAP}(?:, ?{_MAP})*)\])"
)
_ABSENT = frozenset({"~", "null"})
#: A key, or an item and how far in it stands, and behind it perhaps a value.
_ROW = re.compile(rf"(?:({_KEY}):|( *)-)(?: {_VALUE})?")


def read_plain(text: str) -> Mapping | None:
    """The tree of `text`, as `read_yaml` gives it; None where it is not as plain as that."""
    rows = text.split("\n")
    # What cannot be seen may end a line, or be refused.
    if not "".join(rows).isprintable():
        return None
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    listed, indent = None, ""  # the list that may go on, and how far in it stands
    key = ""  # a key with nothing behind it, on the last line that is not empty
    for line, row in enumerate(rows, 1):
        if not row:
            continue
        found = _ROW.fullmatch(row)
        if found is None:
            return None
        name, inside, words = found.group(1, 2, 3)
        node = _scalar(words, line) if words else _node(found, line)
        if node is None:
            return None
        if name:
            if name in values:
                return None
            values[name], lines[name] = node, line
            key, listed = name if found.lastindex == 1 else "", None
        else:
            if key:
                values[key] = listed = Sequence([], line)
                key, indent = "", inside
            if listed is None or inside != indent:
                return None
            listed.items.append(node)
    return Mapping(values, lines, min(lines.values())) if lines else None


def _node(found: re.Match[str], line: int) -> Node | None:
    """The value in a row; None of an item without one, and of a map with a key written twice."""
    sort = found.lastindex
    if sort == 4:
        return Sequence([_scalar(each, line) for each in _pieces(found[4])], line)
    if sort == 5:
        return _mapping(found[5], line)
    if sort == 6:
        pieces = found[6].split("},")
        maps: list[Node] = [each for piece in pieces if (each := _mapping(piece, line))]
        return Sequence(maps, line) if len(maps) == len(pieces) else None
    return Scalar("", line, True) if sort == 1 else None


def _mapping(text: str, line: int) -> Mapping | None:
    values: dict[str, Node] = {}
    pieces = _pieces(text.strip(" {}"))
    for piece in pieces:
        key, _, words = piece.partition(": ")
        values[key] = _scalar(words, line)
    lines = dict.fromkeys(values, line)
    return Mapping(values, lines, line) if len(values) == len(pieces) else None


def _pieces(text: str) -> list[str]:
    """What stands between commas, behind which there may be a space."""
    return text.replace(", ", ",").split(",")


def _scalar(text: str, line: int) -> Scalar:
    if text[0] == '"':
        return Scalar(text[1:-1], line, text.count(" ") == len(text) - 2)
    return Scalar(text, line, text in _ABSENT)
