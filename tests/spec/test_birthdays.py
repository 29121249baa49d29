"""rules.md, `birthday`: the next occurrence, by the sun and by the moon.

The lunar days are published facts: the new years of 2025-01-29, 2026-02-17, 2027-02-06 and
2028-01-26; the leap sixth month of 2025 from 2025-07-25; the dragon-boat and mid-autumn days.
"""

from __future__ import annotations

import pytest

from tests.spec.book import contact, day, event, met


def next_one(book, birthday: str, today: str = "2026-11-21", front: str = "") -> str | None:
    made = book({"contacts/li.md": contact(f"birthday: {birthday}\n{front}")})
    assert made.problems() == []
    return made.due_of("birthday", "li", today)


# --- by the sun


@pytest.mark.parametrize(
    ("birthday", "due"),
    [
        ("1990-11-21", "2026-11-21"),
        ("1990-11-22", "2026-11-22"),
        ("1990-11-20", "2027-11-20"),
        ("--11-21", "2026-11-21"),
        ("--01-01", "2027-01-01"),
        ("--12-31", "2026-12-31"),
        ("0001-12-31", "2026-12-31"),
        ("1990", None),
        ("1990-11", None),
    ],
)
def test_the_next_occurrence_today_included(book, birthday, due):
    assert next_one(book, birthday) == due


@pytest.mark.parametrize(
    ("birthday", "due"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026-12-24", "2026-12-24"),
        ("2027-12-24", "2027-12-24"),
        ("2028-01-10", "2028-01-10"),
        ("2030-11-21", "2030-11-21"),
    ],
)
def test_not_before_the_date_itself(book, birthday, due):
    assert next_one(book, birthday) == due


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2027-02-01", "2027-02-28"),
        ("2027-02-28", "2027-02-28"),
        ("2027-03-01", "2028-02-29"),
        ("2028-02-28", "2028-02-29"),
        ("2028-02-29", "2028-02-29"),
        ("2028-03-01", "2029-02-28"),
        ("2100-02-28", "2100-02-28"),
        ("2400-02-28", "2400-02-29"),
    ],
)
@pytest.mark.parametrize("birthday", ["2000-02-29", "--02-29"])
def test_29_february_falls_on_the_28th_in_other_years(book, birthday, today, due):
    assert next_one(book, birthday, today) == due


def test_28_february_stays_the_28th(book):
    assert next_one(book, "2000-02-28", "2028-02-29") == "2029-02-28"


@pytest.mark.parametrize("offset", range(-3, 4))
def test_a_birthday_is_never_overdue(book, offset):
    made = book({"contacts/li.md": contact("birthday: 1990-11-21")})
    items = made.due("--all", today=day(offset))
    assert len(items) == 1
    assert items[0]["days_overdue"] <= 0


def test_the_item_of_a_birthday(book):
    made = book({"contacts/li.md": contact("city: x\nbirthday: 1990-11-30", name="Li")})
    (item,) = made.due()
    assert item == item | {
        "kind": "birthday",
        "id": "li",
        "title": "Li",
        "about": None,
        "due": "2026-11-30",
        "days_overdue": -9,
        "path": "contacts/li.md",
    }


@pytest.mark.parametrize(("in_days", "shown"), [(0, True), (14, True), (15, False)])
def test_a_birthday_is_shown_within_the_horizon(book, in_days, shown):
    made = book({"contacts/li.md": contact(f"birthday: 1990-{day(in_days)[5:]}")})
    assert bool(made.due()) == shown


@pytest.mark.parametrize(
    ("front", "arises"),
    [
        ("status: active", True),
        ("status: wanted", False),
        ("status: dormant", False),
        ("status: deceased", False),
        ("me: yes", False),
    ],
)
def test_whose_birthdays_are_told(book, front, arises):
    found = next_one(book, "1990-11-30", front=front)
    assert found == ("2026-11-30" if arises else None)


def test_the_last_days_of_all(book):
    assert next_one(book, "--12-31", "9999-12-31") == "9999-12-31"
    assert next_one(book, "--12-30", "9999-12-31") is None


# --- each of `dates`


def test_each_of_the_dates_that_name_a_day(book):
    made = book(
        {
            "contacts/li.md": contact(
                "birthday: 1990-12-01\ndates:\n"
                "  - {date: 2010-11-25, what: the wedding}\n"
                "  - {date: --11-23, what: the shop}\n"
                "  - {date: 2015, what: a year alone}\n"
                "  - {date: 2015-11, what: a month alone}\n"
                "  - {date: 2026-11-20, what: yesterday}\n"
                "  - {date: 2028-11-24, what: to come}\n"
                "  - {date: --02-29, what: leap}\n"
            )
        }
    )
    assert made.dues("birthday") == [
        ("li", "2026-11-23"),
        ("li", "2026-11-25"),
        ("li", "2026-12-01"),
        ("li", "2027-02-28"),
        ("li", "2027-11-20"),
        ("li", "2028-11-24"),
    ]
    assert "the shop" in made.due()[0]["reason"]


