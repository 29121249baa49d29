"""`renmai path REF`: through whom one could reach somebody."""

from __future__ import annotations

from renmai.cli import netdocuments, output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure, Stop
from renmai.cli.finding import find_sort
from renmai.cli.options import RecordType, argument
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.model.records import Contact
from renmai.rules.facts import Facts
from renmai.rules.paths import Path
from renmai.telling import step_reasons
from renmai.words import Words


@declare("path", argument("ref", type=RecordType("contacts"), metavar="REF"))
def command(session: Session, ref: str) -> None:
    target = find_sort(session.book, ref, Contact)
    found = session.facts.net.path(target)
    if session.json:
        output.write_json(netdocuments.path(found, session.facts, session.words))
        if found is None:
            raise Stop(NO)
        return
    if found is None:
        key = "no-path" if session.book.me else "no-own-card"
        raise Failure(f"cli.error.{key}", NO, name=target.label)
    output.write_lines(view(found, session.facts, session.words, output.terminal_width()))


def view(found: Path, facts: Facts, words: Words, limit: int | None) -> list[Line]:
    """Oneself, then everybody on the way with what ties them to the one before."""
    contacts = facts.book.contacts
    rows = [[Span(contacts[found.ids[0]].label, "name"), Span("")]]
    for number, step in enumerate(found.steps, 1):
        name = Span("  " * number + "→ " + contacts[step.b].label, "name")
        rows.append([name, Span(words.listed(step_reasons(step, facts, words)))])
    return [line for row in table(rows, (Column(),), limit) for line in row]
