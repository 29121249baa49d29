"""The Network page: the same facts as the picture, as a list."""

from __future__ import annotations

from heapq import nsmallest

from msgspec import Struct

from renmai.model.records import Contact
from renmai.site.views.lens import Lens
from renmai.site.views.parts import part_key
from renmai.site.views.shapes import Level, Named
from renmai.telling import tie_reasons

#: Of the list so many rows are shown, those tied most strongly, each with so many ties.
MOST_ROWS = 100
MOST_TIES = 3
#: What the rows are called among the parts of pages.
ROW = "tied"


class TieLine(Struct, frozen=True):
    """Somebody one is tied to, and why."""

    who: Named
    why: str


class NetworkRow(Struct, frozen=True):
    """A person with their strongest ties; `more` counts the others."""

    who: Named
    circles: str
    level: Level
    ties: list[TieLine]
    more: str


class NetworkPage(Struct, frozen=True):
    """The page around the picture; `rows` are empty when there is nobody."""

    title: str
    status: str
    rows: list[NetworkRow]
    more: str


def network_page(lens: Lens) -> NetworkPage:
    """Everybody but the own card, those tied most strongly first."""
    words = lens.words
    count, contacts = len(lens.ids_by_name), lens.book.contacts
    ties = sum(number for _, number in lens.strengths.values()) // 2
    counts = [words("net.people", n=count), words("net.ties", n=ties)]
    more = words("net.list.more", n=MOST_ROWS, all=count)
    return NetworkPage(
        title=words("net.title"),
        status=words("list.clauses").join(counts) if count else "",
        rows=[_remembered(lens, contacts[id]) for id in strongest(lens)],
        more=more if count > MOST_ROWS else "",
    )


def strongest(lens: Lens) -> list[str]:
    """The ids of those tied most strongly, by the sum of their ties, then by id."""
    known, none = lens.strengths, (0.0, 0)
    return nsmallest(MOST_ROWS, lens.ids_by_name, key=lambda id: (-known.get(id, none)[0], id))


def _remembered(lens: Lens, contact: Contact) -> NetworkRow:
    return lens.part(part_key(ROW, contact.id), lambda at: _row(at, contact), NetworkRow)


def _row(lens: Lens, contact: Contact) -> NetworkRow:
    words, mine = lens.words, lens.tied.get(contact.id, {})
    strongest = sorted(mine, key=lambda id: (-mine[id], id))[:MOST_TIES]
    left = len(mine) - len(strongest)
    return NetworkRow(
        who=lens.named(contact),
        circles=words.listed([chip.label for chip in lens.circles(contact)]),
        level=lens.level(contact),
        ties=[_tie(lens, contact, lens.book.contacts[id]) for id in strongest],
        more=words("net.list.ties", n=left) if left else "",
    )


def _tie(lens: Lens, one: Contact, other: Contact) -> TieLine:
    tie = lens.facts.ties[min(one.id, other.id), max(one.id, other.id)]
    return TieLine(lens.named(other), " · ".join(tie_reasons(tie, one, lens.facts, lens.words)))
