"""`renmai due`: who is waiting, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.options import DURATION, option
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.cli.wording import distance, weekday_and_date, who_and_why
from renmai.text.values import Duration
from renmai.words import Words

if TYPE_CHECKING:
    from renmai.rules.followups import FollowUp


@declare(
    "due",
    option("--within", type=DURATION, metavar="SPAN"),
    option("--all", "everything", is_flag=True),
)
def command(session: Session, within: Duration | None, everything: bool) -> None:
    horizon = within or session.opened.settings.horizon
    items = session.follow_ups(None if everything else horizon)
    if session.json:
        output.write_json(documents.due(items, session.today, session.words))
        return
    lines = view(items, session.today, session.words, output.terminal_width())
    if not items:
        ahead = None if everything else horizon
        lines.append([_nothing(session, ahead)])
    output.write_lines(lines)


def view(items: Sequence[FollowUp], today: date, words: Words, limit: int | None) -> list[Line]:
    """The day, then the follow-ups, numbered through, under a heading for each group."""
    lines: list[Line] = [[Span(weekday_and_date(today, words), "faint")]]
    cells = [_row(number, item, words) for number, item in enumerate(items, 1)]
    who = Column(most=28 if limit is None else max(12, limit * 3 // 10))
    rows = table(cells, [Column(right=True), who, Column()], limit)
    group = ""
    for item, row in zip(items, rows, strict=True):
        if group != (group := group_of(item)):
            lines += [[], [Span(words(f"cli.due.{group}"), "heading")]]
        lines += row
    return lines


def group_of(item: FollowUp) -> str:
    """`promises`, `cadence`, `today`, `coming`: they follow one another in the order of items."""
    if item.days_overdue > 0:
        return "promises" if item.ratio is None else "cadence"
    return "today" if item.days_overdue == 0 else "coming"


def _row(number: int, item: FollowUp, words: Words) -> list[Span]:
    who, why = who_and_why(item, words)
    return [
        Span(str(number), "faint"),
        Span(who, "name"),
        distance(item.days_overdue, words),
        Span(why),
    ]


def _nothing(session: Session, ahead: Duration | None) -> str:
    """A friendly word when nothing is due; `ahead`: how far was looked, None for all there is."""
    words = session.words
    if not session.book.others:
        return words("cli.due.nobody")
    if ahead is None:
        return words("cli.due.nothing")
    return words("cli.due.nothing-within", span=words.duration(ahead))
