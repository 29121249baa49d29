"""Inline code and HTML comments in a paragraph, masked so that no later step has to know them.

A masked text has the length of the original, so columns found in the one hold in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right

#: Stand for a character of inline code and of a comment: no white space, no word.
CODE = "\ufffc"
COMMENT = "\ufffb"

#: What an escape, inline code or a comment begins with.
_BEGINNING = re.compile(r"\\.|`+|<!--")


def mask_comments(line: str) -> str:
    """A line with the comments masked that begin and end in it."""
    pieces: list[str] = []
    done, last_close = 0, line.rfind("-->")
    while 0 <= (start := line.find("<!--", done)) <= last_close - 4:
        stop = line.find("-->", start + 4) + 3
        pieces += [line[done:start], COMMENT * (stop - start)]
        done = stop
    return "".join([*pieces, line[done:]])


def mask_inline(text: str) -> str:
    """The text of one paragraph with inline code and comments masked."""
    runs: dict[int, list[int]] = {}
    for found in re.finditer("`+", text):
        runs.setdefault(len(found[0]), []).append(found.start())
    last_close = text.rfind("-->")
    pieces: list[str] = []
    done = position = 0
    while token := _BEGINNING.search(text, position):
        start, position = token.span()
        stop, filler = -1, CODE
        if token[0] == "<!--":
            filler = COMMENT
            if start + 2 <= last_close:
                stop = text.find("-->", start + 2) + 3
        elif token[0][0] == "`":
            stop = _code_end(runs.get(len(token[0]), []), start, len(token[0]))
        if stop >= 0:
            pieces += [text[done:start], _fill(text[start:stop], filler)]
            done = position = stop
    return "".join([*pieces, text[done:]])


def _code_end(runs: list[int], start: int, length: int) -> int:
    """The end of the inline code that a run of backticks at `start` opens; -1 if none does."""
    following = bisect_right(runs, start)
    return runs[following] + length if following < len(runs) else -1


def _fill(text: str, filler: str) -> str:
    if "\n" not in text:
        return filler * len(text)
    return "\n".join(filler * len(line) for line in text.split("\n"))
