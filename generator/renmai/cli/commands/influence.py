"""`renmai influence`: what one did that others can see, quarter by quarter."""

from __future__ import annotations

from renmai.cli import netdocuments, output
from renmai.cli.declare import declare
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.rules.facts import Facts
from renmai.rules.influence import DEEDS, Done
from renmai.words import Words


@declare("influence")
def command(session: Session) -> None:
    if session.json:
        output.write_json(netdocuments.influence(session.facts))
        return
    lines = view(session.facts, session.words, output.terminal_width())
    output.write_lines(lines or [[session.words("cli.influence.nothing")]])


def view(facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """The quarters, the latest first, each deed with its entries."""
    lines: list[Line] = []
    for quarter in reversed(facts.quarters):
        counts = [
            words("cli.influence.count", deed=words(f"cli.influence.{deed}"), n=len(done))
            for deed in DEEDS
            if (done := quarter.deeds[deed])
        ]
        lines += [
            *([[]] if lines else []),
            [Span(quarter.name, "heading"), "  ", Span(words.listed(counts), "faint")],
        ]
        rows = [_row(done, deed, facts, words) for deed in DEEDS for done in quarter.deeds[deed]]
        columns = (Column(), Column(), Column(most=28))
        lines += [line for row in table(rows, columns, limit, "  ") for line in row]
    return lines


def _row(done: Done, deed: str, facts: Facts, words: Words) -> list[Span]:
    record = facts.book.record(done.record)
    mine = facts.book.me is not None and done.record == facts.book.me.id
    name = "" if mine or record is None else record.label
    return [
        Span(words.date(done.entry.day), "faint"),
        Span(words(f"cli.influence.{deed}")),
        Span(name, "name"),
        Span(" ".join(done.entry.text.split())),
    ]
