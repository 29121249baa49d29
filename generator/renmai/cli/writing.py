"""What the commands that write have in common: the writer, the rehearsal, the failures."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from renmai.cli import output
from renmai.cli.failures import NO, Failure
from renmai.cli.options import Option, option
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.edit.refusal import Refusal
from renmai.storage.writing import Busy, CannotWrite, Changed, writing

T = TypeVar("T")


class Writes(Protocol):
    """What a command writes with: a `storage.writing.Writer`, or a `Rehearsal`."""

    def edit(self, path: str, change: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
        """Replace what a file holds by what `change` makes of it: the old bytes and the new."""
        ...

    def create(self, path: str, data: bytes) -> None:
        """Write a new file; raises FileExistsError when there is one."""
        ...


def dry_run_option() -> Option:
    """`--dry-run`, which every command that writes has."""
    return option("--dry-run", is_flag=True)


def as_typed(*words: str) -> str:
    """A command as one would type it, which `undo` shows: `renmai log 'met Grace'`."""
    plain = re.compile(r"[\w@%+=:,./-]+")
    quoted = (word if plain.fullmatch(word) else shlex.quote(word) for word in words)
    return " ".join(["renmai", *quoted])


@contextlib.contextmanager
def writer(session: Session, what: str, dry_run: bool = False) -> Iterator[Writes]:
    """Something to write with; what it refuses becomes one line and exit code 1.

    With `dry_run` nothing is written: a diff goes to standard output when the block is done.
    """
    if dry_run:
        rehearsal = Rehearsal(session.root)
        with failures():
            yield rehearsal
        output.write_lines(rehearsal.diff())
        return
    with failures(), writing(session.root, what) as pen:
        yield pen


@contextlib.contextmanager
def failures() -> Iterator[None]:
    """What storage refuses to write, as a failure worded by the catalogue."""
    try:
        yield
    except Busy:
        raise Failure("writing.busy", NO) from None
    except Changed as changed:
        raise Failure("writing.changed", NO, path=changed.path) from None
    except FileExistsError as error:
        raise Failure("writing.exists", NO, path=error.filename or "") from None
    except CannotWrite as refused:
        if refused.error is None:
            raise Failure("writing.outside", NO, path=refused.path) from None
        raise Failure(
            "writing.refused",
            NO,
            path=refused.path,
            errno=errno.errorcode.get(refused.error.errno or 0, ""),
            reason=refused.error.strerror or str(refused.error),
        ) from None


class Rehearsal:
    """Has the shape of a writer, writes nothing, and knows what would have changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, tuple[bytes | None, bytes | None]] = {}

    def edit(self, path: str, change: Callable[[bytes], bytes]) -> tuple[bytes, bytes]:
        """As `Writer.edit`, on what earlier edits would have left."""
        before, old = self.files.get(path, (None, None))
        if old is None:
            try:
                before = old = (self.root / path).read_bytes()
            except OSError as error:
                raise CannotWrite(path, error) from error
        new = change(old)
        self.files[path] = before, new
        return old, new

    def create(self, path: str, data: bytes) -> None:
        """As `Writer.create`."""
        if path in self.files or os.path.lexists(self.root / path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        self.files[path] = None, data

    def diff(self) -> list[Line]:
        """What would have changed, as `diff -u` shows it."""
        return [
            line for path, (old, new) in self.files.items() for line in diff_lines(path, old, new)
        ]


_STYLES = {"+": "coming", "-": "overdue", "@": "faint"}


def diff_lines(path: str, old: bytes | None, new: bytes | None) -> list[Line]:
    """The unified diff of one file, in colours; None stands for no file."""
    import difflib  # only for what is not written

    rows = difflib.unified_diff(
        _lines(old),
        _lines(new),
        "/dev/null" if old is None else f"a/{path}",
        "/dev/null" if new is None else f"b/{path}",
        lineterm="",
    )
    found: list[Line] = []
    for row in rows:
        found.append([Span(row.removesuffix("\n"), _STYLES.get(row[:1], ""))])
        if not row.endswith("\n") and not row.startswith(("---", "+++", "@@")):
            found.append([Span("\\ No newline at end of file", "faint")])
    return found


def _lines(data: bytes | None) -> list[str]:
    """Lines with their ends; as git counts them, by line feeds alone."""
    text = (data or b"").decode("utf-8", "replace")
    return [line + "\n" for line in text.split("\n")[:-1]] + (
        [text.rpartition("\n")[2]] * (not text.endswith("\n") and text != "")
    )


def edited(made: T | Refusal, path: str) -> T:
    """What an edit made of a file; a refusal becomes one line and exit code 1."""
    if isinstance(made, Refusal):
        raise Failure(f"writing.edit.{made.reason}", NO, path=path, line=made.line)
    return made
