"""`renmai show REF`: one record with all that follows from it."""

from __future__ import annotations

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure, nearest
from renmai.cli.options import RECORD, argument
from renmai.cli.session import Session
from renmai.model.book import Book
from renmai.model.records import Record
from renmai.text.references import parse_ref


@declare("show", argument("ref", type=RECORD, metavar="REF"))
def command(session: Session, ref: str) -> None:
    record = _record(session.book, ref)
    if session.json:
        output.write_json(documents.show(record, session.facts))
        return
    from renmai.cli.cards import card

    output.write_lines(card(record, session.facts, session.words, output.terminal_width()))


def _record(book: Book, text: str) -> Record:
    """What `text` refers to: an id, a name or an alias, bare or in brackets."""
    ref = parse_ref(text, line=1)
    found = book.find(ref.text) if ref else []
    if len(found) > 1:
        candidates = ", ".join(source.path for source in found)
        raise Failure("cli.error.ambiguous", NO, ref=text, candidates=candidates)
    if found:
        record = found[0].record
        if record is None:
            raise Failure("cli.error.unreadable-record", NO, path=found[0].path)
        return record
    near = _suggestions(book, text)
    key = "no-such-record-near" if near else "no-such-record"
    raise Failure(f"cli.error.{key}", NO, ref=text, near=near)


def _suggestions(book: Book, text: str) -> str:
    """The ids of what was perhaps meant: what the words find by name, else the most similar id."""
    from renmai.rules.find import find

    named = [
        each.record.id for each in find(book, text) if all(hit.where in _NAMES for hit in each.hits)
    ]
    return ", ".join(named[:3]) or nearest(text, book.ids)


_NAMES = frozenset({"name", "title", "aliases", "id", "pinyin", "initials"})
