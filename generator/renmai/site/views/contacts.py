"""Contacts: a table that a script filters and sorts, and a plain list without one."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.followups import FollowUp
from renmai.rules.warmth import LEVELS
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.shapes import Level, Named, When
from renmai.text.names import reading

#: The sort of part that a row is of the page.
PERSON = "person"

#: So many rows stand in the page itself; the script draws the others from the index.
STATIC_ROWS = 300

_COLUMNS = ("name", "work", "circle", "level", "last", "due")
_UNSORTED = ("circle",)


class Option(Struct, frozen=True):
    value: str
    label: str


class Select(Struct, frozen=True):
    """A filter with its choices."""

    key: str
    label: str
    options: list[Option]


class Column(Struct, frozen=True):
    key: str
    label: str
    sort: bool


class ContactRow(Struct, frozen=True):
    """A person in the table."""

    who: Named
    work: str
    circles: list[str]
    level: Level
    last: When | None
    due: When | None


class ContactsPage(Struct, frozen=True):
    """The table of contacts."""

    title: str
    status: str
    selects: list[Select]
    columns: list[Column]
    rows: list[ContactRow]
    none: str
    more: str


def contacts_page(lens: Lens) -> ContactsPage:
    """The first rows of the table and its filters."""
    words, people = lens.words, lens.ids_by_name
    more = words("site.contacts.more", n=STATIC_ROWS, all=len(people))
    return ContactsPage(
        title=words("site.nav.contacts"),
        status=words("site.contacts.count", n=len(people)),
        selects=lens.part("selects", _selects, list[Select], fronts=True),
        columns=[
            Column(key, words(f"site.contacts.column.{key}"), key not in _UNSORTED)
            for key in _COLUMNS
        ],
        rows=[_row(lens, id) for id in people[:STATIC_ROWS]],
        none=words("site.contacts.none" if people else "site.contacts.empty"),
        more=more if len(people) > STATIC_ROWS else "",
    )


def work_line(contact: Contact) -> str:
    """What they do, where: one line."""
    parts = (contact.title, contact.company, contact.city)
    return " · ".join(part for part in parts if part)


def _row(lens: Lens, id: str) -> ContactRow:
    key = part_key(PERSON, id)
    return lens.part(key, lambda at: _made(at, at.book.contacts[id]), ContactRow)


def _made(lens: Lens, contact: Contact) -> ContactRow:
    last, due = lens.facts.last_contact(contact), next_due(lens, contact)
    return ContactRow(
        who=lens.named(contact, reading(contact.label, contact.pinyin) or ""),
        work=work_line(contact),
        circles=[chip.label for chip in lens.circles(contact)],
        level=lens.level(contact),
        last=lens.when(last, "ago") if last else None,
        due=lens.when(due, "" if is_never_in_touch(lens, contact) else "due") if due else None,
    )


def next_due(lens: Lens, contact: Contact) -> date | None:
    """The day on which something is due with a contact next: a call, a promise, a message."""
    mine = lens.facts.follow_ups_of.get(contact.id, ())
    return min((item.due for item in mine if item.kind != "birthday"), default=None)


def is_never_in_touch(lens: Lens, contact: Contact) -> bool:
    """Whether somebody is due because one was never in touch: today, whatever day that is."""
    mine = lens.facts.follow_ups_of.get(contact.id, ())
    first = min((item for item in mine if item.kind != "birthday"), key=_due, default=None)
    return first is not None and first.reason == "cadence.never" and first.due == lens.today


def _due(item: FollowUp) -> date:
    return item.due


def _selects(lens: Lens) -> list[Select]:
    words, people = lens.words, lens.book.others
    used = {name.text for contact in people for name in contact.circles}
    circles = [name for name in lens.circle_labels if name in used]
    circles += sorted(used - set(circles))
    levels = [name for name, _ in LEVELS] + ["cold"]
    tags = sorted({tag for contact in people for tag in contact.tags}, key=str.casefold)
    statuses = ("active", "wanted", "dormant", "deceased")
    choices = {
        "circle": [Option(name, lens.circle_labels.get(name, name)) for name in circles],
        "tag": [Option(tag, tag) for tag in tags],
        "level": [Option(key, words(f"level.{key}")) for key in levels],
        "due": [
            Option(key, words(f"site.contacts.due_option.{key}"))
            for key in ("overdue", "now", "ahead", "none")
        ],
        "status": [Option(key, words(f"choice.status.{key}")) for key in statuses],
    }
    return [
        Select(key, words(f"site.contacts.{key}"), options)
        for key, options in choices.items()
        if options
    ]
