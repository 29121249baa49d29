"""What three versions come to: the choice of one value, and the order of many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from itertools import takewhile
from typing import TypeVar

T = TypeVar("T")
I = TypeVar("I", bound=Hashable)  # noqa: E741


def settled(base: T, ours: T, theirs: T) -> bool:
    """Whether at most one side changed the value, or both to the same."""
    return ours in (base, theirs) or theirs == base


def pick(base: T, ours: T, theirs: T) -> T:
    """The value of the side that changed it; ours where both did."""
    return theirs if ours == base else ours


def numbered(keys: Iterable[I]) -> list[tuple[I, int]]:
    """Each key with its number among the equal ones."""
    seen: dict[I, int] = {}
    found = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        found.append((key, seen[key]))
    return found


def merged_order(
    base: Sequence[I],
    ours: Sequence[I],
    theirs: Sequence[I],
    kept: Collection[I],
    nested: Callable[[I], bool] = lambda _: False,
) -> list[I]:
    """The order of what is `kept` in the merge; the same whichever side is called ours.

    What both have stands as the side has it that moved something. What one added follows what it
    follows there; where both added something, what is `nested` below the last comes first.
    """
    ours = [each for each in ours if each in kept]
    theirs = [each for each in theirs if each in kept]
    spine = _spine(base, ours, theirs)
    fixed = set(spine)
    behind_ours, behind_theirs = _runs(ours, fixed), _runs(theirs, fixed)
    order: dict[I, None] = {}
    for anchor in (None, *spine):
        if anchor is not None:
            order[anchor] = None
        runs = [behind_ours.get(anchor, []), behind_theirs.get(anchor, [])]
        runs.sort(key=repr)
        heads = [list(takewhile(nested, run)) for run in runs]
        tails = [run[len(head) :] for run, head in zip(runs, heads, strict=True)]
        for part in (*heads, *tails):
            order.update(dict.fromkeys(part))
    return list(order)


def _spine(base: Sequence[I], ours: Sequence[I], theirs: Sequence[I]) -> list[I]:
    """What stands on both sides, in the order of the side that moved something."""
    in_ours, in_theirs, in_base = set(ours), set(theirs), set(base)
    first = [each for each in ours if each in in_theirs]
    second = [each for each in theirs if each in in_ours]
    if first == second:
        return first
    common = set(first)
    before = [each for each in base if each in common]
    if [each for each in first if each in in_base] == before:
        return second
    if [each for each in second if each in in_base] == before:
        return first
    return min(first, second, key=repr)


def _runs(side: Sequence[I], fixed: Collection[I]) -> dict[I | None, list[I]]:
    """What stands in a side but not in the spine, by what of the spine it follows."""
    runs: dict[I | None, list[I]] = {}
    anchor: I | None = None
    for each in side:
        if each in fixed:
            anchor = each
        else:
            runs.setdefault(anchor, []).append(each)
    return runs
