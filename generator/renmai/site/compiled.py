"""The compiled templates, kept for the next run: to compile them takes longer than to use them.

They are code, so they lie in the user's own cache and never in a book, which may come from
somebody else.
"""

from __future__ import annotations

import contextlib
import marshal
import shutil
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

from renmai.caching import home, put
from renmai.storage.store import version


def bytecode_cache(language: str) -> BytecodeCache | None:
    """Where this version's compiled templates of a language lie; None where there is no place."""
    try:
        place = home() / "renmai" / "templates"
        folder = place / version().hex()
        if not folder.is_dir():
            # What other versions left is of no use to anybody.
            shutil.rmtree(place, ignore_errors=True)
            folder.mkdir(parents=True, mode=0o700)
    except (OSError, RuntimeError):
        return None
    return _Kept(folder, language)


class _Kept(BytecodeCache):
    """A file for each template, read in one go: Jinja2's own cache reads it number by number.

    What cannot be kept, because the disk is full or the folder was swept, is done without.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language

    def load_bytecode(self, bucket: Bucket) -> None:
        head = _head(bucket)
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            data = self._file(bucket).read_bytes()
            if data.startswith(head):
                bucket.code = marshal.loads(data[len(head) :])

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            put(self._file(bucket), _head(bucket) + marshal.dumps(bucket.code))

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{self.language}-{bucket.key}.bin"


def _head(bucket: Bucket) -> bytes:
    """What the code was made by, and of which text."""
    return bc_magic + bucket.checksum.encode()
