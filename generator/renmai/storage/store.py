"""What is remembered between two runs: tables of keys and values in `.renmai/cache.db`.

A cache and no more. Whatever is wrong with the file (damaged, locked, from another version of the
program, in a folder that cannot be written), reading finds nothing and writing does nothing, and a
damaged file is made anew. Every value is sealed: what is read is what this version of the program
wrote in that place.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

import renmai
from renmai.storage.state import STATE, state_folder

NAME = "cache.db"

#: How long to wait for another process that is writing, in seconds.
PATIENCE = 1.0

#: Every SQLite takes so many parameters in one statement.
_MOST_PARAMETERS = 900
_SEAL = 4

#: With row numbers: without them, SQLite reads whole values only to compare their keys.
_TABLE = (
    "CREATE TABLE IF NOT EXISTS entry (place TEXT NOT NULL, key TEXT NOT NULL,"
    " value BLOB NOT NULL, PRIMARY KEY (place, key))"
)


class Store:
    """The tables of the book at `root`. A context manager, for one thread at a time.

    A table needs no declaration. Keys are texts, values bytes. No method raises for what is wrong
    with the file: what cannot be read is not there, what cannot be written is not remembered.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._process = 0
        self._is_lost = False

    def __del__(self) -> None:
        self.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def get(self, table: str, key: str) -> bytes | None:
        """The value of `key`, or None."""
        return self._select(table, "AND key = ?", [key]).get(key)

    def get_many(self, table: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The values of those of `keys` that have one."""
        found: dict[str, bytes] = {}
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), _MOST_PARAMETERS):
            some = wanted[start : start + _MOST_PARAMETERS]
            found |= self._select(table, f"AND key IN ({','.join('?' * len(some))})", some)
        return found

    def items(self, table: str, prefix: str = "") -> dict[str, bytes]:
        """All of a table, as it was at one moment; or the keys alone that begin with `prefix`."""
        if not prefix:
            return self._select(table)
        # The first text behind all that begin so; `GLOB` would take some letters for more.
        behind = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        return self._select(table, "AND key >= ? AND key < ?", [prefix, behind])

    def write(
        self,
        put: Mapping[str, Mapping[str, bytes]] | None = None,
        delete: Mapping[str, Iterable[str]] | None = None,
        clear: Iterable[str] = (),
    ) -> bool:
        """In one transaction: empty the tables of `clear`, delete keys, put values, by table.

        All of it happens or nothing, also when the process is killed. False when it did not.
        """
        written = False
        with self._doing():
            connection = self._open(writing=True)
            if connection is not None:
                with _transaction(connection):
                    _claim(connection)
                    _change(connection, put or {}, delete or {}, clear)
                written = True
        return written

    def _select(self, table: str, where: str = "", keys: Iterable[str] = ()) -> dict[str, bytes]:
        rows: list[tuple[str, bytes]] = []
        with self._doing():
            connection = self._open(writing=False)
            if connection is not None:
                asked = f"SELECT key, value FROM entry WHERE place = ? {where}"
                rows = connection.execute(asked, [table, *keys]).fetchall()
        return {
            key: value[_SEAL:]
            for key, value in rows
            if isinstance(value, bytes) and value[:_SEAL] == _seal(table, key, value[_SEAL:])
        }

    @contextlib.contextmanager
    def _doing(self) -> Iterator[None]:
        """Swallow what goes wrong with the file, and do without it where it is not to be had."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "decode" in str(error):
                self._remove()
            # Not made yet; else locked, full or unreadable: not to be waited for again.
            elif "no such table" not in str(error):
                self._is_lost = True
        except (sqlite3.DatabaseError, UnicodeError):
            self._remove()
        except OSError:
            self._is_lost = True

    def _open(self, writing: bool) -> sqlite3.Connection | None:
        """The file, opened; made when it is to be written and is missing."""
        if self._process != os.getpid():
            self._connection = None  # what a parent process opened is not for its children
        if self._connection is not None or self._is_lost:
            return self._connection
        folder = state_folder(self.root) if writing else self.root / STATE
        if folder is None or folder.is_symlink():
            return None
        path = folder / NAME
        if not writing and not path.exists():
            return None
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            return None
        self._inode = path.lstat().st_ino if path.exists() else 0
        self._connection, self._process = _connect(path), os.getpid()
        return self._connection

    def _remove(self) -> None:
        """Take a damaged file away, unless another process has made it anew already."""
        self.close()
        path = self.root / STATE / NAME
        with contextlib.suppress(OSError):
            if self._inode in (0, path.lstat().st_ino):
                path.unlink()
                path.with_name(f"{NAME}-journal").unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    can_write = os.access(path if path.exists() else path.parent, os.W_OK)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'rwc' if can_write else 'ro'}",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    # A killed process is rolled back all the same; what a power cut spoils is made anew.
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA page_size = 16384")  # of a new file: a record to fit a page
    return connection


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _claim(connection: sqlite3.Connection) -> None:
    """Drop what another version of the program left: nobody of this one can read it."""
    connection.execute(_TABLE)
    known = connection.execute("SELECT value FROM entry WHERE place = ''").fetchone()
    if known != (version(),):
        connection.execute("DROP TABLE entry")
        connection.execute(_TABLE)
        connection.execute("INSERT INTO entry VALUES ('', '', ?)", [version()])


def _change(
    connection: sqlite3.Connection,
    put: Mapping[str, Mapping[str, bytes]],
    delete: Mapping[str, Iterable[str]],
    clear: Iterable[str],
) -> None:
    connection.executemany("DELETE FROM entry WHERE place = ?", [(table,) for table in clear])
    connection.executemany(
        "DELETE FROM entry WHERE place = ? AND key = ?",
        ((table, key) for table, keys in delete.items() for key in keys),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)",
        (
            (table, key, _seal(table, key, value) + value)
            for table, values in put.items()
            for key, value in values.items()
        ),
    )


def _seal(table: str, key: str, value: bytes) -> bytes:
    """A checksum of a value, its place and the version."""
    place = zlib.crc32(f"{table}\0{key}".encode(), _version_seal())
    return zlib.crc32(value, place).to_bytes(_SEAL, "little")


@functools.cache
def _version_seal() -> int:
    return zlib.crc32(version())


@functools.cache
def version() -> bytes:
    """A digest of the program's own files (by size and time), of Python and of msgspec."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{renmai.__version__} {sys.version} {msgspec.__version__}".encode())
    for name, size, time in sorted(_own_files(os.path.dirname(os.path.abspath(renmai.__file__)))):
        digest.update(f"\0{name} {size} {time}".encode("utf-8", "surrogateescape"))
    return digest.digest()


def _own_files(folder: str) -> Iterator[tuple[str, int, int]]:
    pending = [folder]
    while pending:
        for entry in os.scandir(pending.pop()):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    pending.append(entry.path)
            else:
                about = entry.stat()
                yield entry.path, about.st_size, about.st_mtime_ns
