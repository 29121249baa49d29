"""Work shared among processes: forked ones, which have all that was worked out before them.

What is left to do is numbers in a pipe, from which each process takes the next when it has done
one: nobody waits for the slowest, and nothing is needed but a pipe. Where a system cannot fork,
this process does all of it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

_WIDTH = 4  # bytes of a number
#: A pipe that nobody reads yet holds so many everywhere.
MOST = 1000


def pieces(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """The items in pieces of a size, or of a larger one where there would be too many."""
    size = max(size, -(-len(items) // MOST))
    return [items[start : start + size] for start in range(0, len(items), size)]


class Crew(Generic[T, R]):
    """Does `work` on each of `parts`, at most `MOST`, in `jobs` processes, this one among them.

    A context manager: in it, the others are at work; what this process has to do besides comes
    before `results`. What a process that dies has left, this one does.
    """

    def __init__(self, parts: Sequence[T], work: Callable[[T], R], jobs: int) -> None:
        self.parts, self.work = parts, work
        # This one may have other work for as long as there are parts.
        self.jobs = min(jobs, len(parts) + 1) if hasattr(os, "fork") else 1
        self._others: dict[int, Connection] = {}
        self._done: set[int] = set()

    def __enter__(self) -> Crew[T, R]:
        self._queue, into = os.pipe()
        with os.fdopen(into, "wb") as file:
            file.write(b"".join(n.to_bytes(_WIDTH, "big") for n in range(len(self.parts))))
        if self.jobs > 1:
            # What there is now is not looked through for garbage: each look would copy all of it.
            gc.freeze()
            with contextlib.suppress(OSError):  # no more processes to be had
                for _ in range(self.jobs - 1):
                    self._fork()
        return self

    def __exit__(self, *_: object) -> None:
        for number, connection in self._others.items():
            connection.close()
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(number, 0)
        self._others.clear()
        os.close(self._queue)
        gc.unfreeze()

    def results(self) -> Iterator[R]:
        """What came of each part, in whatever order."""
        while (number := self._next()) is not None:
            self._done.add(number)
            yield self.work(self.parts[number])
            yield from self._received(wait=False)
        yield from self._received(wait=True)
        for number, part in enumerate(self.parts):
            if number not in self._done:
                yield self.work(part)

    def _next(self) -> int | None:
        data = os.read(self._queue, _WIDTH)
        return int.from_bytes(data, "big") if data else None

    def _received(self, wait: bool) -> Iterator[R]:
        """What others have sent; with `wait`, until they are through."""
        for connection in self._others.values():
            with contextlib.suppress(EOFError, OSError):
                while wait or connection.poll():
                    number, result = connection.recv()
                    self._done.add(number)
                    yield result

    def _fork(self) -> None:
        # A small change is built by one process, and need not wait for this.
        from multiprocessing.connection import Pipe

        ours, theirs = Pipe(duplex=False)
        parent = os.getpid()
        with warnings.catch_warnings():
            # Of threads: whoever asked for several processes knows.
            warnings.simplefilter("ignore", DeprecationWarning)
            number = os.fork()
        if number:
            theirs.close()
            self._others[number] = ours
            return
        # The copy: it does its share and ends, whatever happens, without the parent's endings.
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            ours.close()
            while os.getppid() == parent and (part := self._next()) is not None:
                theirs.send((part, self.work(self.parts[part])))
            os._exit(0)
        finally:
            os._exit(1)
