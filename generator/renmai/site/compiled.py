"""The compiled templates, kept for the next run: to compile them takes longer than to use them.

They are code, so they lie in the user's own cache and never in a book, which may come from
somebody else.
"""

from __future__ import annotations

import contextlib
import shutil

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from renmai.caching import home
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
    return _Forgiving(str(folder), f"{language}-%s.bin")


class _Forgiving(FileSystemBytecodeCache):
    """What cannot be kept, because the disk is full or the folder was swept, is done without."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)
