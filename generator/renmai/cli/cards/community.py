"""The card of a community: what holds it together, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.cli.cards.frame import DOT, Frame, Pair, joined
from renmai.cli.output import Line, Span
from renmai.cli.wording import distance, label
from renmai.model.records import Community
from renmai.rules.communities import members


def community_card(frame: Frame, group: Community) -> list[Line]:
    """The card of `group` as lines."""
    words, health = frame.words, frame.facts.health(group)
    since = words("cli.show.since", day=words.partial(group.since)) if group.since else ""
    left = words("cli.show.left", day=words.partial(group.left)) if group.left else ""
    frame.head(
        joined(words(f"choice.role.{group.role}"), since, left),
        joined(group.theme),
        joined(group.platform, group.city, group.url),
    )
    frame.pairs("", _gathering(frame, group))
    frame.pairs("holds", _holds(frame, group))
    frame.rows(
        "missing",
        (
            (Span(label(Community, lack, words), "warning"), words(f"cli.missing.{lack}"))
            for lack in health.missing
        ),
    )
    people = members(frame.facts.book, group)
    frame.pairs(
        "attendees",
        [
            ("members", words.listed([each.name for each in people])),
            ("size", str(group.size) if group.size is not None else ""),
            ("cards_missing", words.listed([each.name for each in people if not each.has_card])),
        ],
    )
    frame.rows(
        "events",
        (
            (Span(words.date(event.date) if event.date else "", "faint"), event.label)
            for event in frame.facts.book.events_of(group)
        ),
    )
    return frame.end()


def _gathering(frame: Frame, group: Community) -> Iterator[Pair]:
    words, health = frame.words, frame.facts.health(group)
    if group.gather_every:
        yield "gather_every", words.duration(group.gather_every)
    if health.last_gathering:
        yield "last_gathering", words.date(health.last_gathering)
    if health.next_due:
        far = distance((frame.facts.today - health.next_due).days, words)
        yield "next_due", Span(joined(far.text, words.date(health.next_due)), far.style)


def _holds(frame: Frame, group: Community) -> Iterator[Pair]:
    """The three functions, who may join, and the rules."""
    for key in ("identity", "answers", "activities"):
        yield key, (getattr(group.functions, key) or "") if group.functions else ""
    yield "admission", DOT.join(group.admission)
    yield "rules", DOT.join(group.rules)
