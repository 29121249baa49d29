"""Which unit of one version is which of another: by its text, equal ones by number.

What has no equal may be an edit of what is gone: between the same neighbours, and alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from renmai.merge.units import Unit
from renmai.merge.versions import Versions

#: What a unit is in all three versions: sort, words, place, and a number among the equal ones.
Id = tuple[str, str, str, int]
#: The numbers of units of one version by those of another.
Same = dict[int, int]

#: Who wrote so many pairs of units anew wrote another file: no edits are looked for.
_MOST_PAIRS = 10_000
#: How alike two units must be, from 0 to 1, for one to be an edit of the other: between the same
#: neighbours, alone between them on either side, and elsewhere.
_HERE, _ALONE, _ELSEWHERE = 0.5, 0.4, 0.8
#: What the same day and the same kind of an entry count for; the rest is for the words.
_DAY, _KIND = 0.4, 0.1
#: How alike a text is to one that has all its words and more.
_LONGER = 0.9
#: Fewer words than that say too little to be known again elsewhere.
_FEW = 2
#: Words that say nothing of what a line is about.
_SMALL = (
    "a about an and at for from in is it me my of on or the to with we you i him her his "
    "的 了 和 与 给 把 在 是 我 他 她 要"
)
_EMPTY = frozenset(_SMALL.split())

_TOKEN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+")


#: The units of the three versions by what they are, in the order of each version.
Known = Versions[dict[Id, Unit]]


def match(units: Versions[list[Unit]]) -> Known:
    """Give each unit an id that is the same where the unit is."""
    base, ours, theirs = units
    same_ours, same_theirs = _equals(base, ours), _equals(base, theirs)
    # What both added under the same words is one, and no edit of something else.
    left_ours = [index for index in range(len(ours)) if index not in same_ours]
    left_theirs = [index for index in range(len(theirs)) if index not in same_theirs]
    pairs = _equals([ours[index] for index in left_ours], [theirs[index] for index in left_theirs])
    twins = {left_theirs[there]: left_ours[here] for there, here in pairs.items()}
    same_ours |= _edits(base, ours, same_ours, set(twins.values()))
    same_theirs |= _edits(base, theirs, same_theirs, set(twins))

    numbers: Counter[tuple[str, str, str]] = Counter()

    def fresh(unit: Unit) -> Id:
        key = (unit.sort, unit.words, unit.place)
        numbers[key] += 1
        return (*key, numbers[key])

    base_ids = [fresh(unit) for unit in base]
    our_ids = [
        base_ids[same_ours[index]] if index in same_ours else fresh(unit)
        for index, unit in enumerate(ours)
    ]
    their_ids = [
        base_ids[same_theirs[index]]
        if index in same_theirs
        else our_ids[twins[index]]
        if index in twins
        else fresh(unit)
        for index, unit in enumerate(theirs)
    ]
    return Versions(
        dict(zip(base_ids, base, strict=True)),
        dict(zip(our_ids, ours, strict=True)),
        dict(zip(their_ids, theirs, strict=True)),
    )


def _equals(before: Sequence[Unit], after: Sequence[Unit]) -> Same:
    """Units with the same words, by number; those under the same heading first."""
    same: Same = {}
    keys: tuple[Callable[[Unit], object], ...] = (
        lambda unit: (unit.sort, unit.words, unit.place),
        lambda unit: (unit.sort, unit.words),
    )
    for key in keys:
        taken = set(same.values())
        waiting: defaultdict[object, deque[int]] = defaultdict(deque)
        for index, unit in enumerate(before):
            if index not in taken:
                waiting[key(unit)].append(index)
        for index, unit in enumerate(after):
            if index not in same and waiting.get(key(unit)):
                same[index] = waiting[key(unit)].popleft()
    return same


def _edits(base: Sequence[Unit], side: Sequence[Unit], same: Same, twins: Collection[int]) -> Same:
    """What of a side is an edit of what of the ancestor."""
    known = set(same.values())
    gone = [index for index in range(len(base)) if index not in known]
    new = [index for index in range(len(side)) if index not in same and index not in twins]
    if len(gone) * len(new) > _MOST_PAIRS:
        return {}
    around_base = _surroundings(base, {index: index for index in known})
    around_side = _surroundings(side, same)
    scored = []
    for here in new:
        for before in gone:
            if side[here].sort != base[before].sort:
                continue
            near = around_side[here].is_near(around_base[before])
            score = _likeness(base[before], side[here], near)
            if score >= (_HERE if near else _ELSEWHERE):
                scored.append((-near, -score, abs(here - before), here, before))
    edits: Same = {}
    found: set[int] = set()
    for *_, here, before in sorted(scored):
        if here not in edits and before not in found:
            edits[here] = before
            found.add(before)
    rest = [index for index in new if index not in edits]
    left = [index for index in gone if index not in found]
    return edits | _replaced(base, side, rest, left, around_base, around_side)


def _replaced(
    base: Sequence[Unit],
    side: Sequence[Unit],
    new: Iterable[int],
    gone: Iterable[int],
    around_base: Sequence[_Around],
    around_side: Sequence[_Around],
) -> Same:
    """What stands alone where another stood alone, and is a little like it."""
    here: defaultdict[_Around, list[int]] = defaultdict(list)
    there: defaultdict[_Around, list[int]] = defaultdict(list)
    for index in new:
        here[around_side[index]].append(index)
    for index in gone:
        there[around_base[index]].append(index)
    alone = [
        (here[gap][0], there[gap][0])
        for gap in here.keys() & there.keys()
        if len(here[gap]) == len(there[gap]) == 1
    ]
    return {
        after: before
        for after, before in alone
        if side[after].sort == base[before].sort
        and _likeness(base[before], side[after], near=True) >= _ALONE
    }


class _Around(NamedTuple):
    """Where a unit stands: below which heading, and between which that the ancestor has too."""

    place: str
    before: int
    behind: int

    def is_near(self, other: _Around) -> bool:
        return self.place == other.place and (
            self.before == other.before or self.behind == other.behind
        )


def _surroundings(units: Sequence[Unit], same: Same) -> list[_Around]:
    before, behind = [-1] * len(units), [-1] * len(units)
    last = -1
    for index in range(len(units)):
        before[index] = last
        last = same.get(index, last)
    last = -1
    for index in reversed(range(len(units))):
        behind[index] = last
        last = same.get(index, last)
    places = [unit.place for unit in units]
    return [_Around(*each) for each in zip(places, before, behind, strict=True)]


def _likeness(one: Unit, other: Unit, near: bool) -> float:
    """How alike two units are, from 0 to 1."""
    if one.sort == "heading":
        return 0.0
    first, second = _tokens(one.words), _tokens(other.words)
    if not near and min(first.total(), second.total()) < _FEW:
        return 0.0
    if one.sort == "task" or not (one.day and other.day):
        return _shared(first, second)
    (kind, first), (other_kind, second) = (
        _kind(unit.words[len(unit.day) :]) for unit in (one, other)
    )
    words = _shared(first, second) if first or second else 1.0
    return _DAY * (one.day == other.day) + _KIND * (kind == other_kind) + (1 - _DAY - _KIND) * words


def _kind(text: str) -> tuple[str, Counter[str]]:
    """The first word of an entry behind its date, and the others."""
    found = re.match(r"\s*([^\W\d]*)", text)
    assert found, "the pattern matches anything"
    return found[1].casefold(), _tokens(text[found.end() :])


def _tokens(text: str) -> Counter[str]:
    """Words, and Chinese characters one by one."""
    return Counter(word for word in _TOKEN.findall(text.casefold()) if word not in _EMPTY)


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """How much of two texts is the same; of a text and the same with more, most."""
    total = one.total() + other.total()
    longer = _LONGER if one and one <= other else 0.0
    return max(2 * (one & other).total() / total, longer) if total else 0.0
