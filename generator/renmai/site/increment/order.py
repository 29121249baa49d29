"""What is asked of a build, and what it says in the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from renmai.problems import Problem
from renmai.site.increment.shelf import Shelf

#: Told how many files are done, and of how many.
Tell = Callable[[int, int], None]


class Order(Struct, frozen=True):
    """What is to be built: the site of a book on a day, with `jobs` processes.

    `shelf` is where the memory of the last build lies. `records_shown` is called when the pages of
    records are as they should be, where that is before those of the whole book are; `shown` when
    the site is, before what is to be remembered is written.
    """

    shelf: Shelf
    site_name: str
    today: date
    language: str | None = None
    jobs: int = 1
    tell: Tell | None = None
    records_shown: Callable[[], None] | None = None
    shown: Callable[[list[Problem]], None] | None = None


class Built(Struct):
    """What a build did: how many pages the site has, and the problems of the book."""

    pages: int
    problems: list[Problem]


def encoded(content: str) -> bytes:
    """The bytes of a file of the site."""
    return content.encode("utf-8", "replace")
