"""Finding records by words: names, pinyin and initials, fields, bodies; best first.

Every word must occur somewhere in a record. Case and accents make no difference. A record's score
is the sum of the best hit of each word: the weight of the place, less where the word is only a
part of what stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from renmai.model.book import Book
from renmai.model.records import RECORDS, Record
from renmai.text import names
from renmai.text.references import Ref
from renmai.text.schema import Part, fields_of
from renmai.text.types import LinedText
from renmai.text.values import LunarDate, PartialDate

#: What a hit is worth, by the place it is in; any other field is worth FIELD.
WEIGHTS = {
    "name": 10.0,
    "title": 10.0,
    "aliases": 9.0,
    "pinyin": 8.0,
    "id": 8.0,
    "initials": 7.0,
    "company": 5.0,
    "city": 5.0,
    "circles": 5.0,
    "tags": 5.0,
    "theme": 5.0,
    "place": 5.0,
    "notes": 1.0,
}
FIELD = 3.0

#: How much of a word's weight counts: the whole text, its beginning, that of a word, any part.
WHOLE, BEGINNING, OF_A_WORD, PART = 1.0, 0.8, 0.6, 0.4

#: The context shown around a hit, in characters.
CONTEXT = 30


class Hit(msgspec.Struct, frozen=True):
    """Where a word was found: a key of the front matter, `id`, `pinyin`, `initials` or `notes`.

    `whole` is what stands there, `text` that cut to the hit's surroundings.
    """

    where: str
    text: str
    whole: str
    score: float


class Found(msgspec.Struct, frozen=True):
    """A record with the best hit of each word, in the order of the words."""

    record: Record
    hits: tuple[Hit, ...]

    @property
    def score(self) -> float:
        """The sum of its hits, rounded to two places."""
        return round(sum(hit.score for hit in self.hits), 2)

    @property
    def places(self) -> list[Hit]:
        """One hit for each place, where several words lie in the same one."""
        return list({(hit.where, hit.whole): hit for hit in reversed(self.hits)}.values())[::-1]


def find(book: Book, text: str, among: Iterable[Record] | None = None) -> list[Found]:
    """The records in which every word of `text` occurs, best first.

    Ties: contacts before events before communities, then by id. `among` are those to look at
    where it is known that the words occur in no other.
    """
    wanted = plain_words(text)
    if not wanted:
        return []
    records = book.records if among is None else among
    found = [Found(record, hits) for record in records if (hits := _hits(book, record, wanted))]
    folders = list(RECORDS)
    return sorted(
        found,
        key=lambda each: (-each.score, folders.index(each.record.FOLDER), each.record.id),
    )


def plain_words(text: str) -> list[str]:
    """The words to look for, as they are compared."""
    return [names.plain(word) for word in text.split()]


def all_texts(record: Record) -> str:
    """All that stands in a record, a text a line, as it is compared; what it refers to does not."""
    places = [*_places(None, record, latin=True), *_notes(record)]
    return names.plain("\n".join(text for _, text, _ in places))


def _hits(book: Book, record: Record, wanted: Sequence[str]) -> tuple[Hit, ...]:
    """The best hit of each word; () when one of them occurs nowhere."""
    best: list[Hit | None] = [None] * len(wanted)
    _improve(best, _places(book, record, latin=any(map(str.isascii, wanted))), wanted)
    # A hit in the notes counts less than any other.
    if not all(best):
        _improve(best, _notes(record), wanted)
    return tuple(hit for hit in best if hit) if all(best) else ()


def _improve(
    best: list[Hit | None], places: Iterable[tuple[str, str, float]], wanted: Sequence[str]
) -> None:
    """Take the better hits that are found in `places`."""
    least = _least(best)
    for where, text, weight in places:
        if weight * WHOLE <= least:
            continue
        plain = names.plain(text)
        for number, word in enumerate(wanted):
            score = weight * _closeness(plain, word)
            known = best[number]
            if score and (known is None or score > known.score):
                best[number] = Hit(where, _around(text, plain, word), text, score)
                least = _least(best)


def _least(best: Sequence[Hit | None]) -> float:
    """What every word has scored already, at least."""
    return min(hit.score if hit else 0.0 for hit in best)


def _places(book: Book | None, record: Record, *, latin: bool) -> Iterator[tuple[str, str, float]]:
    """Every text of a record but its notes: where it stands, itself, what a hit in it is worth.

    Pinyin is read off only for Latin words, which alone can hit it. Without a book a reference
    is no more than what is written.
    """
    for key in fields_of(type(record)):
        value = getattr(record, key)
        if isinstance(value, str):
            yield key, value, WEIGHTS.get(key, FIELD)
        elif value:
            for text in _texts(value, book):
                yield key, text, WEIGHTS.get(key, FIELD)
    yield "id", record.id, WEIGHTS["id"]
    override = getattr(record, "pinyin", None)
    reading = names.reading(record.label, override) if latin else None
    if reading:
        yield "pinyin", reading, WEIGHTS["pinyin"]
        yield "pinyin", reading.replace(" ", ""), WEIGHTS["pinyin"]
    if latin:
        yield "initials", names.initials(record.label, override), WEIGHTS["initials"]


def _notes(record: Record) -> Iterator[tuple[str, str, float]]:
    """The notes of a record, line by line."""
    for line in record.body.splitlines():
        if line.strip():
            yield "notes", line.strip(), WEIGHTS["notes"]


def _texts(value: Any, book: Book | None) -> Iterator[str]:
    """The texts of a field's value, however deep; a reference is also what it leads to."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Ref):
        label = book.label_of(value) if book else None
        yield value.text
        if label is not None and label != value.text:
            yield label
    elif isinstance(value, LinedText):
        yield value.text
    elif isinstance(value, (date, PartialDate, LunarDate)):
        yield str(value)
    elif isinstance(value, Part):
        for key in fields_of(type(value)):
            yield from _texts(getattr(value, key), book)
    elif isinstance(value, (tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part, book)


def _closeness(text: str, word: str) -> float:
    """How much of `text` the word is: all, its beginning, a word's, a part, or nothing (0)."""
    at = text.find(word)
    if at < 0:
        return 0
    if len(text) == len(word):
        return WHOLE
    if at == 0:
        return BEGINNING
    while at > 0 and _joined(text[at - 1], text[at]):
        at = text.find(word, at + 1)
    return OF_A_WORD if at >= 0 else PART


def _joined(before: str, after: str) -> bool:
    """Whether two characters lie in one word; Chinese has no spaces: each is a word."""
    return before.isalnum() and after.isalnum() and before < "\u2e80" and after < "\u2e80"


def _around(text: str, plain: str, word: str) -> str:
    """`text`, cut to what stands around the word."""
    # Without accents the place may have shifted a little; the context is wide enough for that.
    at = plain.find(word) * len(text) // max(len(plain), 1)
    start, end = max(at - CONTEXT, 0), at + len(word) + CONTEXT
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"
