"""Waits until files of a book change."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from renmai.settings import FILE

#: A change is followed by others more often than not: an editor writes a file beside the old one
#: and renames it. So long nothing may happen, and so long it is waited for at most, in seconds.
_QUIET, _PATIENCE = 0.01, 0.2

#: What happens to files that does not change them.
_IDLE = {"opened", "closed_no_write"}


class Watcher(FileSystemEventHandler):
    """Watches the book at `root`, but for its site: a context manager."""

    def __init__(self, root: Path, site_dir: Path) -> None:
        self.root = root
        self._site = os.path.relpath(site_dir, root).split(os.sep)[0]
        self._changed = threading.Event()
        #: The paths of changed files, in the book; None where folders changed, too.
        self._paths: set[str] | None = set()
        self._writing = threading.Lock()
        self._observer = Observer()

    def __enter__(self) -> Watcher:
        self._observer.schedule(self, str(self.root))
        for entry in os.scandir(self.root):
            self._follow(entry.path)
        self._observer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    def wait(self, seconds: float) -> bool:
        """Wait for a change, and until it is over; whether there was one within so many seconds."""
        if not self._changed.wait(seconds):
            return False
        for _ in range(round(_PATIENCE / _QUIET)):
            self._changed.clear()
            if not self._changed.wait(_QUIET):
                break
        self._changed.clear()
        return True

    def changed(self) -> set[str] | None:
        """The paths in the book that changed since this was asked last; None: perhaps others too.

        A path may be that of a file that is gone, or of none that matters.
        """
        with self._writing:
            found, self._paths = self._paths, set()
        return found

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _IDLE:
            return
        for path in (event.src_path, event.dest_path):
            if path and self._matters(os.fsdecode(path), event.is_directory):
                if event.is_directory and event.event_type != "deleted":
                    self._follow(os.fsdecode(path))
                self._note(os.fsdecode(path), event)
                self._changed.set()

    def _note(self, path: str, event: FileSystemEvent) -> None:
        with self._writing:
            if event.is_directory and event.event_type != "modified":
                self._paths = None
            elif not event.is_directory and self._paths is not None:
                self._paths.add(os.path.relpath(path, self.root).replace(os.sep, "/"))

    def _matters(self, path: str, is_folder: bool) -> bool:
        """Whether a path can belong to the book: its settings, its folders, what lies in them."""
        steps = os.path.relpath(path, self.root).split(os.sep)
        if steps[0].startswith(".") or steps[0] == self._site:
            return False
        return is_folder or len(steps) > 1 or steps == [FILE]

    def _follow(self, path: str) -> None:
        """Watch a folder at the top of the book."""
        is_top = os.path.dirname(path) == str(self.root)
        if is_top and os.path.isdir(path) and self._matters(path, is_folder=True):
            self._observer.schedule(self, path, recursive=True)
