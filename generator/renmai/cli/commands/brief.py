"""`renmai brief EVENT`: the page to carry into the room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renmai.cli import netdocuments, output
from renmai.cli.cards.frame import DOT, joined
from renmai.cli.declare import declare
from renmai.cli.finding import find_sort
from renmai.cli.options import RecordType, argument
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, Row, table
from renmai.cli.wording import weekday_and_date
from renmai.model.records import Event
from renmai.rules.brief import QUESTIONS, Target, targets
from renmai.rules.facts import Facts
from renmai.rules.interactions import attendees
from renmai.words import Words

#: Lines to write seeds on, when the page goes to a printer.
_RULED = 5
_RULE = "_" * 48


@declare("brief", argument("ref", type=RecordType("events"), metavar="EVENT"))
def command(session: Session, ref: str) -> None:
    event = find_sort(session.book, ref, Event)
    if session.json:
        output.write_json(netdocuments.brief(event, session.facts, session.words))
        return
    output.write_lines(view(event, session.facts, session.words, output.terminal_width()))


def view(event: Event, facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """The event, whom to talk to, the four questions, and room for seeds."""
    found = targets(facts, event)
    lines: list[Line] = [*_head(event, facts, words, limit), [], _heading("targets", words)]
    for target in found:
        lines += _target(target, facts, words, limit)
    if not found:
        lines += _set([[words("brief.none")]], (), limit)
    questions = [words(f"brief.question.{name}") for name in QUESTIONS]
    numbered: list[Row] = [(Span(str(n), "faint"), text) for n, text in enumerate(questions, 1)]
    lines += [[], _heading("questions", words), *_set(numbered, (Column(),), limit)]
    lines += [[], _heading("seeds", words), *_seeds(event, facts, limit)]
    return lines + [["  ", Span(_RULE[: (limit or len(_RULE)) - 2], "faint")]] * _RULED


def _head(event: Event, facts: Facts, words: Words, limit: int | None) -> Iterator[Line]:
    start = weekday_and_date(event.date, words) if event.date else ""
    when = joined(start, words.date(event.end) if event.end else "", by=" – ")
    yield from _set([[Span(event.label, "name")]], (), limit, "")
    for text in (joined(when, event.time, event.place), facts.book.readable(event.goal or "")):
        yield from _set([[text]] if text else [], (), limit, "")


def _target(target: Target, facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """Who it is; below, what one found out, and what is still to find out."""
    person, card = target.attendee.person, target.attendee.contact
    known = f"choice.role.{person.role}"
    is_word = bool(person.role and person.role.isalpha() and words.has(known))
    role = words(known) if is_word else person.role
    work = joined(card.title, card.company) if card else ""
    name = Span(target.attendee.name, "name")
    unknown = Span(words("brief.unknown"), "faint")
    values = {
        "does": target.does,
        "challenge": DOT.join(target.challenge),
        "value": DOT.join(target.value),
        "recognise": person.recognise or "",
        "photo": target.photo or "",
    }
    rows: list[Row] = [
        [Span(words(f"field.person.{key}.label"), "faint"), facts.book.readable(text) or unknown]
        for key, text in values.items()
        if text or key in ("does", "challenge", "value")
    ]
    who = _set([[name, Span(joined(role, work), "faint")]], (Column(),), limit)
    return [*who, *_set(rows, (Column(),), limit, "    ")]


def _seeds(event: Event, facts: Facts, limit: int | None) -> list[Line]:
    """Those that were left already."""
    found = [each for each in attendees(facts.book, event) if each.person.seed]
    rows: list[Row] = [
        [Span(each.name, "name"), facts.book.readable(each.person.seed or "")] for each in found
    ]
    return _set(rows, (Column(most=28),), limit)


def _heading(key: str, words: Words) -> Line:
    return [Span(words(f"brief.{key}"), "heading")]


def _set(
    rows: Sequence[Row], columns: tuple[Column, ...], limit: int | None, indent: str = "  "
) -> list[Line]:
    return [line for row in table(rows, columns, limit, indent) for line in row]
