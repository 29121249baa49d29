"""`renmai new contact|event|community TITLE`: a file from a template."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from typing import Any

import click

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.drafts import SORTS, Draft, draft
from renmai.cli.editing import edit, editor
from renmai.cli.failures import NO, Failure, nearest
from renmai.cli.options import ChoiceType, argument, option
from renmai.cli.session import Session
from renmai.cli.wording import circle_label, short_path
from renmai.cli.writing import as_typed, dry_run_option, writer
from renmai.edit.keys import yaml_list, yaml_text
from renmai.edit.naming import LONGEST_ID, is_taken, unsafe
from renmai.model.reading import read_record
from renmai.model.records import Community, Event
from renmai.spoken.days import Context, the_day
from renmai.text.schema import fields_of
from renmai.text.types import Choice
from renmai.text.values import nfc

#: The options that are keys of front matter, and the sorts that they go with.
_KEYS = {
    "contact": ("circle", "tag", "tier", "company", "city", "wanted"),
    "event": ("date", "kind", "place", "tag", "hosted"),
    "community": ("role", "city", "tag"),
}


def _choices(record: type, key: str) -> ChoiceType:
    declared = fields_of(record)[key].type
    assert isinstance(declared, Choice)
    return ChoiceType(declared.words)


@declare(
    "new",
    argument("sort", type=ChoiceType(tuple(SORTS)), metavar="contact|event|community"),
    argument("title", nargs=-1, metavar="TITLE"),
    option("--date", metavar="DAY"),
    option("--circle", multiple=True, metavar="NAME"),
    option("--tag", multiple=True, metavar="TAG"),
    option("--tier", type=ChoiceType(("5", "15", "50", "150")), metavar="5|15|50|150"),
    option("--company", metavar="NAME"),
    option("--city", metavar="CITY"),
    option("--wanted", is_flag=True),
    option("--kind", type=_choices(Event, "kind"), metavar="KIND"),
    option("--place", metavar="PLACE"),
    option("--hosted", is_flag=True),
    option("--role", type=_choices(Community, "role"), metavar="ROLE"),
    option("--id", "wanted_id", metavar="ID"),
    option("--force", is_flag=True),
    option("-e", "--edit", "opens", is_flag=True),
    dry_run_option(),
    has_json=False,
)
def command(
    session: Session,
    sort: str,
    title: tuple[str, ...],
    wanted_id: str | None,
    force: bool,
    opens: bool,
    dry_run: bool,
    **given: Any,
) -> None:
    asked = {name: value for name, value in given.items() if value}
    _refuse_options(sort, asked)
    name = _title(title)
    id = _id(session, wanted_id) if wanted_id is not None else ""
    words = editor() if opens and not dry_run else []
    if not force:
        _refuse_known(session, name, may_ask=not dry_run)
    day = _day(session, asked.pop("date", None)) if sort == "event" else None
    made = draft(session, sort, name, id=id, day=day, values=_values(session, asked, day))
    with writer(session, as_typed("new", sort, name), dry_run) as pen:
        pen.create(made.path, made.data)
    if not dry_run:
        _say(session, made, words)


def _refuse_options(sort: str, asked: dict[str, Any]) -> None:
    """Options that are no keys of this sort of record."""
    for name in asked:
        if name not in _KEYS[sort]:
            raise Failure(
                "cli.error.not-for-kind",
                command="renmai new",
                option=f"--{name}",
                kind=sort,
                known=", ".join(f"--{each}" for each in _KEYS[sort]),
            )


def _title(given: tuple[str, ...]) -> str:
    """What the record is called: the words as they were typed, on one line."""
    title = nfc(" ".join(given).strip())
    if not title:
        raise Failure("new.error.no-title", command="renmai new")
    if any(unicodedata.category(character) in _NOT_IN_TITLES for character in title):
        raise Failure("new.error.bad-title", title=title)
    return title


#: Controls, line ends, and what is no text: none can stand in a line of YAML as it is.
_NOT_IN_TITLES = {"Cc", "Cs", "Zl", "Zp"}


def _id(session: Session, wanted: str) -> str:
    """The id that was asked for, if a file may be called so and no other record is."""
    id = nfc(wanted.removesuffix(".md"))
    if unsafe(id):
        raise Failure("new.error.bad-id", id=wanted, most=LONGEST_ID)
    if is_taken(id, session.book):
        known = ", ".join(source.path for source in session.book.find(id))
        raise Failure("new.error.taken-id", NO, id=id, known=known)
    return id


def _refuse_known(session: Session, title: str, may_ask: bool) -> None:
    """Somebody of that name is in the book: is it another one?"""
    known = ", ".join(source.path for source in session.book.find(title))
    if not known:
        return
    if may_ask and _can_ask():
        output.write_message([session.words("new.known", title=title, known=known)])
        if click.confirm(session.words("new.another"), err=True):
            return
        raise click.Abort
    raise Failure("new.error.known", NO, title=title, known=known)


def _day(session: Session, given: str | None) -> date:
    """The day of an event, as people say it: from `--date`, else asked for on a terminal.

    Where nobody can be asked it is today, and that is said: an event must have its day.
    """
    if given is None and not _can_ask():
        output.write_message([session.words("new.today", day=session.words.date(session.today))])
        return session.today
    while given is None:
        today = session.today.isoformat()
        given = str(click.prompt(session.words("new.ask-date"), default=today, err=True))
        try:
            _said_day(session, given)
        except Failure as failure:
            output.write_message([failure.sentence(session.words)])
            given = None
    return _said_day(session, given)


def _said_day(session: Session, given: str) -> date:
    """`2026-12-03`, `next friday`, `下周五`; an event lies ahead where the words leave it open."""
    context = Context(session.today, "future", session.settings.language)
    said = the_day(given, context)
    if said is None or not said.days:
        raise Failure("new.error.bad-date", value=given)
    if len(said.days) > 1:
        days = session.words.listed([day.isoformat() for day in said.days])
        raise Failure("new.error.which-date", value=given, days=days)
    return said.days[0]


def _values(session: Session, asked: dict[str, Any], day: date | None) -> dict[str, str]:
    """The options as keys of front matter with their YAML."""
    values = {"date": day.isoformat()} if day else {}
    for name, value in asked.items():
        if name == "circle":
            values["circles"] = yaml_list([_circle(session, each) for each in value])
        elif name == "tag":
            values["tags"] = yaml_list(value)
        elif name == "wanted":
            values["status"] = "wanted"
        elif name == "hosted":
            values["hosted"] = "yes"
        else:
            values[name] = yaml_text(value) if name in _TEXTS else str(value)
    return values


_TEXTS = {"company", "city", "place"}


def _circle(session: Session, wanted: str) -> str:
    """A circle of the settings, by its name or by what it is called."""
    circles = session.settings.circles
    labels = {circle_label(name, session.settings, session.words): name for name in circles}
    if wanted in circles or wanted in labels:
        return wanted if wanted in circles else labels[wanted]
    near = nearest(wanted, [*circles, *labels])
    raise Failure(
        "new.error.circle-near" if near else "new.error.circle",
        circle=wanted,
        near=near,
        known=", ".join(circles),
    )


def _can_ask() -> bool:
    return output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)


def _say(session: Session, made: Draft, words: list[str]) -> None:
    """The new file's path; behind the editor, what is wrong with what was written."""
    output.write_lines([[short_path(session.root / made.path)]])
    if not words:
        return
    edit(words, session.root / made.path)
    source = read_record(made.path, (session.root / made.path).read_bytes())
    output.write_message(
        [
            f"{made.path}:{problem.line}: {session.words.problem(problem)}"
            for problem in source.problems
        ]
    )
