"""Widths, cutting and wrapping of text in columns."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.cli.cells import UNSAFE, fit, pad, visible, width, wrap
from renmai.cli.output import STYLES, Span, plain, styled
from renmai.cli.tables import Column, table

TEXTS = st.text(
    st.one_of(
        st.sampled_from("abc d 林晓舟，。（）「」e\u0301\u200d👩🏽🚀한"),
        st.characters(codec="utf-8"),
    )
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("林晓舟", 6), ("é", 1), ("e\u0301", 1), ("，", 2), ("ｆ", 2), ("👍", 2)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_fit() -> None:
    assert fit("abc", 3) == "abc"
    assert fit("abcd", 3) == "ab…"
    assert fit("林晓舟", 5) == "林晓…"
    assert fit("林晓舟", 4) == "林…"
    assert fit("ab cd", 4) == "ab…"


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("林晓舟和王芳", 5, ["林晓", "舟和", "王芳"]),
        ("吃了吗，还没", 6, ["吃了", "吗，还", "没"]),
        ("他说（不）", 7, ["他说", "（不）"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("see 林晓舟 now", 8, ["see 林晓", "舟 now"]),
        ("a\nb\tc", 10, ["a b c"]),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@given(TEXTS, st.integers(2, 40))
def test_nothing_is_wider_than_it_may_be_and_nothing_is_lost(text: str, columns: int) -> None:
    assert width(fit(text, columns)) <= columns
    lines = wrap(text, columns)
    assert lines
    assert all(width(line) <= columns for line in lines)
    whole = visible(" ".join(text.split()))
    assert "".join(lines).replace(" ", "") == whole.replace(" ", "")
    assert wrap(text, None) == [whole]


@given(TEXTS, st.integers(0, 40), st.booleans())
def test_pad(text: str, columns: int, right: bool) -> None:
    assert width(pad(text, columns, right=right)) == max(columns, width(text))


def test_wrapping_takes_time_in_proportion() -> None:
    assert len(wrap("e" + "\u0301" * 100_000, 10)) == 1
    assert len(wrap("a" * 100_000, 10)) == 10_000


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5), st.integers(40, 100))
def test_a_table_stays_within_its_limit(rows: list[tuple[str, str, str]], limit: int) -> None:
    lines = table(rows, [Column(most=20), Column(right=True)], limit, indent="  ")
    assert len(lines) == len(rows)
    assert all(width(plain(line)) <= limit for row in lines for line in row)


def test_a_table_without_a_limit_keeps_every_word() -> None:
    rows = [[Span("x" * 100), Span("a"), Span("why " * 100)], [Span("y"), Span("bb"), Span("z")]]
    first, second = table(rows, [Column(), Column(right=True)], None)
    assert plain(first[0]) == f"{'x' * 100}   a  {('why ' * 100).strip()}"
    assert plain(second[0]) == f"{'y':40}  bb  z"


def test_all_that_is_unsafe_is_written_out() -> None:
    unsafe = re.compile(f"[\x00-\x1f{UNSAFE}\U000e0000-\U000e007f]")
    for character in map(chr, range(sys.maxunicode + 1)):
        assert (visible(character) != character) == bool(unsafe.match(character)), ascii(character)


def test_a_styled_line() -> None:
    line: list[Span | str] = [
        "a ",
        Span("林\x1b ", "name"),
        Span("", "faint"),
        Span("x  ", "error"),
        "  ",
    ]
    assert styled(line) == "a \x1b[1m林\\x1b \x1b[0m\x1b[31m\x1b[1mx\x1b[0m"


@given(st.lists(st.builds(Span, st.text(alphabet="a 林\t\x1b"), st.sampled_from(["", *STYLES]))))
def test_a_styled_line_shows_the_same(line: list[Span]) -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", styled(line)) == plain(line)
