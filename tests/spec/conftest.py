"""What the tests of the specification share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest

from tests.spec.book import Book

MakeBook = Callable[..., Book]


@pytest.fixture
def book(tmp_path: Path) -> MakeBook:
    """Makes a book from a dict of path -> text, and the settings as the lines of a YAML map."""
    number = count(1)

    def make(files: Mapping[str, str | bytes] = {}, settings: str = "") -> Book:
        return Book(tmp_path / f"book{next(number)}", files, settings)

    return make
