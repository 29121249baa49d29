"""Books for the tests of the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SETTINGS = "site_name: t\nplugins:\n  - renmai:\n      language: {language}\n"

MakeBook = Callable[..., Path]


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Makes a book of files by path, whose front matter and body are given as text."""

    def make(files: dict[str, str] | None = None, language: str = "en") -> Path:
        root = tmp_path / "book"
        for path, text in {
            "mkdocs.yml": SETTINGS.format(language=language),
            **(files or {}),
        }.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8", "surrogateescape"))
        return root

    return make
