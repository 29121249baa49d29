"""Communities that one owns or runs, and when they should gather again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from renmai.model.book import Book
from renmai.model.records import Community
from renmai.rules.followups.item import FollowUp, Given


def gatherings(given: Given) -> Iterator[FollowUp]:
    """A community's next gathering, where one is its owner or admin."""
    for community in given.book.communities.values():
        due = gathering_due(given.book, community, given.today)
        if due is None:
            continue
        last = last_gathering(given.book, community, given.today)
        yield FollowUp(
            kind="gathering",
            id=community.id,
            title=community.label,
            due=due,
            today=given.today,
            path=community.path,
            line=community.line_of("gather_every"),
            reason="gathering.last" if last else "gathering.first",
            args={"day": last or given.today, "every": community.gather_every},
        )


def last_gathering(book: Book, community: Community, today: date) -> date | None:
    """The date of its last event that took place by today."""
    days = [
        event.date
        for event in book.events_of(community)
        if not event.is_cancelled and event.date and event.date <= today
    ]
    return max(days, default=None)


def must_gather(community: Community) -> bool:
    """Whether one owes this community a gathering: owner or admin, not left, with a rhythm."""
    return (
        community.role in ("owner", "admin")
        and community.left is None
        and community.gather_every is not None
    )


def has_gathering_ahead(book: Book, community: Community, today: date) -> bool:
    """Whether an event of it that is not cancelled lies in the future."""
    return any(
        event.date and event.date > today and not event.is_cancelled
        for event in book.events_of(community)
    )


def gathering_due(book: Book, community: Community, today: date) -> date | None:
    """The day by which it should gather again; None when it need not."""
    if not must_gather(community) or community.gather_every is None:
        return None
    if has_gathering_ahead(book, community, today):
        return None
    since = community.since.first_day if community.since else None
    start = last_gathering(book, community, today) or since or today
    return community.gather_every.after(start)
