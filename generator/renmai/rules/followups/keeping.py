"""Keeping in touch: promised contacts, and those that their cadence asks for."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.rules.cadence import cadence_due
from renmai.rules.followups.item import FollowUp, Given


def promises(given: Given) -> Iterator[FollowUp]:
    """A contact's `follow_up`, unless there was an interaction on that day or later."""
    for contact in given.book.others:
        promise = contact.follow_up
        if promise is None or promise.date is None or contact.status == "deceased":
            continue
        mine = given.interactions[contact.id]
        if mine and mine[0].day >= promise.date:
            continue
        yield FollowUp(
            kind="follow_up",
            id=contact.id,
            title=contact.label,
            due=promise.date,
            today=given.today,
            path=contact.path,
            line=contact.line_of("follow_up"),
            reason="follow_up.why" if promise.why else "follow_up.plain",
            args={"why": promise.why or ""},
        )


def cadences(given: Given) -> Iterator[FollowUp]:
    """Every active contact that has a cadence."""
    for contact in given.book.others:
        mine = given.interactions[contact.id]
        last = mine[0].day if mine else None
        found = cadence_due(contact, last, given.today, given.settings)
        if found is None:
            continue
        if found.never_in_touch:
            reason = "cadence.never"
        else:
            reason = "cadence.last" if last else "cadence.met"
        yield FollowUp(
            kind="cadence",
            id=contact.id,
            title=contact.label,
            due=found.due,
            today=given.today,
            path=contact.path,
            line=1,
            ratio=found.ratio(given.today),
            reason=reason,
            args={"day": found.start, "cadence": found.cadence},
        )
