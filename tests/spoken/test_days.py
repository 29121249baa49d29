"""Days and times as people say them, on some other days than that of the phrases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.spoken.clock import find_time
from renmai.spoken.days import Context, Sense, find_day, the_day
from renmai.spoken.numbers import number

SATURDAY = date(2026, 11, 21)


def days(said: str, today: date = SATURDAY, sense: Sense = "past", language: str = "en") -> str:
    found = the_day(said, Context(today, sense, language))
    return "?" if found is None else " ".join(map(str, found.days))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("friday", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("saturday", "2026-11-28"),
        ("tomorrow", "2026-11-22"),
        ("the day after tomorrow", "2026-11-23"),
        ("in two weeks", "2026-12-05"),
        ("two weeks", "2026-12-05"),
        ("for 3 days", "2026-11-24"),
        ("2w", "2026-12-05"),
        ("3m", "2027-02-21"),
        ("1y", "2027-11-21"),
        ("a fortnight", "2026-12-05"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("next year", "2027-01-01"),
        ("the 3rd", "2026-12-03"),
        ("the 31st", "2026-12-31"),
        ("Dec 24", "2026-12-24"),
        ("Nov 3", "2027-11-03"),
        ("end of the month", "2026-11-30"),
        ("the weekend", "2026-11-28"),
        ("next weekend", "2026-11-28"),
        ("6 months from now", "2027-05-21"),
        ("2027-01-15", "2027-01-15"),
        ("15.1.2027", "2027-01-15"),
        ("monday of next week", "2026-11-23"),
        ("monday next week", "2026-11-23"),
        ("feb 29", "2028-02-29"),
        ("sometime", "?"),
        ("", "?"),
        ("周五", "2026-11-27"),
        ("下周三", "2026-11-25"),
        ("下下周三", "2026-12-02"),
        ("两周后", "2026-12-05"),
        ("两周", "2026-12-05"),
        ("两个月", "2027-01-21"),
        ("三天后", "2026-11-24"),
        ("下个月5号", "2026-12-05"),
        ("5号", "2026-12-05"),
        ("12月5日", "2026-12-05"),
        ("明天", "2026-11-22"),
        ("大后天", "2026-11-24"),
        ("下周", "2026-11-23"),
        ("下个月", "2026-12-01"),
        ("明年", "2027-01-01"),
        ("月底", "2026-11-30"),
        ("下个月底", "2026-12-31"),
        ("半年后", "2027-05-21"),
        ("三月三号", "2027-03-03"),
        ("三月", "?"),
        ("3日", "2026-12-03"),
        ("周末", "2026-11-28"),
        ("明年3月1日", "2027-03-01"),
    ],
)  # fmt: skip
def test_days_to_come(said: str, meant: str) -> None:
    assert days(said, sense="future") == meant


@pytest.mark.parametrize(
    ("said", "today", "meant"),
    [
        ("friday", date(2026, 11, 20), "2026-11-20"),  # a friday: this day
        ("last friday", date(2026, 11, 20), "2026-11-13"),
        ("周五", date(2026, 11, 20), "2026-11-20"),
        ("上周五", date(2026, 11, 20), "2026-11-13"),
        ("上周日", date(2026, 11, 22), "2026-11-15"),  # weeks begin on Monday
        ("本周日", date(2026, 11, 22), "2026-11-22"),
        ("weekend", date(2026, 11, 18), "2026-11-14 2026-11-15"),
        ("weekend", date(2026, 11, 21), "2026-11-21"),
        ("a month ago", date(2026, 3, 31), "2026-02-28"),
        ("一个月前", date(2026, 3, 31), "2026-02-28"),
        ("上个月31号", date(2026, 3, 31), ""),
        ("the 31st", date(2026, 3, 1), "2026-01-31"),
        ("31号", date(2026, 3, 1), "2026-01-31"),
        ("jan 1", date(2026, 1, 1), "2026-01-01"),
        ("jan 2", date(2026, 1, 1), "2025-01-02"),
        ("yesterday", date(2026, 1, 1), "2025-12-31"),
        ("feb 29", date(2026, 2, 1), "2024-02-29"),
        ("yesterday", date(1, 1, 1), ""),
        ("上上周一", date(1, 1, 3), ""),
        ("friday", date(1, 1, 1), ""),
    ],
)
def test_days_that_have_been(said: str, today: date, meant: str) -> None:
    assert days(said, today) == meant


def test_the_end_of_the_calendar() -> None:
    for said in ("tomorrow", "in 2 years", "9999y", "next month", "下周一", "12月5日", "the 3rd"):
        assert days(said, date(9999, 12, 31), "future") == ""


@pytest.mark.parametrize(
    ("said", "language", "meant"),
    [
        ("11/3", "en", "2026-11-03 2026-03-11"),
        ("11/3", "zh", "2026-11-03"),
        ("13/3", "en", "2026-03-13"),
        ("13/3", "zh", ""),
        ("11/11", "en", "2026-11-11"),
        ("11/3/26", "en", "2026-11-03 2026-03-11"),
        ("2026/11/3", "en", "2026-11-03"),
        ("11/32", "en", ""),
    ],
)
def test_dates_in_figures(said: str, language: str, meant: str) -> None:
    assert days(said, language=language) == meant


@pytest.mark.parametrize("said", ["fridays", "todays", "montag", "mayor", "3rdx", "sat down"])
def test_a_word_that_only_begins_so_is_no_day(said: str) -> None:
    assert days(said) == "?"


@pytest.mark.parametrize(
    ("said", "of_day", "meant"),
    [
        ("9:30", "", "09:30"),
        ("9:30 pm", "", "21:30"),
        ("12 am", "", "00:00"),
        ("12pm", "", "12:00"),
        ("13pm", "", ""),
        ("0am", "", ""),
        ("at 8", "", "08:00 20:00"),
        ("at 8", "last night", "20:00"),
        ("at 8", "this morning", "08:00"),
        ("at 20", "", "20:00"),
        ("8 o'clock", "昨晚", "20:00"),
        ("noon", "", "12:00"),
        ("24:00", "", ""),
        ("9:60", "", ""),
        ("晚上8点", "", "20:00"),
        ("8点", "昨晚", "20:00"),
        ("8点", "", "08:00 20:00"),
        ("早上八点半", "", "08:30"),
        ("下午三点一刻", "", "15:15"),
        ("中午12点", "", "12:00"),
        ("中午1点", "", "13:00"),
        ("凌晨1点", "", "01:00"),
        ("二十点", "", "20:00"),
        ("晚上12点", "", ""),
        ("下午3:15", "", "15:15"),
    ],
)
def test_times(said: str, of_day: str, meant: str) -> None:
    found = find_time(said, 0, of_day)
    assert found
    assert (found.end, " ".join(found.times)) == (len(said), meant)


def test_numbers() -> None:
    said = ["a", "two", "a  couple of", "12", "十", "十二", "二十", "三十一", "两", "零"]
    assert [number(each) for each in said] == [1, 2, 2, 12, 10, 12, 20, 31, 2, 0]


@given(st.text(max_size=30), st.dates(), st.sampled_from(["past", "future"]))
def test_any_text_on_any_day(text: str, today: date, sense: Sense) -> None:
    for position in range(len(text)):
        found = find_day(text, position, Context(today, sense))
        assert found is None or position < found.end <= len(text)


PIECES = st.sampled_from(
    ["last ", "next ", "friday", "two ", "weeks", " ago", "the ", "31st", " of ", "feb", " 29",
     "上", "下", "个", "月", "周", "日", "三", "十", "号", "前", "后", "年", "2026", "99", "/", "."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=6).map("".join), st.dates(), st.sampled_from(["past", "future"]))
def test_days_of_any_pieces(text: str, today: date, sense: Sense) -> None:
    the_day(text, Context(today, sense))
