"""Lines as editors and git count them: they end at line feeds alone."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

from renmai.merge.versions import Versions

_LINE = re.compile(r"[^\n]*\n|[^\n]+")

#: Merges texts by lines as `git merge-file` does, to the text with git's markers and the number
#: of conflicts. Raises LeftToGit where they are binary.
MergeLines = Callable[[Versions[str]], tuple[str, int]]

OURS, BETWEEN, THEIRS = "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"


class LeftToGit(Exception):
    """Not for us to merge: no text, front matter with no lines to its keys, or too much."""


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its line feed."""
    return _LINE.findall(text)


def is_blank(line: str) -> bool:
    return not line.strip()


def conflict(ours: str, theirs: str) -> str:
    """Both texts, whole lines, between git's markers."""
    return OURS + ours + BETWEEN + theirs + THEIRS


def shifted(text: str, by: int) -> str:
    """Lines moved to the right by so many columns, or to the left as far as they can."""
    if not by:
        return text
    return "".join(_shifted(line, by) for line in lines_of(text))


def _shifted(line: str, by: int) -> str:
    if is_blank(line):
        return line
    if by > 0:
        return " " * by + line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def with_line_ends_of(text: str, data: bytes) -> str:
    """`text`, which has line feeds alone, with the line ends of the file `data`.

    Where a file has both, a line that stands there keeps its own, and the others get those that
    most lines have.
    """
    crlf, feeds = data.count(b"\r\n"), data.count(b"\n")
    if not crlf:
        return text
    if crlf == feeds:
        return text.replace("\n", "\r\n")
    ends: dict[str, deque[str]] = {}
    for line in lines_of(data.decode("utf-8", "replace")):
        bare = line.removesuffix("\n").removesuffix("\r")
        ends.setdefault(bare, deque()).append(line[len(bare) :])
    common = "\r\n" if 2 * crlf > feeds else "\n"
    merged = []
    for line in lines_of(text):
        bare = line.removesuffix("\n")
        known = ends.get(bare)
        merged.append(bare + (known.popleft() if known else common))
    return "".join(merged)
