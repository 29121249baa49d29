"""What falls due, in the order to do it in (`rules.md`, "Follow-ups").

A new kind is one function in a module of this package and one line in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from renmai.model.book import Book
from renmai.rules.followups.dates import birthdays
from renmai.rules.followups.gatherings import gatherings
from renmai.rules.followups.item import FollowUp, Given, State
from renmai.rules.followups.keeping import cadences, promises
from renmai.rules.followups.meetings import cards, recontacts, second_meetings
from renmai.rules.followups.tasks import checklists, tasks
from renmai.rules.interactions import Interactions, interactions
from renmai.settings import Settings

__all__ = ["KINDS", "FollowUp", "State", "follow_ups", "order"]

#: The kinds in the order of the table, which breaks ties.
KINDS: dict[str, Callable[[Given], Iterator[FollowUp]]] = {
    "recontact": recontacts,
    "card": cards,
    "task": tasks,
    "follow_up": promises,
    "checklist": checklists,
    "second_meeting": second_meetings,
    "gathering": gatherings,
    "birthday": birthdays,
    "cadence": cadences,
}

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}

#: A promise that is due takes the place of the call that its cadence asks for.
_STANDS_FOR_CADENCE = frozenset({"recontact", "follow_up", "second_meeting"})


def follow_ups(
    book: Book, today: date, settings: Settings, known: Interactions | None = None
) -> list[FollowUp]:
    """Every follow-up of the book, however far ahead, in order.

    `known` are the interactions of the book today, if they were computed already.
    """
    given = Given(book, today, settings, interactions(book, today) if known is None else known)
    found = [item for find in KINDS.values() for item in find(given)]
    promised = {item.id for item in found if item.kind in _STANDS_FOR_CADENCE and item.due <= today}
    kept = [item for item in found if item.kind != "cadence" or item.id not in promised]
    return sorted(kept, key=order)


def order(item: FollowUp) -> tuple[int, float, int, str, str, int]:
    """The place of an item among all, as what sorts it.

    Overdue promises, the longest first; overdue cadence by ratio; today's; then by date.
    """
    tie = (_RANK[item.kind], item.id, item.path, item.line)
    day = item.due.toordinal()
    if item.due >= item.today:
        return (2 if item.due == item.today else 3, day, *tie)
    if item.ratio is None:
        return (0, day, *tie)
    # Exact: no two ratios of days that a calendar has are so near that one float is both.
    return (1, -(item.ratio.numerator / item.ratio.denominator), *tie)
