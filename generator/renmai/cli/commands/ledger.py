"""`renmai ledger`: what was given, received and asked for."""

from __future__ import annotations

from renmai.cli import netdocuments, output
from renmai.cli.declare import declare
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.rules.facts import Facts
from renmai.rules.ledger import Balance
from renmai.words import Words

_COLUMNS = (Column(), *(Column(right=True) for _ in range(3)))


@declare("ledger")
def command(session: Session) -> None:
    if session.json:
        output.write_json(netdocuments.ledger(session.facts))
    elif session.facts.balances:
        output.write_lines(view(session.facts, session.words, output.terminal_width()))
    else:
        output.write_lines([[session.words("cli.ledger.nothing")]])


def view(facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """Everybody with whom something was given, got or asked; last, the whole book."""
    heads = [Span(words(f"cli.ledger.{name}"), "heading") for name in ("name", "gave", "got")]
    rows = [[*heads, Span(words("cli.ledger.asked"), "heading"), Span("")]]
    for id, balance in sorted(facts.balances.items()):
        rows.append(_row(Span(facts.book.contacts[id].label), balance, words))
    rows.append(_row(Span(words("cli.ledger.whole"), "strong"), facts.book_balance, words))
    return [line for row in table(rows, _COLUMNS, limit) for line in row]


def _row(name: Span, balance: Balance, words: Words) -> list[Span]:
    ready = Span(words("cli.ledger.ready"), "coming") if balance.ready_to_ask else Span("")
    return [name, *(Span(str(n)) for n in (balance.gave, balance.got, balance.asked)), ready]
