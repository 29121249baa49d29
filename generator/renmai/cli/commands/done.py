"""`renmai done WHAT`: a task ticked, by the number that `due` shows or by its words."""

from __future__ import annotations

from collections.abc import Sequence

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure
from renmai.cli.options import DURATION, argument, option
from renmai.cli.picking import Pick, by_numbers, by_words, shown, the_one
from renmai.cli.session import Session
from renmai.cli.writing import Writes, as_typed, dry_run_option, edited, writer
from renmai.edit.front import remove_key
from renmai.edit.tasks import tick
from renmai.rules.followups import FollowUp
from renmai.text.values import Duration


@declare(
    "done",
    argument("what", nargs=-1, metavar="WHAT"),
    option("--within", type=DURATION, metavar="SPAN"),
    option("--all", "everything", is_flag=True),
    dry_run_option(),
    has_json=False,
)
def command(
    session: Session,
    what: tuple[str, ...],
    within: Duration | None,
    everything: bool,
    dry_run: bool,
) -> None:
    text = " ".join(" ".join(what).split())
    if not text:
        raise Failure("writing.done.no-words", command="renmai done")
    picks = _picks(text, session, shown(session, within, everything))
    if not picks:
        return
    for pick in picks:
        _refuse_what_is_no_task(pick)
    with writer(session, as_typed("done", *what), dry_run) as pen:
        for pick in picks:
            _write(pick, pen)
    for pick in [] if dry_run else picks:
        _say("task" if pick.task else "follow-up", pick, session)


def _picks(text: str, session: Session, items: Sequence[FollowUp]) -> list[Pick]:
    """What is meant; nothing when it is done already, which is said."""
    if all(word.isascii() and word.isdecimal() for word in text.split()):
        return by_numbers([int(word) for word in text.split()], items, session)
    found = by_words(text, session)
    if not found and (done := by_words(text, session, done=True)):
        _say("already", done[0], session)
        return []
    return [the_one(found, text, session)]


def _refuse_what_is_no_task(pick: Pick) -> None:
    """What is no task is not ticked: it ends by doing it. Say with which command."""
    if pick.task is None and pick.kind != "follow_up":
        raise Failure(f"writing.done.not.{pick.kind}", NO, name=pick.title)


def _write(pick: Pick, pen: Writes) -> None:
    path, task = pick.record.path, pick.task
    if task is not None:
        pen.edit(path, lambda data: edited(tick(path, data, task), path))
    else:
        pen.edit(path, lambda data: edited(remove_key(path, data, "follow_up"), path))


def _say(key: str, pick: Pick, session: Session) -> None:
    line = pick.task.line if pick.task else pick.record.line_of("follow_up")
    place = f"{pick.record.path}:{line}"
    said = session.words(f"writing.done.{key}", what=pick.title, name=pick.name, place=place)
    output.write_lines([[said]])
