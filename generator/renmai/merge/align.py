"""Where a place in one text lies in another: by the lines that both have once."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

Pairs = list[tuple[int, int]]


def align(before: Sequence[str], after: Sequence[str]) -> Pairs:
    """Numbers of lines that are the same in both, rising in both. Takes time as sorting does.

    Lines that stand once on each side are paired where they are in order, and with them what is
    equal next to them.
    """
    anchors = [(-1, -1), *rising(_unique(before, after)), (len(before), len(after))]
    pairs: dict[int, int] = {}
    for (first, second), (next_first, next_second) in pairwise(anchors):
        if first >= 0:
            pairs[first] = second
        here, there = first + 1, second + 1
        while here < next_first and there < next_second and before[here] == after[there]:
            pairs[here] = there
            here, there = here + 1, there + 1
        up, down = next_first - 1, next_second - 1
        while up >= here and down >= there and before[up] == after[down]:
            pairs[up] = down
            up, down = up - 1, down - 1
    return sorted(pairs.items())


def shared(one: list[str], other: list[str]) -> list[str]:
    """Lines that both have, in order; the same whichever comes first."""
    first, second = sorted((one, other))
    return [first[index] for index, _ in align(first, second)]


def _unique(before: Sequence[str], after: Sequence[str]) -> Pairs:
    counts, others = Counter(before), Counter(after)
    places = {line: index for index, line in enumerate(after) if others[line] == 1}
    return [
        (index, places[line])
        for index, line in enumerate(before)
        if counts[line] == 1 and line in places
    ]


def rising(pairs: Pairs) -> Pairs:
    """The most of these pairs, which rise in the first number, that rise in the second too."""
    tops: list[int] = []  # the least last number of a rising run of each length
    ends: list[int] = []  # which pair that is
    previous: list[int] = []
    for index, (_, value) in enumerate(pairs):
        length = bisect_left(tops, value)
        previous.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    found: Pairs = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(pairs[index])
        index = previous[index]
    return found[::-1]


def follow(place: int, before: Sequence[str], pairs: Pairs, length: int) -> int:
    """The place among `length` other lines that `place` among `before` is, given the pairs.

    A place is the number of the line that it lies in front of.
    """
    index = bisect_left(pairs, (place, -1))
    first, second = pairs[index - 1] if index else (-1, -1)
    if any(line.strip() for line in before[first + 1 : place]):
        return pairs[index][1] if index < len(pairs) else length  # behind what was rewritten
    return second + 1
