"""The id of a new record: readable, safe as a file name everywhere, and nobody else's yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from renmai.model.book import Book, caseless
from renmai.model.records import Contact, Record
from renmai.text.names import has_han, reading
from renmai.text.values import nfc

#: Bytes of UTF-8; what is made from a title is cut at a word before that, and so can be numbered.
LONGEST_ID = 200
_LONGEST_MADE = 80

#: Windows gives these to no file, whatever its ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
#: Windows takes none of these in a name; brackets, bars and hashes mean something in `[[…]]`.
_UNSAFE = re.compile(r'[<>:"/\\|?*\[\]#^\x00-\x1f\x7f-\x9f\u2028\u2029]')
_APOSTROPHE = re.compile("['’]")
#: Two words with letters in them: enough to know a title by.
_LATIN_WORDS = re.compile(r"[a-z]{2,}(?:-[a-z0-9]+)*-[a-z0-9]*[a-z]{2,}[a-z0-9]*")


def new_id(title: str, sort: type[Record], book: Book, day: date | None = None) -> str:
    """An id for a record called `title` that no reference in `book` means yet.

    A person's Chinese name is read (`林晓舟`: `lin-xiaozhou`); another Chinese title stays as it
    is, unless it has a name in Latin letters beside it. An event's second one has its day in it.
    """
    made = _safe(_words(title, sort), sort)
    return next(each for each in _candidates(made, day) if not is_taken(each, book))


def is_taken(id: str, book: Book) -> bool:
    """Whether a record has this id without case, or a reference to it means one already."""
    return bool(book.find(id)) or caseless(id) in {caseless(known) for known in book.ids}


def unsafe(id: str) -> bool:
    """Whether a file may not be called so on every system, or its record never be referred to."""
    return bool(
        not id
        or id != id.strip()
        or id[0] in "._-"
        or id[-1] == "."
        or len(id.encode("utf-8", "surrogatepass")) > LONGEST_ID
        or _UNSAFE.search(id)
        or _RESERVED.fullmatch(id)
        or any(unicodedata.category(character) in ("Cc", "Cs", "Cf") for character in id)
    )


def _words(title: str, sort: type[Record]) -> str:
    """A title as words with hyphens between them: letters and digits, in lower case."""
    whole = _hyphenated(title)
    if whole.isascii() or not has_han(title):
        return whole
    if issubclass(sort, Contact):
        read = _hyphenated(reading(title) or "")
        return read if read.isascii() else whole
    latin = _LATIN_WORDS.fullmatch("-".join(re.findall("[a-z0-9]+", whole)))
    return latin[0] if latin else whole


def _hyphenated(text: str) -> str:
    kept = []
    for character in nfc(_APOSTROPHE.sub("", text).casefold()):
        plain = unicodedata.normalize("NFKD", character)
        letter = plain[0].lower() if plain[0].isascii() else character
        kept.append(letter if unicodedata.category(letter)[0] in "LNM" else " ")
    return "-".join("".join(kept).split())


def _safe(words: str, sort: type[Record]) -> str:
    """`words` cut to a length at a word, and no name that a system keeps for itself."""
    data = words.encode()
    if len(data) > _LONGEST_MADE:
        cut = data[:_LONGEST_MADE].decode("utf-8", "ignore")
        words = cut[: cut.rfind("-")] if "-" in cut else cut
    if not words:
        return sort.SORT
    return f"{words}-{sort.SORT}" if unsafe(words) else words


def _candidates(made: str, day: date | None) -> Iterator[str]:
    yield made
    if day:
        yield f"{made}-{day.year}"
        made = f"{made}-{day.isoformat()}"
        yield made
    number = 2
    while True:
        yield f"{made}-{number}"
        number += 1
