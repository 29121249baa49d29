"""The card of a person."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.cli.cards.frame import DOT, Frame, Pair, joined
from renmai.cli.output import Line, Span
from renmai.cli.tables import Column
from renmai.cli.wording import ago, circle_label, distance
from renmai.model.records import Contact
from renmai.rules.interactions import Interaction
from renmai.text import names

#: How many interactions a card shows.
LATEST = 8

#: When, and how; behind them, what was said.
_LATEST = (Column(), Column())

#: The background card, in this order.
_BACKGROUND = (
    "family",
    "background",
    "hobbies",
    "likes",
    "values",
    "achievements",
    "challenge",
    "needs",
    "offers",
    "value",
    "goal",
)


def contact_card(frame: Frame, person: Contact) -> list[Line]:
    """The card of `person` as lines."""
    frame.head(*_head(frame, person))
    if not person.me:
        frame.pairs("", _standing(frame, person))
    frame.waiting()
    frame.pairs("reach", _reach(person))
    frame.pairs("background", _background(frame, person))
    frame.pairs("people", _people(frame, person))
    mine = frame.facts.of(person)
    frame.rows("latest", (_interaction(frame, each) for each in mine[:LATEST]), _LATEST)
    if len(mine) > LATEST:
        more = frame.words("cli.show.more", n=len(mine) - LATEST)
        frame.lines.append(["  ", Span(more, "faint")])
    return frame.end()


def _head(frame: Frame, person: Contact) -> tuple[str, ...]:
    """Beside the name: how it is read, other names; below: work, place, circles, how close."""
    words, settings = frame.words, frame.facts.settings
    status = "" if person.status == "active" else words(f"choice.status.{person.status}")
    me = words("cli.show.me") if person.me else ""
    reading = names.reading(person.label, person.pinyin)
    circles = [circle_label(circle.text, settings, words) for circle in person.circles]
    tier = words("cli.show.tier", tier=person.tier) if person.tier is not None else ""
    return (
        joined(reading, *person.aliases, status, me),
        joined(joined(person.title, person.company, by=", "), person.city),
        joined(words.listed(circles), tier, *(f"#{tag}" for tag in person.tags)),
    )


def _standing(frame: Frame, person: Contact) -> Iterator[Pair]:
    """How warm the tie is, when one was in touch and should be again, who gave what."""
    facts, words, today = frame.facts, frame.words, frame.facts.today
    yield "level", _level(frame, person)
    last = facts.last_contact(person)
    been = joined(words.date(last), ago(last, today, words)) if last else ""
    yield "last_contact", been or words("cli.show.never")
    due, cadence = facts.due(person), facts.cadence(person)
    if due:
        far = distance((today - due).days, words)
        yield "due", Span(joined(far.text, words.date(due)), far.style)
    yield "cadence", words.duration(cadence) if cadence else ""
    if person.snooze and person.snooze > today:
        yield "snooze", words.date(person.snooze)
    balance = facts.balance(person)
    if not balance.is_empty:
        ready = words("cli.show.ready" if balance.ready_to_ask else "cli.show.not-ready")
        counts = words("cli.show.ledger", gave=balance.gave, got=balance.got, asked=balance.asked)
        yield "ledger", joined(counts, ready)


def _level(frame: Frame, person: Contact) -> Span:
    facts, words = frame.facts, frame.words
    level, warmth = facts.level(person), f"{facts.warmth(person):.2f}"
    needed = facts.meetings_needed(person)
    said = joined(
        words("cli.show.level", level=words(f"level.{level}"), warmth=warmth),
        words("cli.show.drifting") if facts.is_drifting(person) else "",
        words("cli.show.meetings", n=facts.meetings(person)),
        words("cli.show.needed", n=needed) if needed else "",
    )
    return Span(said, level)


def _reach(person: Contact) -> Iterator[Pair]:
    yield "contact_by", person.contact_by or ""
    yield "phones", DOT.join(person.phones)
    yield "emails", DOT.join(person.emails)
    for key in ("wechat", "linkedin", "github", "assistant"):
        yield key, getattr(person, key) or ""
    yield "links", DOT.join(f"{name} {address}" for name, address in person.links.items())
    yield "language", person.language or ""
    yield "timezone", person.timezone or ""


def _background(frame: Frame, person: Contact) -> Iterator[Pair]:
    words = frame.words
    if person.birthday:
        yield "birthday", words.partial(person.birthday)
    dates = [
        joined(words.partial(each.date), each.what, by=" ") for each in person.dates if each.date
    ]
    yield "dates", DOT.join(dates)
    for key in _BACKGROUND:
        written = getattr(person, key) or []
        several = [written] if isinstance(written, str) else written
        yield key, frame.facts.book.readable(words("cli.show.between").join(several))


def _people(frame: Frame, person: Contact) -> Iterator[Pair]:
    """How it began, who brought whom, what they are to one another, where they belong."""
    facts, words = frame.facts, frame.words
    if person.met:
        place = facts.book.target(person.met.at) if person.met.at else None
        at = place.label if place else person.met.at.text if person.met.at else ""
        yield "met", joined(words.partial(person.met.date) if person.met.date else "", at)
    by = facts.introduced_by(person)
    yield "introduced_by", by.label if by else ""
    yield "introduced", _labels(frame, facts.introduced.get(person.id, []))
    yield (
        "relations",
        DOT.join(
            joined(_label(frame, other), how and words("cli.show.how", how=_how(frame, how)), by="")
            for other, how in facts.relations.get(person.id, ())
        ),
    )
    yield "events", DOT.join(each.label for each in facts.events_of.get(person.id, ()))
    yield "communities", DOT.join(each.label for each in facts.communities_of.get(person.id, ()))


def _how(frame: Frame, how: str) -> str:
    """One of the known relations in the reader's language; another as it is written."""
    key = f"relation.{how}"
    return frame.words(key) if how.isalpha() and frame.words.has(key) else how


def _label(frame: Frame, id: str) -> str:
    record = frame.facts.book.record(id)
    return record.label if record else id


def _labels(frame: Frame, ids: list[str]) -> str:
    return frame.words.listed([_label(frame, id) for id in ids])


def _interaction(frame: Frame, each: Interaction) -> tuple[Span, Span, str]:
    words = frame.words
    kind = words(f"entry.{each.kind}") + (words("cli.show.deep") if each.deep else "")
    others = words("cli.show.with", names=_labels(frame, list(each.others))) if each.others else ""
    said = frame.facts.book.readable(" ".join(each.text.split()))
    return (
        Span(words.date(each.day), "faint"),
        Span(kind, "faint"),
        said + others if said else others.strip(),
    )
