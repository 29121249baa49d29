"""How Chinese names are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.text.names import has_han, initials, plain, reading


@pytest.mark.parametrize(
    ("name", "read", "letters"),
    [
        ("林晓舟", "Lin Xiaozhou", "lxz"),
        ("李雷", "Li Lei", "ll"),
        ("欧阳修", "Ouyang Xiu", "oyx"),
        ("欧阳", "Ouyang", "oy"),
        ("曾历", "Zeng Li", "zl"),  # as a surname, not céng
        ("单知夏", "Shan Zhixia", "szx"),
        ("尉迟恭", "Yuchi Gong", "ycg"),
        ("吕布", "Lü Bu", "lb"),
        ("纸页读书会", "Zhi Ye Du Shu Hui", "zydsh"),
        ("李雷 Lei", "Li Lei Lei", "lll"),
        ("Grace Hopper", None, "gh"),
        ("", None, ""),
    ],
)
def test_reading_and_initials(name: str, read: str | None, letters: str) -> None:
    assert reading(name) == read
    assert initials(name) == letters


def test_what_the_card_says_stands() -> None:
    assert reading("曾历", "Céng Lì") == "Céng Lì"
    assert initials("曾历", "Céng Lì") == "cl"
    assert reading("Grace", "Gray") == "Gray"


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Chloé", "chloe"),
        ("LÜ", "lu"),
        ("Ångström", "angstrom"),
        ("STRAßE", "strasse"),
        ("İstanbul", "istanbul"),
        ("ＡＢ", "ab"),
        ("𝒩", "n"),
        ("李", "李"),
    ],
)
def test_plain(text: str, compared: str) -> None:
    assert plain(text) == compared


@given(st.text(max_size=20))
def test_any_text_has_a_reading_or_none(text: str) -> None:
    assert (reading(text) is None) is not has_han(text)
    assert plain(plain(text)) == plain(text)
    initials(text)
