"""Whether a community is well, and what it lacks (`rules.md`, "Communities")."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from renmai.model.book import Book
from renmai.model.records import Community, Contact
from renmai.rules.followups.gatherings import (
    gathering_due,
    has_gathering_ahead,
    last_gathering,
    must_gather,
)

Lack = Literal["theme", "identity", "answers", "activities", "admission", "rules", "gathering"]


class Member(msgspec.Struct, frozen=True):
    """A member: the card, or the name of somebody who has none."""

    contact: Contact | None
    name: str
    has_card: bool


class Health(msgspec.Struct, frozen=True):
    """What is missing, and when it gathered and should gather."""

    missing: list[Lack]
    last_gathering: date | None
    next_due: date | None


def health(book: Book, community: Community, today: date) -> Health:
    """A theme, three functions, admission, rules; and for a host, a gathering ahead or recent."""
    functions = community.functions
    present: dict[Lack, object] = {
        "theme": community.theme,
        "identity": functions and functions.identity,
        "answers": functions and functions.answers,
        "activities": functions and functions.activities,
        "admission": community.admission,
        "rules": community.rules,
        "gathering": _gathers(book, community, today),
    }
    return Health(
        missing=[name for name, there in present.items() if not there],
        last_gathering=last_gathering(book, community, today),
        next_due=gathering_due(book, community, today),
    )


def members(book: Book, community: Community) -> list[Member]:
    """The members, each once, in the order written."""
    found: dict[str, Member] = {}
    for ref in community.members:
        contact = book.contact(ref)
        name = contact.label if contact else ref.text
        key = contact.id if contact else name
        found.setdefault(key, Member(contact, name, not book.is_text(ref)))
    return list(found.values())


def _gathers(book: Book, community: Community, today: date) -> bool:
    """Whether a gathering lies ahead, or the last one lies within the rhythm; or none is owed."""
    every = community.gather_every
    if not must_gather(community) or every is None:
        return True
    if has_gathering_ahead(book, community, today):
        return True
    last = last_gathering(book, community, today)
    return last is not None and every.reaches(last, today)
