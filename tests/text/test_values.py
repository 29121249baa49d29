"""Dates, partial dates, birthdays, durations, and the other scalars."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.text.values import (
    NEVER,
    Duration,
    LunarDate,
    PartialDate,
    folded,
    nfc,
    parse_birthday,
    parse_date,
    parse_duration,
    parse_inner_path,
    parse_number,
    parse_partial,
    parse_time,
    parse_yes_no,
    shift,
)
from tests.books import day

durations = st.one_of(
    st.just(NEVER), st.builds(Duration, st.integers(1, 9999), st.sampled_from("dwmy"))
)
partial_dates = st.one_of(
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.dates().map(lambda day: PartialDate(None, day.month, day.day)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999)),
)
lunar_dates = st.builds(
    LunarDate,
    st.one_of(st.none(), st.integers(1, 9999)),
    st.integers(1, 12),
    st.integers(1, 30),
    st.booleans(),
)


@given(durations)
def test_durations_come_back(value: Duration) -> None:
    assert parse_duration(str(value)) == value


@given(partial_dates)
def test_partial_dates_come_back(value: PartialDate) -> None:
    assert parse_partial(str(value)) == value
    assert parse_birthday(str(value)) == value


@given(lunar_dates)
def test_lunar_dates_come_back(value: LunarDate) -> None:
    assert parse_birthday(str(value)) == value
    assert parse_partial(str(value)) is None


@given(st.dates())
def test_dates_come_back(value: date) -> None:
    assert parse_date(value.isoformat()) == value


@given(st.text(max_size=20))
def test_any_text_is_a_value_or_none(text: str) -> None:
    for parse in (
        *(parse_date, parse_partial, parse_birthday, parse_duration, parse_number),
        *(parse_yes_no, parse_time, parse_inner_path),
    ):
        parse(text)


@pytest.mark.parametrize("text", ["2026-11-21", "0001-01-01", "9999-12-31", "2024-02-29"])
def test_dates(text: str) -> None:
    assert parse_date(text) == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text",
    ["2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "0000-01-01", "2026-1-1", "26-11-21",
     "2026/11/21", "20261121", "2026-11-21 ", "2026-11-21T10:00", "２０２６-11-21", "",
     "2026-11-21\n"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-21", PartialDate(2026, 11, 21)),
        ("2026-11", PartialDate(2026, 11)),
        ("2026", PartialDate(2026)),
        ("--11-21", PartialDate(None, 11, 21)),
        ("--02-29", PartialDate(None, 2, 29)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        ("2026-02-29", None),
        ("--02-30", None),
        ("2026-00", None),
        ("2026-13", None),
        ("2026-11-00", None),
        ("--00-10", None),
        ("--10-00", None),
        ("0000", None),
        ("--11", None),
        ("-11-21", None),
        ("2026-", None),
        ("226", None),
        ("20266", None),
    ],
)
def test_partial_dates(text: str, value: PartialDate | None) -> None:
    assert parse_partial(text) == value


def test_the_first_day_of_a_partial_date() -> None:
    assert PartialDate(2026, 11, 21).first_day == day("2026-11-21")
    assert PartialDate(2026, 11).first_day == day("2026-11-01")
    assert PartialDate(2026).first_day == day("2026-01-01")
    assert PartialDate(None, 11, 21).first_day is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lunar 1985-01-15", LunarDate(1985, 1, 15)),
        ("lunar --01-15", LunarDate(None, 1, 15)),
        ("lunar --12-30", LunarDate(None, 12, 30)),
        ("lunar 1985-06-01 leap", LunarDate(1985, 6, 1, leap=True)),
        ("lunar --06-01 leap", LunarDate(None, 6, 1, leap=True)),
        ("lunar --02-30", LunarDate(None, 2, 30)),  # a lunar month may have thirty days
        ("lunar --01-31", None),
        ("lunar --13-01", None),
        ("lunar --00-01", None),
        ("lunar --01-00", None),
        ("lunar 0000-01-15", None),
        ("lunar 1985-01", None),
        ("lunar 1985", None),
        ("lunar1985-01-15", None),
        ("1985-01-15 leap", None),
        ("lunar 1985-01-15leap", None),
    ],
)
def test_lunar_dates(text: str, value: LunarDate | None) -> None:
    assert parse_birthday(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1d", Duration(1, "d")),
        ("9999y", Duration(9999, "y")),
        ("10w", Duration(10, "w")),
        ("never", NEVER),
        ("0d", None),
        ("01d", None),
        ("10000d", None),
        ("1", None),
        ("d", None),
        ("1D", None),
        ("1 d", None),
        ("-1d", None),
        ("1.5m", None),
        ("Never", None),
        ("１d", None),
    ],
)
def test_durations(text: str, value: Duration | None) -> None:
    assert parse_duration(text) == value


@pytest.mark.parametrize(
    ("start", "written", "end"),
    [
        ("2026-01-31", "1m", "2026-02-28"),
        ("2024-01-31", "1m", "2024-02-29"),
        ("2026-01-30", "1m", "2026-02-28"),
        ("2026-01-31", "2m", "2026-03-31"),
        ("2026-08-31", "1m", "2026-09-30"),
        ("2026-11-30", "3m", "2027-02-28"),
        ("2026-12-31", "1m", "2027-01-31"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2024-02-29", "4y", "2028-02-29"),
        ("2026-11-21", "1w", "2026-11-28"),
        ("2026-12-31", "1d", "2027-01-01"),
        ("9999-12-30", "1d", "9999-12-31"),
        ("9999-12-31", "1d", None),
        ("9999-12-01", "1m", None),
        ("2026-11-21", "9999y", None),
        ("2026-11-21", "never", None),
    ],
)
def test_calendar_months_and_years_are_clamped(start: str, written: str, end: str | None) -> None:
    duration = parse_duration(written)
    assert duration
    assert duration.after(day(start)) == (day(end) if end else None)


def test_backwards() -> None:
    assert Duration(1, "y").before(day("2028-02-29")) == day("2027-02-28")
    assert Duration(1, "m").before(day("2026-03-31")) == day("2026-02-28")
    assert Duration(1, "d").before(date.min) is None
    assert Duration(1, "y").before(day("0001-12-31")) is None
    assert NEVER.before(day("2026-11-21")) is None


def test_reaching() -> None:
    week = Duration(1, "w")
    assert week.reaches(day("2026-11-14"), day("2026-11-21"))
    assert not week.reaches(day("2026-11-13"), day("2026-11-21"))
    assert week.reaches(day("2026-11-30"), day("2026-11-21"))
    assert NEVER.reaches(date.min, date.max)
    assert Duration(9999, "y").reaches(day("2026-11-14"), date.max)


@given(st.dates(), st.integers(-20_000, 20_000), st.sampled_from("dwmy"))
def test_shift_never_fails_and_clamps(start: date, count: int, unit: str) -> None:
    found = shift(start, count, unit)  # type: ignore[arg-type]
    if found is None:
        return
    if unit in "dw":
        assert found == start + timedelta(days=count * (7 if unit == "w" else 1))
        return
    months = (found.year - start.year) * 12 + found.month - start.month
    assert months == count * (12 if unit == "y" else 1)
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(start.day, last)


@given(st.dates(), st.integers(-20_000, 20_000), st.sampled_from("my"))
def test_shift_gives_none_only_outside_the_calendar(start: date, count: int, unit: str) -> None:
    years = count // 12 if unit == "m" else count
    if shift(start, count, unit) is None:  # type: ignore[arg-type]
        assert not 2 <= start.year + years <= 9997


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("007", 7), ("9" * 18, int("9" * 18)), ("9" * 19, None), ("-1", None), ("1.0", None),
     ("１", None), ("٣", None), ("", None), ("1_000", None), (" 1", None), ("1\n", None)],
)  # fmt: skip
def test_numbers(text: str, value: int | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["true", "yes", "on", "是", "YES", "True", "oN"])
def test_yes(text: str) -> None:
    assert parse_yes_no(text) is True


@pytest.mark.parametrize("text", ["false", "no", "off", "否", "NO", "False"])
def test_no(text: str) -> None:
    assert parse_yes_no(text) is False


@pytest.mark.parametrize("text", ["y", "n", "1", "0", "ja", "", "不是"])
def test_neither(text: str) -> None:
    assert parse_yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "fine"),
    [("00:00", True), ("23:59", True), ("18:30", True), ("24:00", False), ("12:60", False),
     ("9:00", False), ("09:00:00", False), ("１２:30", False), ("12：30", False)],
)  # fmt: skip
def test_times(text: str, fine: bool) -> None:
    assert parse_time(text) == (text if fine else None)


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("contacts/photos/li.png", True),
        ("a/../b.png", True),
        ("./a.png", True),
        ("a//b.png", True),
        ("..a/b.png", True),
        ("../a.png", False),
        ("a/../../b.png", False),
        ("a/../../a/b.png", False),
        ("/a.png", False),
        ("..", False),
        ("a\0.png", False),
    ],
)
def test_paths_below_the_book(text: str, fine: bool) -> None:
    assert parse_inner_path(text) == (text if fine else None)


def test_folding() -> None:
    assert folded("  Chloé\u3000 CHEN\n") == folded("chloe\u0301 chen")
    assert folded("STRASSE") == folded("straße")
    assert nfc("e\u0301") == "é"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