@pytest.mark.parametrize("status", ["wanted", "dormant", "deceased"])
def test_whose_dates_are_told(book, status):
    front = f"status: {status}\ndates: {{date: --11-25, what: x}}"
    assert book({"contacts/li.md": contact(front)}).dues("birthday") == []


def test_a_birthday_leaves_nothing_out(book):
    made = book(
        {
            "contacts/li.md": contact("tier: 5\nbirthday: 1990-11-21"),
            "events/e.md": event(people=[met("li")]),
        }
    )
    assert sorted(item["kind"] for item in made.due()) == ["birthday", "recontact"]


# --- by the moon


@pytest.mark.parametrize(
    ("birthday", "today", "due"),
    [
        # New Year's Day and its eve
        ("lunar 1985-01-01", "2025-01-01", "2025-01-29"),
        ("lunar 1985-01-01", "2025-01-29", "2025-01-29"),
        ("lunar 1985-01-01", "2025-01-30", "2026-02-17"),
        ("lunar 1985-01-01", "2026-11-21", "2027-02-06"),
        ("lunar --01-01", "2027-02-07", "2028-01-26"),
        ("lunar --01-15", "2026-11-21", "2027-02-20"),
        ("lunar --12-29", "2026-11-21", "2027-02-05"),
        # the dragon boats, mid-autumn
        ("lunar --05-05", "2026-06-01", "2026-06-19"),
        ("lunar --05-05", "2026-11-21", "2027-06-09"),
        ("lunar 1990-08-15", "2025-10-06", "2025-10-06"),
        ("lunar 1990-08-15", "2025-10-07", "2026-09-25"),
        ("lunar 1990-08-15", "2026-11-21", "2027-09-15"),
        # a lunar year ends in the solar year behind it
        ("lunar --12-08", "2027-01-01", "2027-01-15"),
        ("lunar --12-08", "2027-01-16", "2028-01-04"),
    ],
)
def test_lunar_birthdays(book, birthday, today, due):
    assert next_one(book, birthday, today) == due


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2025-01-01", "2025-01-28"),  # the twelfth month had 29 days
        ("2025-02-01", "2026-02-16"),  # again 29
        ("2026-02-17", "2027-02-05"),  # again 29
        ("2027-02-06", "2028-01-25"),  # again 29
    ],
)
def test_day_30_of_a_month_of_29_is_its_29th(book, today, due):
    assert next_one(book, "lunar 1985-12-30", today) == due


def test_day_30_of_a_month_of_30_is_its_30th(book):
    # The first month of 2026 ran from 2026-02-17 to 2026-03-18.
    assert next_one(book, "lunar --01-30", "2026-02-20") == "2026-03-18"


@pytest.mark.parametrize(
    ("birthday", "today", "due"),
    [
        # 2025 had a sixth month from 2025-06-25 and a leap sixth from 2025-07-25.
        ("lunar --06-01 leap", "2025-06-01", "2025-07-25"),
        ("lunar --06-10 leap", "2025-06-01", "2025-08-03"),
        ("lunar 1987-06-10 leap", "2025-07-05", "2025-08-03"),
        ("lunar --06-10", "2025-06-01", "2025-07-04"),
        ("lunar --06-10", "2025-07-05", "2026-07-23"),
        # A year that lacks it: the ordinary one.
        ("lunar --06-10 leap", "2025-08-04", "2026-07-23"),
        ("lunar 1987-06-10 leap", "2026-01-01", "2026-07-23"),
        # 2023 had a leap second month, from 2023-03-22.
        ("lunar --02-01 leap", "2023-01-01", "2023-03-22"),
        ("lunar --02-01", "2023-01-01", "2023-02-20"),
    ],
)
def test_a_leap_month_that_a_year_lacks_is_the_ordinary_one(book, birthday, today, due):
    assert next_one(book, birthday, today) == due


def test_day_30_of_a_leap_month_of_29_is_its_29th(book):
    # The leap sixth month of 2025 ran from 2025-07-25 to 2025-08-22.
    assert next_one(book, "lunar --06-30 leap", "2025-08-01") == "2025-08-22"


@pytest.mark.parametrize(
    ("birthday", "due"),
    [
        ("lunar 2027-01-01", "2027-02-06"),
        ("lunar 2028-01-01", "2028-01-26"),
        ("lunar 2025-06-01 leap", "2027-07-04"),
        ("lunar 2026-12-29", "2027-02-05"),
        ("lunar 2027-12-29", "2028-01-25"),
    ],
)
def test_a_lunar_birthday_is_not_before_the_date_itself(book, birthday, due):
    assert next_one(book, birthday) == due


@pytest.mark.parametrize(
    "today", ["0001-01-01", "1850-06-01", "2150-06-01", "3500-01-01", "9999-12-31"]
)
@pytest.mark.parametrize("birthday", ["lunar --12-30", "lunar 1985-06-30 leap", "lunar 9999-12-30"])
def test_far_years_bring_nobody_down(book, birthday, today):
    next_one(book, birthday, today)
