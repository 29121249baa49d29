"""The page to carry into the room, and the message to send after it (`method.md`)."""

from __future__ import annotations

import re
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

    `name` is how to address them, empty where the book does not know; `seed` is what was said;
    `use` says what there is for them, with `need` and `give` (`helper` is the name of somebody to
    introduce); `next` is the day that was agreed on, unless it has passed. References are names.
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
    person, book = attendee.person, facts.book
    language = _language(attendee, facts)
    use, need, give, helper = _something_of_use(facts, attendee)
    return Draft(
        language=language,
        name=_form_of_address(attendee, language),
        event=event.label,
        seed=book.readable(person.seed or ""),
        use=use,
        need=book.readable(need),
        give=book.readable(give),
        helper=helper,
        me=book.me,
        next=person.next if person.next and person.next >= facts.today else None,
    )


def _target(attendee: Attendee) -> Target:
    person, card = attendee.person, attendee.contact
    work = " · ".join(part for part in (card.title, card.company) if part) if card else ""
    return Target(
        attendee,
        does=person.does or work,
        challenge=[person.challenge] if person.challenge else list(card.challenge) if card else [],
        value=[person.value] if person.value else list(card.value) if card else [],
    )


def _something_of_use(facts: Facts, attendee: Attendee) -> tuple[Use, str, str, str]:
    """What one has for them: help of one's own, somebody to introduce, or what one noted."""
    target = _target(attendee)
    id = attendee.contact.id if attendee.contact else ""
    if found := facts.matches_of.get(id):
        for match in found.you_can_help:
            return "offer", match.what, match.phrase, ""
        for match in found.introductions:
            if match.needs == id:
                helper = facts.book.contacts[match.offers].label
                return "introduce", match.what, match.phrase, helper
    if target.value:
        return "value", "", target.value[0], ""
    if target.challenge:
        return "challenge", target.challenge[0], "", ""
    return "nothing", "", "", ""


# -- whom it is for -------------------------------------------------------------------------------

_CHINESE = r"\b(?:zh|chinese|mandarin|cantonese)|[中汉漢粤粵]|普通话|国语"
_ENGLISH = r"\ben|英"
_SPOKEN = re.compile(f"(?P<zh>{_CHINESE})|(?P<en>{_ENGLISH})", re.IGNORECASE)

#: What follows one of these describes somebody whose name one did not catch.
_ARTICLES = frozenset(("a", "an", "the"))

#: A Chinese name has at most so many characters; what is longer, or holds 的, is a description.
_LONGEST_NAME = 4


def _language(attendee: Attendee, facts: Facts) -> str:
    """What to write in: the first language on the card that one can, else that of the name.

    A name in Latin letters says nothing; there it is the book's.
    """
    card = attendee.contact
    spoken = _SPOKEN.search(card.language or "") if card else None
    if spoken is not None:
        return str(spoken.lastgroup)
    return "zh" if has_han(attendee.name) else facts.settings.language


def _form_of_address(attendee: Attendee, language: str) -> str:
    """A Chinese name whole, of another the first word; empty where no name is known."""
    card = attendee.contact
    if card is None:
        return _name_in(attendee.name)
    names = [card.label, *card.aliases]
    fitting = [name for name in names if has_han(name) == (language == "zh")]
    name = fitting[0] if fitting else card.label
    return name if has_han(name) else name.partition(" ")[0]


def _name_in(text: str) -> str:
    """The name in words for somebody who has no card; empty where they only describe them."""
    head = re.split(r"[,，;；(（]", text)[0].strip()
    if has_han(head):
        return head if len(head) <= _LONGEST_NAME and "的" not in head else ""
    words = head.split()
    are_names = words and all(word[0].isupper() for word in words)
    return words[0] if are_names and words[0].casefold() not in _ARTICLES else ""
