"""`renmai find WORDS`: people, events and communities by words, best first."""

from __future__ import annotations

from collections.abc import Sequence

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.failures import Failure
from renmai.cli.options import argument
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.tables import Column, table
from renmai.cli.wording import label
from renmai.rules.find import Found, find
from renmai.storage.texts import records_with
from renmai.words import Words

#: Who, the id, the sort; behind them, where the words were found.
_COLUMNS = (Column(most=28), Column(most=24), Column())

#: A hit in these needs no explanation: the line shows them.
_EVIDENT = frozenset({"name", "title", "id"})


@declare("find", argument("words", nargs=-1, metavar="WORDS"))
def command(session: Session, words: tuple[str, ...]) -> None:
    text = " ".join(words)
    if not text.split():
        raise Failure("cli.error.no-words", command="renmai find")
    hits = find(session.book, text, records_with(session.opened, text))
    if session.json:
        output.write_json(documents.found(hits))
    elif hits:
        output.write_lines(view(hits, session.words, output.terminal_width()))
    else:
        output.write_lines([[session.words("cli.find.nothing", text=text)]])


def view(hits: Sequence[Found], words: Words, limit: int | None) -> list[Line]:
    """One row each: name, id, sort, and where the words were found."""
    rows = [
        [
            Span(each.record.label, "name"),
            Span(each.record.id, "faint"),
            Span(words(f"cli.sort.{each.record.SORT}"), "faint"),
            Span(_where(each, words)),
        ]
        for each in hits
    ]
    return [line for row in table(rows, _COLUMNS, limit) for line in row]


def _where(found: Found, words: Words) -> str:
    """`City: Shanghai; Notes: … asked for tea …`."""
    said = (
        words("cli.find.hit", where=label(type(found.record), hit.where, words), text=hit.text)
        for hit in found.places
        if hit.where not in _EVIDENT
    )
    return words("cli.find.between").join(said)
