"""What a copy of this process finds out while this one still loads the program.

To ask the system about ten thousand files takes a good part of the time of a short run. A thread
would not do: it and this one would wait for each other at each of them.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Callable, Iterator

from renmai.cores import cores

#: What is found out one by one: what it is, and what came of it.
Findings = Iterator[tuple[str, bytes]]

_WIDTH = 8  # bytes of a length

#: For so many seconds a finding is waited for that is not there yet.
_PATIENCE = 0.03


class Ahead:
    """The findings of a copy of this process; where there is none, nothing is found."""

    def __init__(self) -> None:
        self._found: dict[str, bytes] = {}
        self._copy, self._pipe = 0, -1

    def begin(self, work: Callable[[], Findings]) -> None:
        """Have a copy of this process do `work`, where another core can run it."""
        if sys.platform != "linux" or cores() < 2:
            return
        ours, theirs = os.pipe()
        try:
            self._copy = os.fork()
        except OSError:  # no more processes to be had
            os.close(ours)
            os.close(theirs)
            return
        if self._copy:
            os.close(theirs)
            self._pipe = ours
            return
        # The copy: it tells what it finds and ends, whatever happens, without our endings.
        try:
            os.close(ours)
            with os.fdopen(theirs, "wb", buffering=0) as pipe:
                for finding in work():
                    pipe.write(_packed(*finding))
        finally:
            os._exit(0)

    def take(self, name: str) -> bytes | None:
        """What was found, once; None where it was not yet: who asks can find it out as soon."""
        while self._pipe >= 0 and name not in self._found:
            if not select.select([self._pipe], [], [], _PATIENCE)[0]:
                return None
            self._receive()
        return self._found.pop(name, None)

    def _receive(self) -> None:
        """Take over the next finding; where there is none any more, let go of the copy."""
        lengths = [int.from_bytes(self._read(_WIDTH), "big") for _ in range(2)]
        name, data = (self._read(length) for length in lengths)
        if name and [len(name), len(data)] == lengths:
            self._found[name.decode("utf-8", "surrogateescape")] = data
            return
        os.close(self._pipe)
        self._pipe = -1
        with contextlib.suppress(OSError):
            os.waitpid(self._copy, 0)

    def _read(self, length: int) -> bytes:
        """So many bytes, or fewer at the end."""
        data = bytearray()
        while len(data) < length and (more := os.read(self._pipe, length - len(data))):
            data += more
        return bytes(data)


def _packed(name: str, data: bytes) -> bytes:
    parts = name.encode("utf-8", "surrogateescape"), data
    return b"".join([*(len(part).to_bytes(_WIDTH, "big") for part in parts), *parts])


#: Of this run.
ahead = Ahead()
