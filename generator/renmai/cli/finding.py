"""What a word on the command line refers to."""

from __future__ import annotations

from typing import TypeVar

from renmai.cli.failures import NO, Failure, nearest
from renmai.model.book import Book
from renmai.model.records import Record
from renmai.text.references import parse_ref

R = TypeVar("R", bound=Record)

_NAMES = frozenset({"name", "title", "aliases", "id", "pinyin", "initials"})


def find_record(book: Book, text: str) -> Record:
    """What `text` refers to: an id, a name or an alias, bare or in brackets.

    Raises Failure with the answer "no" when that is nothing, or several.
    """
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


def find_sort(book: Book, text: str, sort: type[R]) -> R:
    """Like `find_record`, but it must be of that sort."""
    record = find_record(book, text)
    if not isinstance(record, sort):
        raise Failure(f"cli.error.no-{sort.SORT}", NO, ref=text)
    return record


def _suggestions(book: Book, text: str) -> str:
    """The ids of what was perhaps meant: what the words find by name, else the most similar id."""
    from renmai.rules.find import find

    named = [
        each.record.id for each in find(book, text) if all(hit.where in _NAMES for hit in each.hits)
    ]
    return ", ".join(named[:3]) or nearest(text, book.ids)
