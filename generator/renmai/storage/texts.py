"""The texts of a book, remembered as searches compare them: most records need not be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from renmai.model.records import Record
from renmai.rules.find import all_texts, plain_words
from renmai.storage.opening import Opened
from renmai.storage.records import DIGEST
from renmai.storage.store import Store
from renmai.text import names
from renmai.text.values import folded

TABLE = "texts"


def records_with(opened: Opened, text: str) -> list[Record]:
    """The records in which the words of `text` perhaps occur, all of them; in no other they do."""
    book, texts = opened.book, _texts(opened)
    paths = set(texts)
    for word in plain_words(text):
        raw = word.encode("utf-8", "surrogatepass")
        found = {path for path, written in texts.items() if raw in written}
        # What is called so is also a text of those that refer to it.
        called = {
            key
            for source in book.outlined
            if source.path in found and word in names.plain(source.outline.label)
            for key in (folded(source.id), *source.outline.names)
        }
        paths &= found | {
            source.path for source in book.outlined if not called.isdisjoint(source.outline.keys)
        }
    opened.files.remembered.fetch(paths)
    records = (source.record for source in book.outlined if source.path in paths)
    return [record for record in records if record is not None]


def _texts(opened: Opened) -> dict[str, bytes]:
    """The texts of every record that can be read, by path."""
    with Store(opened.root) as store:
        kept = store.items(TABLE)
        found: dict[str, bytes] = {}
        new: dict[str, bytes] = {}
        for path, record in _readable(opened, kept, found):
            found[path] = all_texts(record).encode("utf-8", "surrogatepass")
            new[path] = opened.digests.get(path, b"") + found[path]
        gone = kept.keys() - found.keys()
        if new or gone:
            store.write(put={TABLE: new}, delete={TABLE: gone})
    return found


def _readable(
    opened: Opened, kept: dict[str, bytes], found: dict[str, bytes]
) -> Iterator[tuple[str, Record]]:
    """The records whose texts are not kept; the others' texts go to `found`."""
    digests, book = opened.digests, opened.book
    for source in book.outlined:
        row = kept.get(source.path)
        if row is not None and row[:DIGEST] == digests.get(source.path):
            found[source.path] = row[DIGEST:]
        elif source.record is not None:
            yield source.path, source.record
