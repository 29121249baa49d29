"""The sections of a body that have a meaning: the log, and an event's three phases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from renmai.text.body import Body, Heading

Role = Literal["log", "before", "during", "after"]

_LOG = frozenset({"log", "记录"})
_PHASES: dict[str, Role] = {
    "before": "before",
    "会前": "before",
    "会议前": "before",
    "during": "during",
    "会中": "during",
    "会议中": "during",
    "after": "after",
    "会后": "after",
    "会议后": "after",
}


class Section(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Lines of the body from its heading (`start`) to before `end`, counted from 0 in the body."""

    role: Role
    start: int
    end: int


def find_sections(body: Body, *, phases: bool) -> list[Section]:
    """The log's sections and, with `phases`, an event's: each to the next heading 1 or 2."""
    tops = [heading for heading in body.headings if heading.level <= 2]
    ends = [heading.line for heading in tops[1:]] + [len(body.lines)]
    return [
        Section(role, heading.line, end)
        for heading, end in zip(tops, ends, strict=False)
        if (role := _role(heading, phases))
    ]


def _role(heading: Heading, phases: bool) -> Role | None:
    if heading.level != 2:
        return None
    name = heading.text.casefold()
    if name in _LOG:
        return "log" if heading.atx else None
    return _PHASES.get(name) if phases else None


def roles_of(sections: Sequence[Section]) -> Callable[[int], Role | None]:
    """What gives the role of the section that a line of the body lies in."""
    starts = [section.start for section in sections]

    def role(line: int) -> Role | None:
        index = bisect_right(starts, line) - 1
        return sections[index].role if index >= 0 and line < sections[index].end else None

    return role
