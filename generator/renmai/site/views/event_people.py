"""The people of an event: whom one wants to talk to, and whom one met."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from renmai.model.records import Event, Person
from renmai.rules import brief
from renmai.rules.events import is_researched, recontacted_on
from renmai.rules.followups.meetings import event_end
from renmai.rules.interactions import Attendee, attendees
from renmai.site.views.lens import Lens
from renmai.site.views.reach import short_reach
from renmai.site.views.shapes import Face, Fact, Named, Touch, When
from renmai.telling import message

#: Roles that have a word in the catalogues; others are shown as written.
_ROLES = frozenset(("speaker", "organiser", "guest", "volunteer"))

#: What a message leaves open.
_OPEN = re.compile(r"(\[[^\[\]]*\])")


class Target(Struct, frozen=True):
    """Somebody to talk to, with what is known; `mark` says that they were studied, or met.

    `missing` says what is still to find out, `blanks` for what there is room on paper.
    """

    who: Named
    facts: list[Fact]
    missing: str
    blanks: list[str]
    mark: str


class Piece(Struct, frozen=True):
    """A part of a message; `is_open`: to fill in, or to put in one's own words."""

    text: str
    is_open: bool


class Message(Struct, frozen=True):
    """A message in paragraphs, ready but for its open pieces; `key` is its id in the page."""

    key: str
    language: str
    paragraphs: list[list[Piece]]


class Met(Struct, frozen=True):
    """Somebody one met: whether one wrote to them in time, the seed, the next meeting.

    `state` is written, written_late, to_write, no_card, waived or lapsed, and `says` its words;
    `when` is the day by which it is owed, `next_when` that of the next meeting until they met.
    """

    who: Named
    seed: str
    state: str
    says: str
    when: When | None
    next: str
    next_when: When | None
    reach: list[Touch]
    message: Message | None


def targets(lens: Lens, event: Event, *, ahead: bool) -> list[Target]:
    """The people to talk to, in the order written; whom one met, where it is not `ahead`."""
    return [_target(lens, each, ahead) for each in brief.targets(lens.facts, event)]


def met(lens: Lens, event: Event) -> list[Met]:
    """Everybody one met there."""
    found = [each for each in attendees(lens.book, event) if each.person.met]
    return [_met(lens, event, each, number) for number, each in enumerate(found, 1)]


def others(lens: Lens, event: Event) -> list[Named]:
    """Who else is, or was, there."""
    return [
        who(lens, each, role(lens, each))
        for each in attendees(lens.book, event)
        if not each.person.target and not each.person.met
    ]


def who(lens: Lens, each: Attendee, note: str = "") -> Named:
    """A person at the event, with the photo that the event's file gives, if it gives one."""
    named = lens.named(each.contact, note) if each.contact else lens.somebody(each.name, note)
    photo = lens.media.get(each.person.photo or "")
    if photo is None or named.face is None:
        return named
    return Named(named.name, named.href, Face(named.face.letters, named.face.tint, photo), note)


def role(lens: Lens, each: Attendee) -> str:
    """The role, and what they are by their card."""
    written = each.person.role or ""
    known = written.casefold() in _ROLES
    parts = [lens.words(f"choice.role.{written.casefold()}") if known else written]
    if each.contact:
        parts += [each.contact.title or "", each.contact.company or ""]
    return " · ".join(part for part in parts if part)


# -- before ---------------------------------------------------------------------------------------


def _target(lens: Lens, target: brief.Target, ahead: bool) -> Target:
    """What one knows of a target, here or on the card, and what is still to find out."""
    words, each = lens.words, target.attendee
    known = {
        "does": [each.person.does] if each.person.does else [],
        "challenge": target.challenge,
        "value": target.value,
        "recognise": [each.person.recognise] if each.person.recognise else [],
    }
    lacking = [key for key in ("does", "challenge", "value") if not known[key]]
    asked = words.listed([words(f"site.event.find.{key}") for key in lacking])
    mark = is_researched(each) if ahead else each.person.met
    said = words("site.event.known" if ahead else "site.event.talked")
    return Target(
        who=who(lens, each, role(lens, each)),
        facts=[lens.fact(key, texts, Person) for key, texts in known.items() if texts],
        missing=words("site.event.missing", what=asked) if ahead and not mark else "",
        # What the card says of their work stands below the name already.
        blanks=[lens.label(key, Person) for key in lacking if key != "does" or not target.does],
        mark=said if mark else "",
    )


# -- after ----------------------------------------------------------------------------------------


def _met(lens: Lens, event: Event, each: Attendee, number: int) -> Met:
    words, person = lens.words, each.person
    state, day = _state(lens, event, each)
    is_open = state in ("to_write", "no_card", "lapsed")
    wants_words = is_open and not _is_waived(each)
    agreed = words("site.event.next", day=words.date(person.next)) if person.next else ""
    says = (
        words(f"site.event.{state}", day=words.date(day)) if day else words(f"site.event.{state}")
    )
    return Met(
        who=who(lens, each, role(lens, each)),
        seed=lens.field(person.seed or ""),
        state=state,
        says=says,
        when=lens.when(day) if day and is_open else None,
        next=agreed,
        next_when=lens.when(person.next) if person.next and _will_meet(lens, event, each) else None,
        reach=short_reach(each.contact, words) if wants_words and each.contact else [],
        message=_message(lens, event, each, f"m-{number}") if wants_words else None,
    )


def _state(lens: Lens, event: Event, each: Attendee) -> tuple[str, date | None]:
    """Where the message within a day stands, and the day it was written or is due."""
    due = _owed(lens, event, each)
    if due is not None:
        return "to_write" if each.contact else "no_card", due
    end = event_end(event)
    limit = lens.facts.settings.recontact_within.after(end) if end else None
    if not each.has_card:
        return "no_card", limit if end and end > lens.today else None
    written = recontacted_on(event, each, lens.facts.interactions)
    if written is not None:
        in_time = limit is None or written <= limit
        return "written" if in_time else "written_late", written
    if _is_waived(each):
        return "waived", None
    if end and end > lens.today:
        return "to_write", limit
    return "lapsed", None


def _is_waived(each: Attendee) -> bool:
    """Whether no message is owed: it was waived, or they died."""
    contact = each.contact
    return each.person.recontact == "skip" or bool(contact and contact.status == "deceased")


def _owed(lens: Lens, event: Event, each: Attendee) -> date | None:
    """The day by which a message or a card is owed to somebody met at the event."""
    kind, id = ("recontact", each.contact.id) if each.contact else ("card", event.id)
    for item in lens.facts.follow_ups_of.get(id, ()):
        if item.kind == kind and item.path == event.path and item.line == each.person.line:
            return item.due
    return None


def _will_meet(lens: Lens, event: Event, each: Attendee) -> bool:
    """Whether the next meeting that was agreed on has not taken place yet."""
    mine = lens.facts.follow_ups_of.get(each.contact.id, ()) if each.contact else ()
    return any(item.kind == "second_meeting" and item.about == event.id for item in mine)


def _message(lens: Lens, event: Event, each: Attendee, key: str) -> Message:
    draft = brief.draft(lens.facts, event, each)
    return Message(key, draft.language, [_pieces(text) for text in message(draft)])


def _pieces(text: str) -> list[Piece]:
    """What is ready and what is open in a paragraph."""
    return [Piece(part, number % 2 == 1) for number, part in enumerate(_OPEN.split(text)) if part]
