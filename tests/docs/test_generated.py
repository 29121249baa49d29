"""The generated parts of the documentation are what `make docs` would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.docs import ROOT, filled, language_of, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_is_up_to_date(page: Path) -> None:
    text = page.read_text("utf-8")
    assert filled(text, language_of(page)) == text, "run `make docs`"
