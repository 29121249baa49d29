"""The card of an event: before it, what is still to do; after it, what it brought."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.cli.cards.frame import Frame, Pair, joined
from renmai.cli.output import Line, Span
from renmai.cli.wording import weekday_and_date
from renmai.model.records import Event
from renmai.rules.events import Progress, host_hints, is_researched
from renmai.rules.interactions import Attendee, attendees


def event_card(frame: Frame, event: Event) -> list[Line]:
    """The card of `event` as lines."""
    words = frame.words
    status = "" if event.status == "going" else words(f"choice.status.{event.status}")
    start = weekday_and_date(event.date, words) if event.date else ""
    when = joined(start, words.date(event.end) if event.end else "", by=" – ")
    hosted = words("cli.show.hosted") if event.hosted else ""
    frame.head(
        joined(words(f"choice.kind.{event.kind}"), status, hosted),
        joined(when, event.time, event.place),
        joined(event.goal),
    )
    group = frame.facts.book.community(event.community)
    frame.pairs("", [("community", group.label if group else ""), ("url", event.url or "")])
    over = event.date is not None and event.date <= frame.facts.today
    if over:
        frame.pairs("yield", _yield(frame, event))
    frame.pairs("readiness", _readiness(frame, event))
    hints = host_hints(frame.facts.book, event)
    frame.rows("host", ((Span(code, "hint"), words(f"problem.{code}")) for code, _ in hints))
    frame.waiting()
    people = attendees(frame.facts.book, event)
    frame.rows("attendees", (_person(frame, each) for each in people))
    return frame.end()


def _readiness(frame: Frame, event: Event) -> Iterator[Pair]:
    words, ready = frame.words, frame.facts.readiness(event)
    yield "invitation", words("cli.show.invited" if ready.invited else "cli.show.not-invited")
    yield "targets", words("cli.show.of", done=ready.targets, all=ready.target_count)
    if ready.targets:
        yield "researched", words("cli.show.of", done=ready.researched, all=ready.targets)
    for phase in ("before", "during", "after"):
        progress: Progress = getattr(ready, phase)
        if progress.all:
            yield phase, words("cli.show.of", done=progress.done, all=progress.all)


def _yield(frame: Frame, event: Event) -> Iterator[Pair]:
    words, brought = frame.words, frame.facts.yielded(event)
    met, again = len(brought.met), brought.second_meetings
    yield "people_met", str(met)
    if met:
        counts = {"n": len(brought.recontacted), "all": met, "in_time": len(brought.in_time)}
        yield "recontacted", words("cli.show.recontacted", **counts)
    yield "cards_missing", Span(words.listed(brought.cards_missing), "overdue")
    yield "seeds", str(brought.seeds) if brought.seeds else ""
    if brought.introductions:
        made = words("cli.show.introductions", n=brought.introductions, again=again)
        yield "introductions", made


def _person(frame: Frame, each: Attendee) -> tuple[Span, str]:
    """Somebody at the event: what one wants of them or did, then what one knows."""
    words, person = frame.words, each.person
    marks = [
        words("cli.show.target") if person.target else "",
        words("cli.show.researched") if person.target and is_researched(each) else "",
        words("cli.show.met") if person.met else "",
        "" if each.has_card else words("cli.show.no-card"),
    ]
    known = (person.role, person.does, person.challenge, person.value, person.recognise)
    return (
        Span(each.name, "name"),
        joined(words.listed([mark for mark in marks if mark]), *known, person.seed),
    )
