"""`renmai show REF`: one record with all that follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.cli import output, recorddocuments
from renmai.cli.declare import declare
from renmai.cli.finding import find_record
from renmai.cli.options import RECORD, argument
from renmai.cli.session import Session
from renmai.model.book import Book
from renmai.model.records import Event, Record
from renmai.rules.interactions import attendees


@declare("show", argument("ref", type=RECORD, metavar="REF"))
def command(session: Session, ref: str) -> None:
    record = find_record(session.book, ref)
    facts = session.facts_around(record.id, *_about(record, session.book))
    if session.json:
        output.write_json(recorddocuments.show(record, facts))
        return
    from renmai.cli.cards import card

    output.write_lines(card(record, facts, session.words, output.terminal_width()))


def _about(record: Record, book: Book) -> Iterator[str]:
    """The ids of those whose own facts are shown with a record: who was at an event."""
    if isinstance(record, Event):
        for each in attendees(book, record):
            if each.contact:
                yield each.contact.id
