"""How far a long task is: a bar on a terminal, once it takes longer than a moment."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from renmai.cli.output import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

#: What is done sooner shows nothing; seconds.
_MOMENT = 1.0
_PAUSE = 0.1


class Bar:
    """Told how much is done, shows it on standard error where that is a terminal.

    A context manager: what it drew is gone in the end. Nothing is drawn by another thread, so
    processes may be forked while it is there.
    """

    def __init__(self, label: str) -> None:
        self.label = label
        self._wanted = is_terminal(sys.stderr)
        self._next = time.monotonic() + _MOMENT
        self._progress: Progress | None = None

    def __call__(self, done: int, of: int) -> None:
        """So much is done, of so much."""
        now = time.monotonic()
        if not self._wanted or now < self._next:
            return
        self._next = now + _PAUSE
        if self._progress is None:
            self._progress = _progress()
            self._task = self._progress.add_task(self.label)
            self._progress.start()
        self._progress.update(self._task, completed=done, total=of)
        self._progress.refresh()

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, auto_refresh=False, transient=True)
