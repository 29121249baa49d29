"""Which of the photos that records name cannot be shown, and why."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from renmai.model.book import PhotoState
from renmai.storage.files import Files


class Photos(Mapping[str, PhotoState]):
    """The state of the photos of a book, by path; looked up when somebody asks."""

    def __init__(self, root: Path, files: Files) -> None:
        self.root, self.files = root, files

    def __getitem__(self, photo: str) -> PhotoState:
        return self._states[photo]

    def __iter__(self) -> Iterator[str]:
        return iter(self._states)

    def __len__(self) -> int:
        return len(self._states)

    @cached_property
    def _states(self) -> dict[str, PhotoState]:
        real_root = os.path.realpath(self.root) + os.sep
        named = self.files.register.photos
        states = ((photo, _state(self.root, photo, real_root)) for photo in named)
        return {photo: state for photo, state in states if state}


def _state(root: Path, photo: str, real_root: str) -> PhotoState | None:
    try:
        real = os.path.realpath(root / photo)
        if not real.startswith(real_root):
            return "outside"
        return None if os.path.isfile(real) else "missing"
    except (OSError, ValueError):
        return "missing"
