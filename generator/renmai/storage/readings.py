"""How the Chinese names of a book are read, so that the dictionary is loaded for new ones alone."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import msgspec

from renmai.storage.records import DIGEST, digest_of
from renmai.storage.store import Store
from renmai.text.names import readings

TABLE = "readings"

_KEY = "all"

Known = dict[str, list[str]]
_decode = msgspec.msgpack.Decoder(Known).decode


def recall_readings(root: Path) -> None:
    """From now on, know the readings that were looked up for this book before."""

    def recall() -> Known:
        with Store(root) as store:
            kept = store.get(TABLE, _KEY)
        return _decode(kept[DIGEST:]) if kept and kept[:DIGEST] == _dictionary() else {}

    readings.recall = recall


def remember_readings(root: Path) -> None:
    """Keep what was looked up since, if anything was."""
    if not readings.learned:
        return
    with Store(root) as store:
        kept = store.get(TABLE, _KEY)
        known = _decode(kept[DIGEST:]) if kept and kept[:DIGEST] == _dictionary() else {}
        value = _dictionary() + msgspec.msgpack.encode(known | readings.learned)
        if store.write(put={TABLE: {_KEY: value}}):
            readings.learned.clear()


def _dictionary() -> bytes:
    """What tells one version of the dictionary from another, without loading it."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        return digest_of(b"")
    about = Path(spec.origin).stat()
    return digest_of(f"{spec.origin} {about.st_size} {about.st_mtime_ns}".encode())
