"""`renmai show REF`: one record with all that follows from it."""

from __future__ import annotations

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.finding import find_record
from renmai.cli.options import RECORD, argument
from renmai.cli.session import Session


@declare("show", argument("ref", type=RECORD, metavar="REF"))
def command(session: Session, ref: str) -> None:
    record = find_record(session.book, ref)
    if session.json:
        output.write_json(documents.show(record, session.facts))
        return
    from renmai.cli.cards import card

    output.write_lines(card(record, session.facts, session.words, output.terminal_width()))
