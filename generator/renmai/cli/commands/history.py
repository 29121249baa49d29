"""`renmai history REF`: what changed in a record, day by day, from git."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import msgspec

from renmai.cli import output
from renmai.cli.cells import wrap
from renmai.cli.declare import declare
from renmai.cli.documents import Document, iso
from renmai.cli.failures import NO, Failure
from renmai.cli.finding import find_record
from renmai.cli.options import RECORD, Since, argument, option
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.wording import label, weekday_and_date
from renmai.model.records import Record
from renmai.rules.changes import Change, Version, changes, merged
from renmai.text.schema import fields_of
from renmai.words import Words


class Past(msgspec.Struct, frozen=True):
    """What one commit changed; `id` is "" for what is not committed yet."""

    day: date
    id: str
    author: str
    changes: tuple[Change, ...]


@declare(
    "history",
    argument("ref", type=RECORD, metavar="REF"),
    option("--since", type=Since(), metavar="DAY|SPAN"),
)
def command(session: Session, ref: str, since: date | None) -> None:
    record = find_record(session.book, ref)
    past = [each for each in _past(session, record) if since is None or each.day >= since]
    if session.json:
        output.write_json(_document(record, past))
    elif past:
        output.write_lines(_view(record, past, session.words, output.terminal_width()))
    else:
        output.write_lines([[session.words("history.nothing", name=record.label)]])


def _past(session: Session, record: Record) -> list[Past]:
    """What changed, newest first, beginning with what is not committed yet."""
    from renmai.sync.git import GitFailed, NoGit
    from renmai.sync.history import NotInGit, commits

    try:
        made = commits(session.root, record.path)
    except NoGit:
        raise Failure("history.error.no-git", NO) from None
    except NotInGit:
        raise Failure("history.error.no-repository", NO) from None
    except GitFailed as failed:
        raise Failure("history.error.git", NO, reason=failed.reason) from None
    if not made:
        raise Failure("history.error.not-committed", NO, path=record.path)
    now = Version(record.path, (session.root / record.path).read_bytes())
    past = [Past(session.today, "", "", tuple(changes(made[0].version, now, record.path)))]
    past += [
        Past(each.day, each.id, each.author, tuple(merged(each.parents, each.version, record.path)))
        for each in made
    ]
    return [each for each in past if each.changes]


def _document(record: Record, past: Sequence[Past]) -> Document:
    """The days, newest first; `commit` and `author` are null of what is not committed yet."""
    return {
        "id": record.id,
        "kind": record.SORT,
        "path": record.path,
        "days": [
            {
                "date": iso(day),
                "changes": [
                    {
                        "what": change.what,
                        "key": change.key or None,
                        "old": change.old or None,
                        "new": change.new or None,
                        "commit": each.id or None,
                        "author": each.author or None,
                    }
                    for each in those
                    for change in each.changes
                ],
            }
            for day, those in groupby(past, lambda each: each.day)
        ],
    }


def _view(record: Record, past: Sequence[Past], words: Words, limit: int | None) -> list[Line]:
    """Each day with what changed; who did it, where several write in the book."""
    several = len({each.author for each in past if each.id}) > 1
    lines: list[Line] = [[Span(record.label, "name"), "  ", Span(record.path, "faint")]]
    heading = ""
    for each in past:
        parts = [weekday_and_date(each.day, words)]
        parts += [each.author] if several and each.id else []
        parts += [] if each.id else [words("history.not-committed")]
        if heading != (heading := words("history.between").join(parts)):
            lines += [[], [Span(heading, "heading")]]
        for change in each.changes:
            lines += _lines(change, record, words, limit)
    return lines


_SIGNS = {
    "added": ("+", "coming"), "removed": ("-", "overdue"),
    "entry-added": ("+", "coming"), "entry-removed": ("-", "overdue"),
    "task-added": ("+", "coming"), "task-removed": ("-", "overdue"),
    "task-done": ("x", "coming"),
}  # fmt: skip


def _lines(change: Change, record: Record, words: Words, limit: int | None) -> list[Line]:
    sign, style = _SIGNS.get(change.what, ("~", "today"))
    first, *more = wrap(_said(change, record, words), limit - 4 if limit else None)
    return [["  ", Span(sign, style), " ", first], *([" " * 4 + line] for line in more)]


def _said(change: Change, record: Record, words: Words) -> str:
    """`City: 上海 → 北京`, `done: send the book`."""
    if change.what == "notes":
        old, new = (text.count("\n") + 1 if text else 0 for text in (change.old, change.new))
        return words("history.notes", old=old, new=new)
    what: str = change.what
    if what == "key":
        what = "key" if change.old and change.new else "key-new" if change.new else "key-gone"
    return words(
        f"history.{what}", key=_label(change.key, record, words), old=change.old, new=change.new
    )


def _label(key: str, record: Record, words: Words) -> str:
    """`People › chen-yue › met`: the name of a key, with what lies below it."""
    top, *rest = key.split(".") if key else [""]
    named = label(type(record), top, words) if top in fields_of(type(record)) else top
    return words("history.below").join([named, *rest])
