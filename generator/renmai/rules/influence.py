"""What one did that others can see, quarter by quarter (`rules.md`, "Influence")."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from renmai.model.book import Book
from renmai.text.entry import Entry

Deed = Literal["helped", "published", "cases", "collaborations"]

#: In the order in which one grows out of the other.
DEEDS: tuple[Deed, ...] = ("helped", "published", "cases", "collaborations")

DEED_OF: dict[str, Deed] = {
    "gave": "helped",
    "intro": "helped",
    "output": "published",
    "case": "cases",
    "collab": "collaborations",
}


class Done(msgspec.Struct, frozen=True, gc=False):
    """An entry that counts, and the record that it is written in."""

    entry: Entry
    record: str
    path: str


class Quarter(msgspec.Struct, frozen=True):
    """The deeds of one quarter, `2026-Q4`, each list by date."""

    name: str
    deeds: dict[Deed, list[Done]]


def _day(done: Done) -> date:
    return done.entry.day


def quarters(book: Book, today: date) -> list[Quarter]:
    """The quarters in which something was done, the first first.

    What was done on one day is in the order of paths and lines, as it is found.
    """
    found: dict[tuple[int, int], dict[Deed, list[Done]]] = {}
    for record in book.by_path:
        for entry in record.log:
            deed = DEED_OF.get(entry.kind)
            if deed is None or entry.day > today:
                continue
            quarter = (entry.day.year, (entry.day.month + 2) // 3)
            if quarter not in found:
                found[quarter] = {each: [] for each in DEEDS}
            found[quarter][deed].append(Done(entry, record.id, record.path))
    for deeds in found.values():
        for done in deeds.values():
            done.sort(key=_day)
    return [Quarter(f"{year:04}-Q{number}", found[year, number]) for year, number in sorted(found)]
