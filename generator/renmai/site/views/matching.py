"""Who could be introduced to one person, and where one could help each other."""

from __future__ import annotations

from msgspec import Struct

from renmai.model.records import Contact
from renmai.rules.matches import Match
from renmai.site.views.lens import Lens
from renmai.site.views.shapes import Named

#: So many are shown on a page; the rest is counted, and stands with the introductions.
MOST = 8


class Matching(Struct, frozen=True):
    """People whose needs or offers fit those of somebody, each with what fits."""

    title: str
    people: list[Named]
    more: str


def matches_of(lens: Lens, contact: Contact) -> Matching | None:
    """The matches of a contact or of the own card; None when there are none."""
    found = lens.facts.matches_of.get(contact.id)
    if found is None:
        return None
    together = [*found.you_can_help, *found.can_help_you]
    hidden = len(together) + len(found.introductions) - MOST
    people = _with_me(lens, contact, together[:MOST])
    people += [
        _named(lens, match, contact.id) for match in found.introductions[: MOST - len(people)]
    ]
    return Matching(
        lens.words(f"site.contact.{'help' if contact is lens.book.me else 'matches'}"),
        people,
        lens.words("insight.more", n=hidden) if hidden > 0 else "",
    )


def _with_me(lens: Lens, contact: Contact, together: list[Match]) -> list[Named]:
    """Where one can help them, then where they can help."""
    if contact is lens.book.me:
        return [_named(lens, match, contact.id) for match in together]
    me = lens.book.me
    named = lens.named(me) if me else lens.somebody("")
    you = lens.words("site.contact.you")
    return [
        Named(you, named.href, named.face, _note(lens, match, contact.id)) for match in together
    ]


def _named(lens: Lens, match: Match, id: str) -> Named:
    """The other one of a match that `id` is in."""
    other = lens.book.contacts[match.offers if match.needs == id else match.needs]
    return lens.named(other, _note(lens, match, id))


def _note(lens: Lens, match: Match, id: str) -> str:
    """What fits, as said of the other one."""
    key = "gives" if match.needs == id else "seeks"
    phrase = match.phrase if match.needs == id else match.what
    return lens.words(f"site.contact.match.{key}", what=lens.book.readable(phrase))
