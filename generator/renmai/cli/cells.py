"""Text in a terminal: what is safe to show, how many columns it takes, where it may break.

A Chinese character takes two columns, a combining accent none; `len` knows neither.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

ELLIPSIS = "…"

#: What could move the cursor, colour the screen, hide or reverse what follows, besides the
#: controls below the space: DEL and the C1 controls, line and paragraph separators, marks and
#: overrides of direction, invisible format characters (but the joiners that emoji and some
#: scripts need), lone surrogates.
UNSAFE = (
    "\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
)
#: Those of them that Unicode takes for letters.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

#: These must not begin a line, or end one.
_CLOSING = set("，。、；：？！）】》」』〉”’…,.;:?!)]}%")
_OPENING = set("（【《「『〈“‘([{")


def visible(text: str) -> str:
    """`text` with every control character written out: `\\x1b`, `\\u202e`, `\\n`."""
    if text.isprintable() and _UNSEEN.isdisjoint(text):
        return text
    return _unsafe().sub(_escape, text)


@cache
def _unsafe() -> re.Pattern[str]:
    # Most output has none of them, and the pattern takes long to compile.
    return re.compile(f"[\x00-\x1f{UNSAFE}\U000e0000-\U000e007f]")


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """The columns that `text` takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def fit(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, with an ellipsis where it was cut."""
    text = visible(text)
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for character in text:
        used += _columns(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `columns` columns; `right`: the spaces stand before it."""
    spaces = " " * (columns - width(text))
    return spaces + text if right else text + spaces


def wrap(text: str, columns: int | None) -> list[str]:
    """`text` in lines of at most `columns` columns (None: no limit), at least one line.

    Breaks at spaces and between Chinese characters; a word that is too long is cut.
    """
    text = visible(" ".join(text.split()))
    if columns is None or width(text) <= columns:
        return [text]
    lines, line, used = [], "", 0
    for piece in _pieces(text, columns):
        taken = width(piece.rstrip())
        if line and used + taken > columns:
            lines.append(line.rstrip())
            line, used = "", 0
        line += piece
        used += width(piece)
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, columns: int) -> list[str]:
    """`text` cut where a line may end, none wider than `columns`."""
    pieces, start, used = [], 0, 0
    for index, character in enumerate(text):
        taken = _columns(character)
        # What has no width stays with the character that it belongs to.
        if index > start and taken and (_may_break(text, index) or used + taken > columns):
            pieces.append(text[start:index])
            start, used = index, 0
        used += taken
    return [*pieces, text[start:]]


def _may_break(text: str, index: int) -> bool:
    """Whether a line may end before `text[index]`."""
    before, after = text[index - 1], text[index]
    if before == " ":
        return True
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    return _columns(before) == 2 or _columns(after) == 2
