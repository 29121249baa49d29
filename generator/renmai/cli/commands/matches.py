"""`renmai matches`: who needs what somebody else can give."""

from __future__ import annotations

from collections.abc import Sequence

from renmai.cli import netdocuments, output
from renmai.cli.declare import declare
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.rules.facts import Facts
from renmai.rules.matches import Match
from renmai.text.values import folded
from renmai.words import Words

#: Who needs, and who offers; behind them, what.
_COLUMNS = (Column(most=28), Column(most=28))


@declare("matches")
def command(session: Session) -> None:
    if session.json:
        output.write_json(netdocuments.matches(session.facts))
        return
    lines = view(session.facts, session.words, output.terminal_width())
    output.write_lines(lines or [[session.words("cli.matches.nothing")]])


def view(facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """The three lists, each under its heading; an empty one is left out."""
    found = facts.matches
    groups: list[tuple[str, Sequence[Match]]] = [
        ("introductions", found.introductions),
        ("you_can_help", found.you_can_help),
        ("can_help_you", found.can_help_you),
    ]
    lines: list[Line] = []
    for name, matches in groups:
        if matches:
            lines += [*([[]] if lines else []), [Span(words(f"cli.matches.{name}"), "heading")]]
            rows = table([_row(each, facts, words) for each in matches], _COLUMNS, limit, "  ")
            lines += [line for row in rows for line in row]
    return lines


def _row(match: Match, facts: Facts, words: Words) -> list[Span]:
    contacts = facts.book.contacts
    needed, offered = folded(match.what), folded(match.phrase)
    both = words("cli.matches.what", what=match.what, phrase=match.phrase)
    return [
        Span(contacts[match.needs].label, "name"),
        Span("← " + contacts[match.offers].label, "name"),
        # Where one phrase holds the other, the longer says it all.
        Span(match.phrase if needed in offered else match.what if offered in needed else both),
    ]
