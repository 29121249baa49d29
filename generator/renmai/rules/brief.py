"""The page to carry into the room, and the message to send after it (`method.md`)."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from renmai.model.records import Contact, Event
from renmai.rules.facts import Facts
from renmai.rules.interactions import Attendee, attendees
from renmai.text.names import has_han

#: The four questions of every talk; the catalogue words them under `brief.question.<name>`.
QUESTIONS = ("help", "advise", "should_talk", "whom_else")

Use = Literal["introduce", "offer", "value", "challenge", "nothing"]


class Target(msgspec.Struct, frozen=True):
    """Somebody to talk to: what one found out, here or on their card."""

    attendee: Attendee
    does: str
    challenge: list[str]
    value: list[str]

    @property
    def photo(self) -> str | None:
        """The path of a picture below the book."""
        card = self.attendee.contact
        return self.attendee.person.photo or (card.photo if card else None)


class Draft(msgspec.Struct, frozen=True):
    """A message within a day, in the four parts of the method; the catalogue words them.

    `seed` is what was said; `use` says what there is for them, with `need` and `give` (`helper`
    is the name of somebody to introduce); `next` is the day that was agreed on.
    """

    language: str
    name: str
    event: str
    seed: str
    use: Use
    need: str
    give: str
    helper: str
    me: Contact | None
    next: date | None


def targets(facts: Facts, event: Event) -> list[Target]:
    """The people to talk to at an event, in the order written."""
    return [_target(each) for each in attendees(facts.book, event) if each.person.target]


def draft(facts: Facts, event: Event, attendee: Attendee) -> Draft:
    """A message to somebody who was met, from what the book knows of them."""
    card = attendee.contact
    use, need, give, helper = _something_of_use(facts, attendee)
    return Draft(
        language=_language(card, attendee.name, facts),
        name=attendee.name,
        event=event.label,
        seed=attendee.person.seed or "",
        use=use,
        need=need,
        give=give,
        helper=helper,
        me=facts.book.me,
        next=attendee.person.next,
    )


def _target(attendee: Attendee) -> Target:
    person, card = attendee.person, attendee.contact
    work = " · ".join(part for part in (card.title, card.company) if part) if card else ""
    return Target(
        attendee,
        does=person.does or work,
        challenge=[person.challenge] if person.challenge else card.challenge if card else [],
        value=[person.value] if person.value else card.value if card else [],
    )


def _something_of_use(facts: Facts, attendee: Attendee) -> tuple[Use, str, str, str]:
    """What one has for them: help of one's own, somebody to introduce, or what one noted."""
    card, target = attendee.contact, _target(attendee)
    if card is not None:
        for match in facts.matches.you_can_help:
            if match.needs == card.id:
                return "offer", match.what, match.phrase, ""
        for match in facts.matches.introductions:
            if match.needs == card.id:
                helper = facts.book.contacts[match.offers].label
                return "introduce", match.what, match.phrase, helper
    if target.value:
        return "value", "", target.value[0], ""
    if target.challenge:
        return "challenge", target.challenge[0], "", ""
    return "nothing", "", "", ""


def _language(card: Contact | None, name: str, facts: Facts) -> str:
    """What to write in: the first language on the card, else that of the name, else the book's."""
    said = (card.language or "").strip().lower() if card else ""
    if said.startswith(("zh", "chinese", "中", "汉", "普通话")):
        return "zh"
    if said.startswith(("en", "英")):
        return "en"
    return "zh" if has_han(name) else facts.settings.language
