"""`renmai circles`: is the circle narrowing?"""

from __future__ import annotations

from renmai.cli import netdocuments, output
from renmai.cli.declare import declare
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.cli.wording import circle_label
from renmai.rules.circles import new_by_month, year_ago
from renmai.rules.facts import Facts
from renmai.words import Words

_NUMBER = Column(right=True)

#: So many of the last months are shown.
_MONTHS = 12


@declare("circles")
def command(session: Session) -> None:
    if session.json:
        output.write_json(netdocuments.circles(session.facts))
        return
    output.write_lines(view(session.facts, session.words, output.terminal_width()))


def view(facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """A table of the circles, then what they say together, against a year ago."""
    heads = [Span(words(f"cli.circles.{name}"), "heading") for name in ("active", "touch", "cold")]
    rows: list[list[Span | str]] = [[Span(words("cli.circles.circle"), "heading"), *heads, ""]]
    for each in facts.circles:
        empty = Span(words("cli.circles.empty"), "overdue") if not each.active else Span("")
        counts = [str(len(ids)) for ids in (each.active, each.in_touch, each.cold)]
        rows.append([circle_label(each.name, facts.settings, words), *counts, empty])
    columns = (Column(), _NUMBER, _NUMBER, _NUMBER)
    lines = [line for row in table(rows, columns, limit) for line in row]
    return [*lines, [], *_shape(facts, words, limit)]


def _shape(facts: Facts, words: Words, limit: int | None) -> list[Line]:
    now, before = facts.shape(), year_ago(facts.today)
    then = facts.shape(before) if before else now
    values = (
        ("outside", now.outside_share, then.outside_share),
        ("evenness", now.evenness, then.evenness),
    )
    rows: list[list[Span | str]] = [
        [
            Span(words(f"cli.circles.{name}"), "faint"),
            words("cli.circles.against", now=f"{value:.2f}", then=f"{earlier:.2f}"),
        ]
        for name, value, earlier in values
    ]
    months = list(new_by_month(facts.book).items())[-_MONTHS:]
    counts = words.listed([f"{month} ({len(ids)})" for month, ids in months])
    drifting = words.listed([contact.label for contact in facts.drifting])
    rows += [
        [Span(words(f"cli.circles.{name}"), "faint"), text]
        for name, text in (("new", counts), ("drifting", drifting))
        if text
    ]
    return [line for row in table(rows, (Column(),), limit) for line in row]
