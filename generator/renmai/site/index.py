"""The index that quick find and the table of contacts look through, made from the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from renmai.model.book import Book
from renmai.model.records import Community, Contact, Event, Record
from renmai.site.paths import page_href
from renmai.site.views.contacts import is_never_in_touch, next_due, work_line
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.spells import Spell, spells
from renmai.text.names import initials, plain, reading, readings

R = TypeVar("R", bound=Record)

#: The sort of part that the row of an event or a community is.
FOUND = "found"

#: What a row holds, in order; a row ends where nothing but defaults would follow. `later` says from
#: which day on a person's level, last and due are others, and which: they will have met at an event
#: by then, or grown colder.
COLUMNS = (
    *("kind", "href", "title", "letters", "hue", "photo", "reading", "initials", "names", "line"),
    *("words", "circles", "tags", "status", "warmth", "level", "last", "due", "later"),
)

#: Where the index lies in the site.
PLACE = "assets/index.js"

#: Stands for the day it is: somebody one was never in touch with is due on every day.
ALWAYS = 0

#: Level, last contact, next due.
_State = tuple[str, int | None, int | None]

_EPOCH = date(1970, 1, 1).toordinal()


def make_index(lens: Lens, known: Mapping[str, str] | None = None) -> str:
    """Contacts by name, then the own card, events and communities, as JSON for a script.

    `known` are the rows of all contacts by id, where they are made already.
    """
    book = lens.book
    people = lens.ids_by_name + ([book.me.id] if book.me else [])
    if known:
        rows = [known[id] for id in people]
    else:
        rows = [contact_row(lens, book.contacts[id]) for id in people]
    events = sorted(book.events.values(), key=lambda each: (each.date or date.min, each.id))
    rows += [literal(_remembered(lens, event, _event)) for event in reversed(events)]
    communities = sorted(book.communities.values(), key=_label)
    rows += [literal(_remembered(lens, community, _community)) for community in communities]
    return f'{{"columns":{literal(COLUMNS)},"rows":[{",".join(rows)}]}}'


def spliced(index: bytes, rows: Iterable[tuple[str | None, str | None]]) -> bytes | None:
    """An index with other rows of contacts, from each as it was to as it is; None if it cannot be.

    Names and words in a row are texts in quotes, so none can look like a row of another.
    """
    places: list[tuple[int, int, bytes]] = []
    for then, now in rows:
        if then == now:
            continue
        if then is None or now is None:
            return None
        was = then.encode()
        at = index.find(was)
        if at < 0 or index.find(was, at + 1) >= 0:
            return None
        places.append((at, at + len(was), now.encode()))
    parts, end = list[bytes](), 0
    for start, behind, row in sorted(places):
        parts += index[end:start], row
        end = behind
    return b"".join([*parts, index[end:]])


def literal(value: object) -> str:
    """A value as JSON that may stand in a script, whatever texts are in it."""
    data = msgspec.json.encode(value).decode()
    data = data.replace("<", "\\u003c")
    return data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _remembered(lens: Lens, record: R, make: Callable[[Lens, R], list[Any]]) -> list[Any]:
    return lens.part(part_key(FOUND, record.id), lambda at: make(at, record), list[Any])


def _label(record: Record) -> tuple[str, str]:
    return plain(record.label), record.id


def _head(lens: Lens, record: Record, kind: str, names: Sequence[str], line: str) -> list[Any]:
    """The columns that every record has, up to `line`."""
    face = lens.face(record)
    pinyin = getattr(record, "pinyin", None)
    read = reading(record.label, pinyin) or ""
    short = initials(record.label, pinyin)
    head = [kind, page_href(record), record.label, face.letters, face.tint, face.photo or ""]
    return [*head, read, short, names, line]


def contact_row(lens: Lens, contact: Contact) -> str:
    """The row of a contact as JSON for a script."""
    return literal(_contact(lens, contact))


def _contact(lens: Lens, contact: Contact) -> list[Any]:
    circles = [name.text for name in contact.circles]
    labels = [lens.circle_labels.get(name, name) for name in circles]
    state, *later = spells(lens, lens.ahead.contact(contact), lambda at: _state(at, contact))
    return [
        *_head(lens, contact, "contact", contact.aliases, work_line(contact)),
        [*labels, *_more_readings(contact.company, contact.city)],
        circles,
        contact.tags,
        "me" if contact is lens.book.me else contact.status,
        round(lens.facts.warmth(contact), 2),
        *state.what,
        *([[_later(each) for each in later]] if later else []),
    ]


def _later(spell: Spell[_State]) -> list[Any]:
    return [_day(date.fromisoformat(spell.since)), *spell.what]


def _state(lens: Lens, contact: Contact) -> _State:
    """The columns that are others on a later day: level, last contact, next due."""
    due = ALWAYS if is_never_in_touch(lens, contact) else _day(next_due(lens, contact))
    return lens.facts.level(contact), _day(lens.facts.last_contact(contact)), due


def _event(lens: Lens, event: Event) -> list[Any]:
    parts = [lens.words.date(event.date) if event.date else "", event.place or ""]
    line = " · ".join(part for part in parts if part)
    return [*_head(lens, event, "event", [], line), _more_readings(event.place), [], event.tags]


def _community(lens: Lens, community: Community) -> list[Any]:
    line = " · ".join(part for part in (community.theme, community.city) if part)
    head = _head(lens, community, "community", [], line)
    return [*head, _more_readings(community.city), [], community.tags]


def looked_up(book: Book) -> dict[str, list[str]]:
    """What had to be looked up to say how the names in all rows are read."""
    for record in book.records:
        reading(record.label, getattr(record, "pinyin", None))
        _more_readings(*(getattr(record, key, None) for key in ("company", "city", "place")))
    return readings.learned


def _more_readings(*texts: str | None) -> list[str]:
    """How a company or a place with a Chinese name is read: 上海 is found by `shanghai` too."""
    return [read.replace(" ", "") for text in texts if text and (read := reading(text))]


def _day(day: date | None) -> int | None:
    """The number of a day since 1970, as the scripts count."""
    return None if day is None else day.toordinal() - _EPOCH
