"""What a meeting leaves to do: be in touch again, write the card, meet again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from renmai.model.records import Event
from renmai.rules.followups.item import FollowUp, Given
from renmai.rules.interactions import EVENT, Interaction, attendees


def event_end(event: Event) -> date | None:
    """The last day of an event; None when it has no readable date."""
    return event.end or event.date


def ends_recontact(interaction: Interaction, end: date) -> bool:
    """Whether an interaction is the message that was owed after an event that ended on `end`.

    One after its end; or on that day of another kind than `meet`, since notes of the talk
    itself are no message.
    """
    if interaction.kind == EVENT:
        return False
    return interaction.day > end or (interaction.day == end and interaction.kind != "meet")


def recontacts(given: Given) -> Iterator[FollowUp]:
    """Everybody met at an event of late with whom one was not in touch since."""
    for event, end, due in _recent(given):
        for attendee in attendees(given.book, event):
            person, contact = attendee.person, attendee.contact
            if not person.met or contact is None or person.recontact == "skip":
                continue
            mine = given.interactions.get(contact.id)
            if contact.status == "deceased" or mine is None:
                continue
            if any(ends_recontact(each, end) for each in mine):
                continue
            yield FollowUp(
                kind="recontact",
                id=contact.id,
                title=contact.label,
                about=event.id,
                due=due,
                today=given.today,
                path=event.path,
                line=person.line,
                reason="recontact.seed" if person.seed else "recontact.plain",
                args={"event": event.label, "day": end, "seed": person.seed or ""},
            )


def cards(given: Given) -> Iterator[FollowUp]:
    """Everybody met at an event of late who has no card yet."""
    for event, end, due in _recent(given):
        for attendee in attendees(given.book, event):
            if attendee.person.met and not attendee.has_card:
                yield FollowUp(
                    kind="card",
                    id=event.id,
                    title=attendee.name,
                    due=due,
                    today=given.today,
                    path=event.path,
                    line=attendee.person.line,
                    reason="card",
                    args={"event": event.label, "day": end},
                )


def second_meetings(given: Given) -> Iterator[FollowUp]:
    """The next meetings that were agreed at events."""
    for event in given.book.events.values():
        # Of many events one alone has any: to find out whom all their lines mean takes long.
        if not any(person.next for person in event.people):
            continue
        for attendee in attendees(given.book, event):
            person, contact = attendee.person, attendee.contact
            if contact is None or person.next is None or contact.status == "deceased":
                continue
            agreed, mine = person.next, given.interactions.get(contact.id)
            if mine is None or any(each.kind != EVENT and each.day >= agreed for each in mine):
                continue
            yield FollowUp(
                kind="second_meeting",
                id=contact.id,
                title=contact.label,
                about=event.id,
                due=agreed,
                today=given.today,
                path=event.path,
                line=person.line_of("next"),
                reason="second_meeting",
                args={"event": event.label},
            )


def _recent(given: Given) -> Iterator[tuple[Event, date, date]]:
    """Events that are over but still within the window, with their end and the day for a word."""
    for event in given.book.events.values():
        end = event_end(event)
        if event.is_cancelled or end is None or end > given.today:
            continue
        due = given.settings.recontact_within.after(end)
        if due is not None and given.settings.recontact_window.reaches(end, given.today):
            yield event, end, due
