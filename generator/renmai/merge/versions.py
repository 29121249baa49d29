"""Three versions of anything, and what they come to: the choice of one, or the order of many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from itertools import takewhile
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
U = TypeVar("U")
H = TypeVar("H", bound=Hashable)


class Versions(NamedTuple, Generic[T]):
    """The same thing in the common ancestor, on our side and on theirs."""

    base: T
    ours: T
    theirs: T

    @property
    def settled(self) -> bool:
        """Whether at most one side changed it, or both to the same."""
        return self.ours in (self.base, self.theirs) or self.theirs == self.base

    @property
    def choice(self) -> T:
        """That of the side that changed it; ours where both did."""
        return self.theirs if self.ours == self.base else self.ours

    def each(self, function: Callable[[T], U]) -> Versions[U]:
        """What a function makes of the three."""
        return Versions(function(self.base), function(self.ours), function(self.theirs))


def under(sides: Versions[dict[H, T]], key: H) -> Versions[T | None]:
    """What the three have under a key."""
    return sides.each(lambda side: side.get(key))


def numbered(keys: Iterable[H]) -> list[tuple[H, int]]:
    """Each key with its number among the equal ones."""
    seen: dict[H, int] = {}
    found = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        found.append((key, seen[key]))
    return found


def merged_order(
    versions: Versions[list[H]],
    kept: Collection[H],
    nested: Callable[[H], bool] = lambda _: False,
) -> list[H]:
    """The order of what is `kept` in the merge; the same whichever side is called ours.

    What both have stands as the side has it that moved something. What one added follows what it
    follows there; where both added something, what is `nested` below the last comes first.
    """
    ours, theirs = ([each for each in side if each in kept] for side in versions[1:])
    spine = _spine(versions.base, ours, theirs)
    fixed = set(spine)
    behind_ours, behind_theirs = _runs(ours, fixed), _runs(theirs, fixed)
    order: dict[H, None] = {}
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


def _spine(base: Sequence[H], ours: Sequence[H], theirs: Sequence[H]) -> list[H]:
    """What stands on both sides, in the order of the side that moved something."""
    in_ours, in_theirs, in_base = set(ours), set(theirs), set(base)
    first = [each for each in ours if each in in_theirs]
    second = [each for each in theirs if each in in_ours]
    if first == second:
        return first
    common = set(first)
    before = [each for each in base if each in common]
    moved = [[each for each in side if each in in_base] != before for side in (first, second)]
    if moved[0] == moved[1]:
        return min(first, second, key=repr)
    return first if moved[0] else second


def _runs(side: Sequence[H], fixed: Collection[H]) -> dict[H | None, list[H]]:
    """What stands on a side but not in the spine, by what of the spine it follows."""
    runs: dict[H | None, list[H]] = {}
    anchor: H | None = None
    for each in side:
        if each in fixed:
            anchor = each
        else:
            runs.setdefault(anchor, []).append(each)
    return runs
