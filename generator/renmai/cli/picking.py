"""Which follow-ups and tasks are meant: by the numbers that `due` shows, or by words."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from renmai.cli import asking
from renmai.cli.failures import NO, Failure
from renmai.cli.session import Session
from renmai.model.records import Event, Record
from renmai.rules.followups import FollowUp
from renmai.text import names
from renmai.text.tasks import Task
from renmai.text.values import Duration


class Pick(msgspec.Struct, frozen=True):
    """What is meant: a task of a record, else a follow-up about one (`kind` as in `due`).

    `title` is what to call it.
    """

    record: Record
    title: str
    kind: str
    task: Task | None = None
    name: str = ""


def shown(session: Session, within: Duration | None, everything: bool) -> list[FollowUp]:
    """The follow-ups that `due` shows under these options, in its order."""
    horizon = within or session.opened.settings.horizon
    return [
        item for item in session.facts.follow_ups if everything or item.state(horizon) != "later"
    ]


def by_numbers(numbers: Sequence[int], items: Sequence[FollowUp], session: Session) -> list[Pick]:
    """Those that `due` shows under these numbers. Raises Failure when there are not so many."""
    for number in numbers:
        if not 1 <= number <= len(items):
            raise Failure("writing.pick.no-number", NO, number=number, most=len(items))
    return [picked(items[number - 1], session) for number in dict.fromkeys(numbers)]


def picked(item: FollowUp, session: Session) -> Pick:
    """A follow-up with the record and the task that it comes from."""
    record = next(each for each in session.book.records if each.path == item.path)
    if item.kind in ("task", "checklist"):
        task = next(each for each in record.tasks if each.line == item.line)
        return Pick(record, item.what, item.kind, task, record.label)
    about = session.book.record(item.id) or record
    return Pick(about, item.title, item.kind, name=item.title)


def by_words(text: str, session: Session, *, done: bool = False) -> list[Pick]:
    """The open tasks (or those `done`) in whose words, or whose record's name, all of it occurs.

    One that consists of these words alone is meant alone. Open ones and promised contacts count
    alike.
    """
    wanted = names.plain(text).split()
    found = (
        [pick for pick in _all(session, done) if all(word in _told(pick) for word in wanted)]
        if wanted
        else []
    )
    whole = [pick for pick in found if names.plain(pick.title).split() == wanted]
    return whole or found


def the_one(found: Sequence[Pick], text: str, session: Session) -> Pick:
    """The one of several that is meant. Raises Failure when there is none, or nobody to ask."""
    if not found:
        raise Failure("writing.pick.nothing", NO, text=text)
    if len(found) == 1:
        return found[0]
    options = [_option(pick, session) for pick in found]
    if not asking.can_ask():
        listed = session.words("writing.pick.between").join(options)
        raise Failure("writing.pick.several", NO, text=text, options=listed)
    question = session.words("writing.pick.question", text=text)
    return found[asking.choose(session, question, options)]


def _all(session: Session, done: bool) -> list[Pick]:
    picks = [
        Pick(record, session.book.readable(task.without_due), "task", task, record.label)
        for record in session.book.records
        if not (isinstance(record, Event) and record.is_cancelled)
        for task in record.tasks
        if task.done == done
    ]
    promised = [
        Pick(contact, contact.follow_up.why or contact.label, "follow_up", None, contact.label)
        for contact in session.book.contacts.values()
        if contact.follow_up and not done
    ]
    return picks + promised


def _told(pick: Pick) -> str:
    return names.plain(f"{pick.title} {pick.name}")


def _option(pick: Pick, session: Session) -> str:
    line = pick.task.line if pick.task else pick.record.line_of("follow_up")
    return session.words("writing.pick.option", what=pick.title, place=f"{pick.record.path}:{line}")
