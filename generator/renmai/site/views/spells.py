"""What stands in a place of a page, and what will stand there from a later day on.

The page carries what will be in `template` elements, of which `assets/days.js` shows the one that
belongs to the day of reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from renmai.rules.facts import Facts
from renmai.site.views.lens import Lens

T = TypeVar("T")


class Spell(Struct, Generic[T], frozen=True):
    """What stands from the day `since` (ISO) until the next spell; the first stands already."""

    since: str
    what: T


def spells(lens: Lens, days: Iterable[Facts], make: Callable[[Lens], T]) -> list[Spell[T]]:
    """What `make` sees today, and on each of the days ahead from which on it sees something else.

    Words like "in 3 days" make no difference: they are counted from the day of the build, and the
    script counts them anew.
    """
    found = [Spell("", make(lens))]
    for facts in days:
        what = make(lens.at(facts))
        if what != found[-1].what:
            found.append(Spell(facts.today.isoformat(), what))
    return found
