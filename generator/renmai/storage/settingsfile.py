"""The settings of a book, taken apart anew only when their file holds other bytes."""

from __future__ import annotations

import stat
from functools import lru_cache
from pathlib import Path

import msgspec

from renmai.settings import FILE, SettingsFile, read_settings
from renmai.storage.records import DIGEST, digest_of
from renmai.storage.store import Store

TABLE = "settings"

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(SettingsFile).decode


def read_settings_file(folder: Path, cache: bool) -> SettingsFile | None:
    """What the `mkdocs.yml` of a folder says, whatever that is; None when there is none."""
    path = folder / FILE
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        data = path.read_bytes()
    except OSError:
        return None
    return _remembered(folder, data) if cache else read_settings(data)


@lru_cache(maxsize=1)  # a run asks for them several times
def _remembered(folder: Path, data: bytes) -> SettingsFile:
    with Store(folder) as store:
        digest, kept = digest_of(data), store.get(TABLE, FILE)
        if kept and kept[:DIGEST] == digest:
            return _decode(kept[DIGEST:])
        found = read_settings(data)
        if found.settings is not None and not found.broken:
            store.write(put={TABLE: {FILE: digest + _encode(found)}})
    return found
