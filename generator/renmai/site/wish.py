"""What a run asks of the site besides what the book says: the day, the language."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from renmai.storage.opening import BrokenSettings, NoBook, open_settings
from renmai.words import Words


class Wish(Struct, frozen=True):
    """What the command line asks for: the day, else the local date; the language, else the book's.

    `on_ready` is told the address when the site is served. MkDocs' own commands ask for nothing.
    """

    today: date | None = None
    language: str | None = None
    on_ready: Callable[[str], None] | None = None

    @property
    def day(self) -> date:
        """The day that was asked for, else the local date now."""
        return self.today or date.today()


_wish = Wish()


def current_wish() -> Wish:
    """The wish of this run."""
    return _wish


@contextlib.contextmanager
def wishing(wish: Wish) -> Iterator[None]:
    """For as long as the context lasts, builds follow the wish (MkDocs loads plugins itself)."""
    global _wish
    before, _wish = _wish, wish
    try:
        yield
    finally:
        _wish = before


def words_of(root: Path | None) -> Words:
    """The words of the wish, else of the book at `root`, else English."""
    if _wish.language is None and root is not None:
        with contextlib.suppress(NoBook, BrokenSettings):
            return Words(open_settings(root).language)
    return Words(_wish.language or "en")
