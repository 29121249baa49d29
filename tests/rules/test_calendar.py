"""Days that come back: 29 February, and the Chinese calendar against published days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.rules.calendar import lunar_day, next_occurrence
from renmai.text.values import Birthday, Duration, LunarDate, PartialDate, parse_birthday
from tests.books import day


def birthday(text: str) -> Birthday:
    found = parse_birthday(text)
    assert found is not None
    return found


def following(text: str, today: str) -> str | None:
    found = next_occurrence(birthday(text), day(today))
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("written", "today", "expected"),
    [
        ("--11-21", "2026-11-21", "2026-11-21"),
        ("--11-20", "2026-11-21", "2027-11-20"),
        ("--11-22", "2026-11-21", "2026-11-22"),
        ("1985-11-20", "2026-11-21", "2027-11-20"),
        ("--01-01", "2026-12-31", "2027-01-01"),
        ("--12-31", "2026-12-31", "2026-12-31"),
        # 29 February falls on 28 February in other years.
        ("--02-29", "2026-11-21", "2027-02-28"),
        ("--02-29", "2027-03-01", "2028-02-29"),
        ("--02-29", "2028-02-28", "2028-02-29"),
        ("--02-29", "2028-02-29", "2028-02-29"),
        ("--02-29", "2028-03-01", "2029-02-28"),
        ("2024-02-29", "2025-02-28", "2025-02-28"),
        ("--02-29", "2099-03-01", "2100-02-28"),
        # Not before the date itself.
        ("2030-06-01", "2026-11-21", "2030-06-01"),
        ("2026-11-22", "2026-01-01", "2026-11-22"),
        ("2028-02-29", "2026-01-01", "2028-02-29"),
        # What names no day.
        ("1985", "2026-11-21", None),
        ("1985-11", "2026-11-21", None),
        # The calendar has an end.
        ("--11-20", "9999-11-20", "9999-11-20"),
        ("--11-20", "9999-11-21", None),
    ],
)
def test_by_the_common_calendar(written: str, today: str, expected: str | None) -> None:
    assert following(written, today) == expected


#: As published by the observatories of Hong Kong and of Purple Mountain.
NEW_YEARS = [
    *("1900-01-31", "1949-01-29", "1950-02-17", "1985-02-20", "1999-02-16", "2000-02-05"),
    *("2001-01-24", "2002-02-12", "2003-02-01", "2004-01-22", "2005-02-09", "2006-01-29"),
    *("2007-02-18", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03", "2012-01-23"),
    *("2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16"),
    *("2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10"),
    *("2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03"),
    *("2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08"),
]


@pytest.mark.parametrize("published", NEW_YEARS)
def test_the_chinese_new_year(published: str) -> None:
    new_year = day(published)
    assert lunar_day(new_year.year, 1, 1, leap=False) == new_year
    assert next_occurrence(birthday("lunar --01-01"), new_year) == new_year


@pytest.mark.parametrize(
    ("year", "month", "of_month", "leap", "expected"),
    [
        # Mid-autumn, the fifteenth of the eighth.
        (2024, 8, 15, False, "2024-09-17"),
        (2025, 8, 15, False, "2025-10-06"),
        (2026, 8, 15, False, "2026-09-25"),
        (2027, 8, 15, False, "2027-09-15"),
        # Dragon boats, the fifth of the fifth.
        (2025, 5, 5, False, "2025-05-31"),
        (2026, 5, 5, False, "2026-06-19"),
        # The last month of 2024 has 29 days, that of 2023 has 30.
        (2023, 12, 30, False, "2024-02-09"),
        (2024, 12, 29, False, "2025-01-28"),
        (2024, 12, 30, False, "2025-01-28"),
        # Leap months: the second of 2023, the sixth of 2025, the eleventh of 2033.
        (2023, 2, 1, False, "2023-02-20"),
        (2023, 2, 1, True, "2023-03-22"),
        (2025, 6, 1, False, "2025-06-25"),
        (2025, 6, 1, True, "2025-07-25"),
        (2033, 11, 1, True, "2033-12-22"),
        # A leap month that a year lacks is the ordinary one.
        (2024, 6, 1, True, "2024-07-06"),
        (2025, 5, 5, True, "2025-05-31"),
    ],
)
def test_published_lunar_days(
    year: int, month: int, of_month: int, leap: bool, expected: str
) -> None:
    assert lunar_day(year, month, of_month, leap) == day(expected)


@pytest.mark.parametrize(
    ("written", "today", "expected"),
    [
        ("lunar --08-15", "2026-09-25", "2026-09-25"),
        ("lunar --08-15", "2026-09-26", "2027-09-15"),
        ("lunar 1985-08-15", "2026-09-24", "2026-09-25"),
        # In January the lunar year of last year still runs.
        ("lunar --12-30", "2025-01-01", "2025-01-28"),
        ("lunar --12-30", "2025-01-29", "2026-02-16"),
        # Born in a leap month: on the leap one where there is one, else on the ordinary one.
        ("lunar --06-01 leap", "2025-07-01", "2025-07-25"),
        ("lunar --06-01 leap", "2025-07-26", "2026-07-14"),
        ("lunar --06-01", "2025-06-26", "2026-07-14"),
        # Not before the date itself.
        ("lunar 2030-01-01", "2026-11-21", "2030-02-03"),
        ("lunar 2027-01-01", "2026-11-21", "2027-02-06"),
        ("lunar 2026-01-01", "2026-02-16", "2026-02-17"),
        ("lunar 2026-12-30", "2026-01-01", "2027-02-05"),
    ],
)
def test_by_the_chinese_calendar(written: str, today: str, expected: str) -> None:
    assert following(written, today) == expected


def occasions() -> list[Birthday]:
    """Birthdays over the whole of both calendars, borders included."""
    lunar = [
        LunarDate(None, month, of_month, leap)
        for month in range(1, 13)
        for of_month in (1, 15, 30)
        for leap in (False, True)
    ]
    solar = [
        PartialDate(None, month, of_month)
        for month in range(1, 13)
        for of_month in (1, calendar.monthrange(2024, month)[1])
    ]
    return [*lunar, *solar]


def test_on_every_day_of_seven_years_the_next_comes_within_thirteen_months() -> None:
    months = Duration(13, "m")
    today = date(2024, 1, 1)
    while today.year <= 2030:
        limit = months.after(today)
        assert limit
        for value in occasions():
            found = next_occurrence(value, today)
            assert found is not None
            assert today <= found < limit, (value, today)
        today += timedelta(days=1)


def test_between_two_days_none_is_passed_over() -> None:
    for value in occasions():
        found = next_occurrence(value, date(2024, 1, 1))
        while found and found.year <= 2030:
            before = found - timedelta(days=1)
            assert next_occurrence(value, before) == found
            assert next_occurrence(value, found) == found
            found = next_occurrence(value, found + timedelta(days=1))


@given(
    st.one_of(st.none(), st.integers(1, 9999)),
    st.integers(1, 12),
    st.integers(1, 30),
    st.booleans(),
    st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(9998, 12, 31)])),
)
def test_beyond_its_reach_it_gives_none_and_never_fails(
    year: int | None, month: int, of_month: int, leap: bool, today: date
) -> None:
    found = next_occurrence(LunarDate(year, month, of_month, leap), today)
    assert found is None or found >= today


@pytest.mark.parametrize("year", [-1, 0, 1, 2, 237, 690, 1582, 1899, 2101, 3001, 9998, 9999, 10000])
def test_every_month_of_a_far_year(year: int) -> None:
    for month in range(1, 13):
        for leap in (False, True):
            found = lunar_day(year, month, 30, leap)
            assert found is None or abs(found.year - year) <= 1


@given(st.dates(), st.dates())
def test_a_day_of_the_year_comes_once_a_year(born: date, today: date) -> None:
    found = next_occurrence(PartialDate(born.year, born.month, born.day), today)
    if found is None:
        assert max(today, born).year == date.max.year
        return
    assert found >= max(today, born) or (found >= today and found.month == 2 and found.day == 28)
    assert found.month == born.month
    assert found.day == born.day or (born.month, born.day, found.day) == (2, 29, 28)
