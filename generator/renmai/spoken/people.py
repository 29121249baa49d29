"""Who is meant: by id, name, alias, pinyin, initials, or a part of these that only one has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from renmai.model.book import Book
from renmai.model.records import Contact, Record
from renmai.text import names
from renmai.text.references import REFERENCE, target_text
from renmai.text.values import folded

#: No name is looked for that is longer.
_LONGEST = 80
#: Shorter beginnings and initials are nobody's for sure.
_LEAST_BEGINNING, _LEAST_INITIALS = 3, 2

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: A letter or digit of a script that parts its words by spaces.
_LETTER = re.compile(rf"[^\W_{_HAN}]")


class Who(msgspec.Struct, frozen=True):
    """Somebody who was named: the words, and the records that they can mean, or none."""

    text: str
    records: tuple[Record, ...] = ()


def reference_at(text: str, position: int, book: Book) -> tuple[int, Who] | None:
    """The `[[reference]]` that stands at `position`, and the place behind it."""
    found = REFERENCE.match(text, position)
    if not found:
        return None
    name = target_text(found[1])
    return found.end(), Who(name, _records(book, name))


def longest_name(book: Book) -> int:
    """How many characters there are in the longest name that is looked for."""
    # A folder may stand before it.
    lengths = (len(name) + 12 for record in book.records for name in _called(record))
    return min(max(lengths, default=0), _LONGEST)


def name_at(text: str, position: int, longest: int, book: Book) -> tuple[int, Who] | None:
    """The longest id, name, title or alias that stands at `position`, and the place behind it."""
    for end in range(min(len(text), position + longest), position, -1):
        if text[end - 1].isspace() or not ends_at(text, end):
            continue
        records = _records(book, text[position:end])
        if records:
            return end, Who(text[position:end], _or_namesakes(text[position:end], records, book))
    return None


def _or_namesakes(text: str, found: tuple[Record, ...], book: Book) -> tuple[Record, ...]:
    """Of what only is an id without its case (`Grace` for `grace`), all who are called so too."""
    name = folded(text)
    if any(text == record.id or name in map(folded, record.called) for record in found):
        return found
    more = (record for record in by_part(text, book) if all(record is not each for each in found))
    return (*found, *more)


def ends_at(text: str, end: int) -> bool:
    """Whether a word may end there: not within one of letters."""
    return end >= len(text) or not (_LETTER.match(text[end - 1]) and _LETTER.match(text[end]))


def by_part(text: str, book: Book) -> tuple[Record, ...]:
    """The records of which `text` is a part of a name, those alone that it fits best.

    Contacts before all else, and the own card last.
    """
    wanted = " ".join(names.plain(text).split())
    if not wanted:
        return ()
    for sort in (book.others, [*book.events.values(), *book.communities.values()], [book.me]):
        records = [record for record in sort if record is not None]
        for fits in (_is_word, _is_beginning):
            found = tuple(record for record in records if fits(wanted, record))
            if found:
                return found
    return ()


def reference_to(record: Record, book: Book) -> str | None:
    """`[[id]]`, or what else means this record and no other; None when nothing does."""
    for text in (record.id, f"{record.FOLDER}/{record.id}", record.label):
        found = REFERENCE.fullmatch(f"[[{text}]]")
        if found and target_text(found[1]) == text and _records(book, text) == (record,):
            return found[0]
    return None


def _records(book: Book, text: str) -> tuple[Record, ...]:
    found = book.find(target_text(text))
    return tuple(source.record for source in found if source.record is not None)


def _is_word(wanted: str, record: Record) -> bool:
    """Whether it is one or more words of a name, or a given name: `Grace`, `xiaozhou`, `晓舟`."""
    if not wanted.isascii() and names.has_han(wanted):
        return len(wanted) > 1 and any(wanted in names.plain(name) for name in _called(record))
    return any(f" {wanted} " in f" {name} " for name in _readings(record))


def _is_beginning(wanted: str, record: Record) -> bool:
    """Whether a name or a word of one begins so, or these are the initials of one."""
    if len(wanted) >= _LEAST_INITIALS and wanted.isascii() and wanted.isalpha():
        override = getattr(record, "pinyin", None)
        if names.initials(record.label, override) == wanted:
            return True
    if len(wanted) < _LEAST_BEGINNING:
        return False
    return any(f" {wanted}" in f" {name}" for name in _readings(record))


def _called(record: Record) -> Iterable[str]:
    return [record.id, *record.called]


def _readings(record: Record) -> Iterator[str]:
    """All that a record is called, in small plain letters: as words, and read off in one."""
    override = getattr(record, "pinyin", None) if isinstance(record, Contact) else None
    for name in _called(record):
        yield names.plain(re.sub(r"[-_.]+", " ", name))
        read = names.reading(name, override if name == record.label else None)
        if read:
            yield names.plain(read)
            yield names.plain(read).replace(" ", "")
