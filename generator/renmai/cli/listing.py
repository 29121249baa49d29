"""What `list` can filter and sort by, and the columns it shows, for each sort of record.

A new filter, order or column is one function and one line in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from renmai.cli.cells import width
from renmai.cli.output import Line, Span
from renmai.cli.tables import GAP, Column, table
from renmai.cli.wording import circle_label, distance, label
from renmai.model.records import Community, Contact, Event, Record
from renmai.rules.communities import members
from renmai.rules.facts import Facts
from renmai.text import names
from renmai.text.values import Duration, folded
from renmai.words import Words

Filter = Callable[[Any, Facts, Any], bool]
Key = Callable[[Any, Facts], Any]
Show = Callable[[Any, Facts, Words], Span]


class Shown(NamedTuple):
    """A column: its name in the catalogue, its cell, and how soon it goes when room is short."""

    name: str
    cell: Show
    goes: int = 0
    right: bool = False


class Kind(NamedTuple):
    """A sort of record as `list` sees it; `sorts` begins with the order unless one is given."""

    sort: type[Record]
    records: Callable[[Facts], Iterable[Record]]
    filters: Mapping[str, Filter]
    sorts: Mapping[str, Key]
    columns: Sequence[Shown]


def select(kind: Kind, facts: Facts, filters: Mapping[str, Any], sort: str | None) -> list[Record]:
    """The records that pass all `filters` (by name, with what was asked for), in order."""
    chosen = [
        record
        for record in kind.records(facts)
        if all(kind.filters[name](record, facts, asked) for name, asked in filters.items())
    ]
    key = kind.sorts[sort or next(iter(kind.sorts))]
    return sorted(chosen, key=lambda record: (key(record, facts), record.id))


def view(
    kind: Kind, records: Sequence[Record], facts: Facts, words: Words, limit: int | None
) -> list[Line]:
    """A heading and a row each; columns that find no room are left out, the least useful first."""
    columns = list(kind.columns)
    cells = {shown.name: [shown.cell(each, facts, words) for each in records] for shown in columns}
    heads = {shown.name: Span(label(kind.sort, shown.name, words), "heading") for shown in columns}

    def wide(shown: Shown) -> int:
        return min(
            max(width(cell.text) for cell in [heads[shown.name], *cells[shown.name]]), _WIDEST
        )

    while limit and sum(map(wide, columns)) + len(GAP) * (len(columns) - 1) > limit:
        going = max(columns, key=lambda shown: shown.goes)
        if not going.goes:
            break
        columns.remove(going)
    rows = [[heads[shown.name] for shown in columns]]
    rows += [[cells[shown.name][number] for shown in columns] for number in range(len(records))]
    spec = [Column(right=shown.right, most=_WIDEST) for shown in columns[:-1]]
    return [line for row in table(rows, spec, limit) for line in row]


_WIDEST = 32


def _has(values: Iterable[str | None], asked: Iterable[str]) -> bool:
    """Whether one of `values` is one of those asked for, without case."""
    known = {folded(value) for value in values if value}
    return any(folded(each) in known for each in asked)


def _is_stale(contact: Contact, facts: Facts, asked: Duration) -> bool:
    """Not in touch for so long, or never."""
    last = facts.last_contact(contact)
    since = asked.before(facts.today)
    return last is None or (since is not None and last <= since)


def _by_name(record: Record, facts: Facts) -> str:
    override = record.pinyin if isinstance(record, Contact) else None
    return names.plain(names.reading(record.label, override) or record.label)


def _circle_names(contact: Contact, facts: Facts) -> list[str]:
    """Its circles, by name and by what the settings call them."""
    written = [circle.text for circle in contact.circles]
    known = (facts.settings.circles.get(name) for name in written)
    return [*written, *(circle.label for circle in known if circle and circle.label)]


def _text(key: str) -> Show:
    """A cell that shows a field as it is written."""
    return lambda each, facts, words: Span(getattr(each, key) or "")


def _worded(key: str) -> Show:
    """A cell that words a field, one of a few words."""
    return lambda each, facts, words: Span(words(f"choice.{key}.{getattr(each, key)}"))


def _day(of: Callable[[Any, Facts], date | None]) -> Show:
    def cell(each: Any, facts: Facts, words: Words) -> Span:
        day = of(each, facts)
        return Span(words.date(day) if day else "")

    return cell


def _due(of: Callable[[Any, Facts], date | None]) -> Show:
    def cell(each: Any, facts: Facts, words: Words) -> Span:
        day = of(each, facts)
        return distance((facts.today - day).days, words) if day else Span("")

    return cell


def _label(record: Record, facts: Facts, words: Words) -> Span:
    return Span(record.label, "name")


def _id(record: Record, facts: Facts, words: Words) -> Span:
    return Span(record.id, "faint")


def _level(contact: Contact, facts: Facts, words: Words) -> Span:
    level = facts.level(contact)
    return Span(words(f"level.{level}"), level)


def _circles(contact: Contact, facts: Facts, words: Words) -> Span:
    labels = (circle_label(circle.text, facts.settings, words) for circle in contact.circles)
    return Span(words.listed(list(labels)))


def _people(event: Event, facts: Facts, words: Words) -> Span:
    return Span(str(len(event.people)))


def _members(community: Community, facts: Facts, words: Words) -> Span:
    return Span(str(len(members(facts.book, community))))


_tag: Filter = lambda each, facts, asked: _has(each.tags, asked)  # noqa: E731
_city: Filter = lambda each, facts, asked: _has([each.city], asked)  # noqa: E731
_status: Filter = lambda each, facts, asked: each.status in asked  # noqa: E731

KINDS: dict[str, Kind] = {
    "contacts": Kind(
        sort=Contact,
        records=lambda facts: facts.book.others,
        filters={
            "circle": lambda each, facts, asked: _has(_circle_names(each, facts), asked),
            "tag": _tag,
            "city": _city,
            "status": _status,
            "level": lambda each, facts, asked: facts.level(each) in asked,
            "stale": _is_stale,
        },
        sorts={
            "name": _by_name,
            "last": lambda each, facts: facts.last_contact(each) or date.min,
            "due": lambda each, facts: facts.due(each) or date.max,
            "warmth": lambda each, facts: -facts.warmth(each),
            "city": lambda each, facts: (not each.city, names.plain(each.city or "")),
        },
        columns=[
            Shown("name", _label),
            Shown("level", _level),
            Shown("last_contact", _day(lambda each, facts: facts.last_contact(each)), goes=2),
            Shown("due", _due(lambda each, facts: facts.due(each)), goes=1),
            Shown("city", _text("city"), goes=4),
            Shown("circles", _circles, goes=3),
            Shown("id", _id),
        ],
    ),
    "events": Kind(
        sort=Event,
        records=lambda facts: facts.book.events.values(),
        filters={"tag": _tag, "status": _status},
        sorts={"date": lambda each, facts: each.date or date.min, "title": _by_name},
        columns=[
            Shown("date", _day(lambda each, facts: each.date)),
            Shown("title", _label),
            Shown("status", _worded("status"), goes=2),
            Shown("place", _text("place"), goes=3),
            Shown("people", _people, goes=1, right=True),
            Shown("id", _id),
        ],
    ),
    "communities": Kind(
        sort=Community,
        records=lambda facts: facts.book.communities.values(),
        filters={"tag": _tag, "city": _city},
        sorts={
            "name": _by_name,
            "due": lambda each, facts: facts.health(each).next_due or date.max,
        },
        columns=[
            Shown("name", _label),
            Shown("role", _worded("role")),
            Shown("members", _members, goes=2, right=True),
            Shown("theme", _text("theme"), goes=3),
            Shown("next_due", _due(lambda each, facts: facts.health(each).next_due), goes=1),
            Shown("id", _id),
        ],
    ),
}
