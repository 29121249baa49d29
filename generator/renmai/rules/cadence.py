"""How often one wants to be in touch with a contact, and when that falls due."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from renmai.model.records import Contact
from renmai.settings import Settings
from renmai.text.values import Duration


class CadenceDue(msgspec.Struct, frozen=True):
    """When a contact falls due by cadence; `start` is what it is counted from.

    `days` is the cadence's length from there, in days; `never_in_touch` when nothing is known.
    """

    cadence: Duration
    start: date
    due: date
    days: int
    never_in_touch: bool
    snoozed: bool

    def ratio(self, today: date) -> Fraction:
        """Days overdue in lengths of the cadence, exactly; negative before it is due."""
        return Fraction((today - self.due).days, self.days)


def resolve_cadence(contact: Contact, start: date, settings: Settings) -> Duration | None:
    """The cadence of a contact: its own, its tier's, its circles' shortest, the book's, or none.

    Which of its circles' is the shortest is told in days from `start`; `never` is the longest.
    """
    if contact.cadence is not None:
        return contact.cadence
    if contact.tier is not None and contact.tier in settings.tiers:
        return settings.tiers[contact.tier]
    of_circles = [
        circle.cadence
        for name in contact.circles
        if (circle := settings.circles.get(name.text)) and circle.cadence is not None
    ]
    if of_circles:
        return min(of_circles, key=lambda each: (each.is_never, each.after(start) or date.max))
    return settings.cadence


def cadence_start(contact: Contact, last_contact: date | None, today: date) -> date | None:
    """The day a cadence is counted from; None for somebody one was never in touch with."""
    if last_contact is not None:
        return last_contact
    met = contact.met.date.first_day if contact.met and contact.met.date else None
    return met if met is not None and met <= today else None


def cadence_of(
    contact: Contact, last_contact: date | None, today: date, settings: Settings
) -> Duration | None:
    """The cadence of a contact as it resolves today (`never` too), or None."""
    start = cadence_start(contact, last_contact, today)
    return resolve_cadence(contact, start or today, settings)


def cadence_due(
    contact: Contact, last_contact: date | None, today: date, settings: Settings
) -> CadenceDue | None:
    """When an active contact falls due by cadence; None when never.

    rules.md, "Cadence": S + cadence, or today for somebody never in touch; not before `snooze`.
    """
    if contact.status != "active" or contact.me:
        return None
    known = cadence_start(contact, last_contact, today)
    start = known or today
    cadence = resolve_cadence(contact, start, settings)
    if cadence is None or cadence.is_never:
        return None
    end = cadence.after(start)
    if end is None and known:
        return None  # a day past the year 9999 never comes
    end = end or date.max
    due = end if known else today
    snoozed = contact.snooze is not None and contact.snooze > due
    if snoozed and contact.snooze:
        due = contact.snooze
    # Only on the calendar's last day nothing lies between the two.
    days = max((end - start).days, 1)
    return CadenceDue(cadence, start, due, days, known is None, snoozed)
