"""`renmai snooze REF [UNTIL]`: somebody, or a task, put off."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure
from renmai.cli.hearing import one_day, one_person
from renmai.cli.options import DURATION, RecordType, argument, option
from renmai.cli.picking import Pick, by_numbers, by_words, shown, the_one
from renmai.cli.session import Session
from renmai.cli.writing import as_typed, dry_run_option, edited, writer
from renmai.edit.front import set_date, set_key
from renmai.edit.refusal import Refusal
from renmai.edit.tasks import put_off
from renmai.model.records import Contact, Record
from renmai.spoken.days import Context, Said, the_day
from renmai.spoken.people import Who, by_part
from renmai.text.references import parse_ref
from renmai.text.values import Duration

_UNTIL = re.compile(r"(?:(?:until|till|til|to|by)\s+|(?:推迟|延|等)?到|直到|至)\s*", re.IGNORECASE)

#: Without a day, so long.
_WITHOUT = timedelta(weeks=1)

#: What a date of its own says, and what only waits for somebody to be in touch.
_DATED = frozenset({"task", "checklist", "follow_up", "cadence"})


@declare(
    "snooze",
    argument("words", nargs=-1, type=RecordType("contacts"), metavar="REF [UNTIL]"),
    option("--within", type=DURATION, metavar="SPAN"),
    option("--all", "everything", is_flag=True),
    dry_run_option(),
    has_json=False,
)
def command(
    session: Session,
    words: tuple[str, ...],
    within: Duration | None,
    everything: bool,
    dry_run: bool,
) -> None:
    said: Sequence[str] = " ".join(words).split()
    if not said:
        raise Failure("writing.snooze.no-words", command="renmai snooze")
    if said[0].isascii() and said[0].isdecimal():
        items = shown(session, within, everything)
        pick, rest = by_numbers([int(said[0])], items, session)[0], said[1:]
    else:
        pick, rest = _named(said, session)
    if pick.kind not in _DATED:
        raise Failure(f"writing.done.not.{pick.kind}", NO, name=pick.name)
    until = _until(rest, session)
    path = pick.record.path
    with writer(session, as_typed("snooze", *words), dry_run) as pen:
        pen.edit(path, lambda data: edited(_change(pick, until, session)(data), path))
    if not dry_run:
        _say(pick, until, session)


def _named(said: Sequence[str], session: Session) -> tuple[Pick, Sequence[str]]:
    """Who or which task is meant by as many of the words as name one, and the words behind."""
    for count in range(len(said), 0, -1):
        text, rest = " ".join(said[:count]), said[count:]
        records = _records(text, session)
        if records and (not rest or _day(rest, session)):
            person = one_person(Who(text, records), session)
            return Pick(person, person.label, "cadence", None, person.label), rest
    for count in range(len(said), 0, -1):
        text, rest = " ".join(said[:count]), said[count:]
        tasks = [pick for pick in by_words(text, session) if pick.task]
        if tasks and (not rest or _day(rest, session)):
            return the_one(tasks, text, session), rest
    raise Failure("writing.snooze.nobody", NO, text=" ".join(said))


def _records(text: str, session: Session) -> tuple[Record, ...]:
    """The contacts that `text` can mean."""
    ref = parse_ref(text, line=1)
    sources = session.book.find(ref.text) if ref else []
    found = tuple(source.record for source in sources if isinstance(source.record, Contact))
    return found or tuple(
        record for record in by_part(text, session.book) if isinstance(record, Contact)
    )


def _day(rest: Sequence[str], session: Session) -> Said | None:
    """The day that words mean, one that comes."""
    context = Context(session.today, "future", session.settings.language)
    return the_day(_UNTIL.sub("", " ".join(rest), count=1), context)


def _until(rest: Sequence[str], session: Session) -> date:
    """The day until which to put off. Raises Failure when it is none that comes."""
    if not rest:
        return session.today + _WITHOUT
    said = _day(rest, session)
    if said is None or not said.days:
        raise Failure("writing.snooze.no-day", NO, words=" ".join(rest))
    until = one_day(said.days, session)
    if until <= session.today:
        raise Failure("writing.snooze.past", NO, day=session.words.date(until))
    return until


def _change(pick: Pick, until: date, session: Session) -> Callable[[bytes], bytes | Refusal]:
    """How a file is changed so that what is meant is put off."""
    path, task = pick.record.path, pick.task
    if task is not None:
        return lambda data: put_off(path, data, task, until, session.settings.language)
    if pick.kind == "follow_up":
        return lambda data: set_date(path, data, "follow_up", until)
    return lambda data: set_key(path, data, "snooze", until.isoformat())


def _say(pick: Pick, until: date, session: Session) -> None:
    words = session.words
    day = f"{words.weekday(until)} {words.date(until)}"
    output.write_lines([[words("writing.snooze.done", what=pick.title, day=day)]])
    promised = [
        item
        for item in session.facts.follow_ups
        if pick.kind == "cadence" and item.id == pick.record.id and item.ratio is None
        and item.kind not in ("birthday", "task") and item.due <= until
    ]  # fmt: skip
    if promised:
        output.write_message([words("writing.snooze.promised", name=pick.title)])
