"""One entry or task that both sides have: its tick, its words, and what is nested in it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

import msgspec

from renmai.merge.lines import conflict, is_blank, lines_of
from renmai.merge.ticks import merged_tick
from renmai.merge.units import Unit
from renmai.merge.versions import Versions

#: Merges bodies, to the text and the number of conflicts.
MergeBodies = Callable[[Versions[str]], tuple[str, int]]


class Content(msgspec.Struct):
    """A unit as it will be written; `conflicts` are those marked in it."""

    lines: str
    done: bool = False
    conflicts: int = 0


def merge_content(base: Unit | None, ours: Unit, theirs: Unit, bodies: MergeBodies) -> Content:
    """The lines of a unit that stands on both sides.

    `bodies` merges what is nested in an entry.
    """
    if ours.sort == "heading":
        return Content(Versions(base.lines if base else "", ours.lines, theirs.lines).choice)
    done = merged_tick(base.done if base else None, ours.done, theirs.done)
    none = _Parts("", "", "")
    parts = Versions(_parts(base) if base else none, _parts(ours), _parts(theirs))
    chosen = parts.choice if parts.settled else _merge_parts(parts, bodies)
    if chosen is None:
        return Content(conflict(ours.lines, theirs.lines), done, 1)
    return Content(_written(chosen, done, (ours, theirs)), done)


def left_alone(base: Unit, side: Unit) -> bool:
    """Whether a side did nothing to a unit, or moved it at most."""
    words = [(each.lines[each.column :].split(), each.done) for each in (base, side)]
    return words[0] == words[1]


class _Parts(msgspec.Struct, frozen=True):
    """A unit taken apart: its mark (with an open box), the rest of its first line, the others."""

    mark: str
    words: str
    below: str


def _parts(unit: Unit) -> _Parts:
    first, feed, below = unit.lines.partition("\n")
    mark = first[: unit.column]
    if unit.sort == "task":
        mark = mark[: unit.box] + " " + mark[unit.box + 1 :]
    return _Parts(mark, first[unit.column :] + feed, below)


def _merge_parts(parts: Versions[_Parts], bodies: MergeBodies) -> _Parts | None:
    """Each part by the side that changed it; None where both changed the words or what is below."""
    marks, words = parts.each(lambda each: each.mark), parts.each(lambda each: each.words)
    if not words.settled and words.ours.split() != words.theirs.split():
        return None
    below = parts.each(lambda each: each.below)
    text = below.choice
    if not below.settled:
        indent = _indent("".join(below))
        text, conflicts = bodies(below.each(lambda each: _without(each, indent)))
        if conflicts:
            return None
        text = "".join(line if is_blank(line) else indent + line for line in lines_of(text))
    return _Parts(_alike(marks), _alike(words), text)


def _alike(texts: Versions[str]) -> str:
    """One of texts that differ in nothing that matters, whichever side is ours."""
    return texts.choice if texts.settled else min(texts[1:])


def _indent(text: str) -> str:
    """The white space that all lines begin with."""
    lines = [line for line in lines_of(text) if not is_blank(line)]
    first, last = min(lines, default=""), max(lines, default="")
    pairs = zip(first, last, strict=False)
    same = takewhile(lambda pair: pair[0] == pair[1] and pair[0] in " \t", pairs)
    return "".join(character for character, _ in same)


def _without(text: str, indent: str) -> str:
    return "".join(line.removeprefix(indent) for line in lines_of(text))


def _written(parts: _Parts, done: bool, sides: tuple[Unit, Unit]) -> str:
    """The lines of a unit; a tick looks as on a side that has one."""
    mark = parts.mark
    if done:
        box = mark.rindex("[") + 1
        ticks = {side.lines[side.box] for side in sides if side.done}
        mark = mark[:box] + max(ticks) + mark[box + 1 :]
    return mark + parts.words + parts.below
