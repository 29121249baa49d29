"""What a line of Markdown begins with: list marks, breaks, fences, headings, and white space."""

from __future__ import annotations

import re

FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+(.*))?$")
_BREAK = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)])([ \t\u3000]+|$)")
_MARKS = frozenset("-*+0123456789")
#: A longer line is no break: to look at all of it for each list mark in it would take too long.
_LONGEST_BREAK = 1000


def mark_of(content: str) -> re.Match[str] | None:
    """The list mark that a line begins with; a break is none."""
    return None if content[0] not in _MARKS or is_break(content) else _ITEM.match(content)


def is_break(content: str) -> bool:
    if content[-1] not in "-*_ \t" or len(content) > _LONGEST_BREAK:
        return False
    return bool(_BREAK.match(content))


def interrupts(content: str, mark: re.Match[str] | None, deep: bool, same: bool) -> bool:
    """Whether a line begins something rather than going on with the paragraph before it.

    `deep`: at the indent of code, where only a list item may begin. `same`: it lies in the item
    that the paragraph lies in, where an empty item or a number other than 1 begins no list.
    """
    if mark:
        text = content[mark.end() :]
        return not same or bool(text and (mark[1] in "-*+" or mark[1][:-1] == "1"))
    return not deep and bool(
        is_break(content)
        or HEADING.match(content)
        or FENCE.match(content)
        or content.startswith((">", "<!--"))
    )


def width_of(space: str, column: int = 0) -> int:
    """The columns that white space takes from `column` on, tabs going to multiples of four."""
    if "\t" not in space:
        return len(space)
    return len((" " * (column % 4) + space).expandtabs(4)) - column % 4
