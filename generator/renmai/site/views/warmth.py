"""The picture of how warm a tie was, on a contact's page."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from markupsafe import Markup

from renmai.model.records import Contact
from renmai.rules.course import course, since
from renmai.rules.warmth import LEVELS
from renmai.site.charts.warmth import Mark, warmth_chart
from renmai.site.views.lens import Lens
from renmai.words import Words

#: The first day of every third month is named over a year, of every sixth over two.
_MONTHS = {1: (1, 4, 7, 10), 2: (1, 7)}


def warmth_picture(lens: Lens, contact: Contact) -> Markup | None:
    """The last year or two; None for the own card, and before anything happened."""
    facts, words, today = lens.facts, lens.words, lens.today
    mine = facts.of(contact)
    start = since(mine, today)
    if start is None:
        return None
    found = course(mine, start, today)
    most = max(found.warmths)
    # The last day on which it was that warm.
    peak = found.days[-1 - found.warmths[::-1].index(most)]
    label = words(
        "insight.warmth.label",
        since=words.date(start),
        until=words.date(today),
        level=lens.level(contact).label,
        day=words.date(start + timedelta(peak)),
        peak=f"{most:.1f}",
    )
    touches = [(each.day, each.deep) for each in mine]
    return warmth_chart(found, touches, _levels(words), _marks(words, start, today), label)


@lru_cache(maxsize=2)
def _levels(words: Words) -> dict[str, str]:
    return {key: words(f"level.{key}") for key in (*(name for name, _ in LEVELS), "cold")}


@lru_cache(maxsize=16)
def _marks(words: Words, start: date, today: date) -> tuple[Mark, ...]:
    """The days named below: months by their name, a January by its year."""
    found, length = [], (today - start).days
    for year in range(start.year, today.year + 1):
        for month in _MONTHS[min(2, max(1, length // 365))]:
            day = date(year, month, 1)
            # A name at the very end would not fit.
            if start <= day and (today - day).days > length // 12:
                found.append(Mark(day, f"{year:04}" if month == 1 else words(f"month.{month}")))
    return tuple(found)
