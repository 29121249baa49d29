"""The Network page: the same facts as the picture, as a list."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from renmai.model.records import Contact
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Level, Named
from renmai.site.views.ways import tie_words

#: Of the list so many rows are shown, those tied most strongly, each with so many ties.
MOST_ROWS = 100
MOST_TIES = 3


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
    words, ties = lens.words, lens.facts.ties
    people = by_strength(lens)
    counts = words.listed(
        [words("net.people", n=len(people)), words("net.ties", n=len(ties))] if people else []
    )
    more = words("net.list.more", n=MOST_ROWS, all=len(people))
    return NetworkPage(
        title=words("net.title"),
        status=counts,
        rows=[_row(lens, contact) for contact in people[:MOST_ROWS]],
        more=more if len(people) > MOST_ROWS else "",
    )


def by_strength(lens: Lens) -> list[Contact]:
    """Everybody but the own card, by the sum of the weights of their ties, then by id."""
    strengths: dict[str, float] = {}
    for (a, b), tie in lens.facts.ties.items():
        weight = tie.weight
        strengths[a] = strengths.get(a, 0.0) + weight
        strengths[b] = strengths.get(b, 0.0) + weight
    return sorted(lens.book.others, key=lambda each: (-strengths.get(each.id, 0.0), each.id))


def _row(lens: Lens, contact: Contact) -> NetworkRow:
    words = lens.words
    ties = lens.facts.ties
    pairs = {
        id: ties[min(id, contact.id), max(id, contact.id)]
        for id in lens.facts.net.neighbours.get(contact.id, ())
    }
    strongest = sorted(pairs, key=lambda id: (-pairs[id].weight, id))[:MOST_TIES]
    left = len(pairs) - len(strongest)
    return NetworkRow(
        who=lens.named(contact),
        circles=_circles(lens, [chip.label for chip in lens.circles(contact)]),
        level=lens.level(contact),
        ties=[
            TieLine(
                lens.named(other := lens.book.contacts[id]),
                words.listed(tie_words(lens, pairs[id], contact, other)),
            )
            for id in strongest
        ],
        more=words("net.list.ties", n=left) if left else "",
    )


def _circles(lens: Lens, labels: Iterable[str]) -> str:
    return lens.words.listed(list(labels))
