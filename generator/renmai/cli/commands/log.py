"""`renmai log PHRASE`: an entry of the log, said in one breath."""

from __future__ import annotations

from collections.abc import Sequence

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.drafts import Draft
from renmai.cli.failures import NO, Failure
from renmai.cli.hearing import Heard, heard
from renmai.cli.options import RecordType, argument
from renmai.cli.session import Session
from renmai.cli.writing import as_typed, dry_run_option, edited, writer
from renmai.edit.log import Added, add_entry
from renmai.model.records import Contact, Record
from renmai.problems import shorten
from renmai.spoken.days import Context
from renmai.spoken.entry import entry_text
from renmai.spoken.people import reference_to
from renmai.spoken.phrase import read_phrase

#: The heading that opens a log, by the language of the book.
HEADING = {"en": "Log", "zh": "记录"}


@declare(
    "log",
    argument("words", nargs=-1, type=RecordType("contacts"), metavar="PHRASE"),
    dry_run_option(),
    has_json=False,
)
def command(session: Session, words: tuple[str, ...], dry_run: bool) -> None:
    phrase = " ".join(words)
    if not phrase.strip():
        raise Failure("writing.log.nothing", command="renmai log")
    _refuse_unreadable(phrase)
    context = Context(session.today, "past", session.settings.language)
    meant = heard(read_phrase(phrase, session.book, context), session)
    first, others = _placed(meant.who)
    path, entry = first.path, _entry(meant, others, session)
    added: list[Added] = []

    def change(data: bytes) -> bytes:
        made = add_entry(path, data, entry, HEADING[session.settings.language])
        added.append(edited(made, path))
        return added[-1].data

    new = [each for each in meant.who if isinstance(each, Draft)]
    with writer(session, as_typed("log", *words), dry_run) as pen:
        if first in new:
            pen.create(first.path, new.pop(new.index(first)).data)
        # Before the other cards: where the entry is refused, none is left behind.
        pen.edit(path, change)
        for each in new:
            pen.create(each.path, each.data)
    _say(meant, [first, *others], f"{path}:{added[-1].line}", session, dry_run)


def _refuse_unreadable(phrase: str) -> None:
    """What the shell handed over must be text, and such as a line can hold."""
    try:
        phrase.encode("utf-8")
    except UnicodeEncodeError:
        raise Failure("writing.log.no-text") from None


def _placed(who: Sequence[Record | Draft]) -> tuple[Record | Draft, list[Record | Draft]]:
    """In whose file the entry stands, and who stands behind `with`.

    That of the event or community, if one is named; else that of the first person.
    """
    gatherings = [
        each for each in who if isinstance(each, Record) and not isinstance(each, Contact)
    ]
    if len(gatherings) > 1:
        names = ", ".join(each.label for each in gatherings)
        raise Failure("writing.log.two-places", NO, names=names)
    first = gatherings[0] if gatherings else who[0]
    return first, [each for each in who if each is not first]


def _entry(meant: Heard, others: Sequence[Record | Draft], session: Session) -> str:
    return entry_text(
        meant.day,
        meant.kind,
        time=meant.time,
        deep=meant.deep,
        refs=[_reference(each, session) for each in others],
        text=meant.text.replace("\r\n", "\n").replace("\r", "\n"),
    )


def _reference(who: Record | Draft, session: Session) -> str:
    if isinstance(who, Draft):
        return f"[[{_id(who)}]]"
    reference = reference_to(who, session.book)
    if reference is None:
        raise Failure("writing.log.no-reference", NO, path=who.path)
    return reference


def _id(new: Draft) -> str:
    return new.path.rpartition("/")[2].removesuffix(".md")


def _say(
    meant: Heard,
    who: Sequence[Record | Draft],
    place: str,
    session: Session,
    dry_run: bool,
) -> None:
    """Say what was understood, and where it stands now."""
    words = session.words
    first, *others = (_id(each) if isinstance(each, Draft) else each.label for each in who)
    if others:
        first = words("writing.log.with", first=first, others=words.listed(others))
    day = words.date(meant.day) + (f" {meant.time}" if meant.time else "")
    said = words(
        "writing.log.rehearsed" if dry_run else "writing.log.done",
        what=words.listed([day, meant.kind + "!" * meant.deep, first]),
        text=words("writing.log.text", text=shorten(meant.text)) if meant.text else "",
        place=place,
    )
    if meant.day > session.today:
        output.write_message([words("writing.log.future", day=words.date(meant.day))])
    output.write_lines([[said]])
