"""rules.md, "Cadence": which one, from when, snooze, ratio, and when it is left out."""

from __future__ import annotations

import pytest

from tests.spec.book import contact, day, event, met

CIRCLES = """
circles:
  work: {cadence: 3m}
  hobby: {cadence: 30d}
  month: {cadence: 1m}
  gone: {cadence: never}
  none: {}
"""


def cadence(book, front: str, log=(), settings: str = CIRCLES, files=None, today: int = 0):
    """`(cadence, due)` of a contact."""
    made = book({"contacts/li.md": contact(front, log), **(files or {})}, settings)
    shown = made.show("li", day(today))
    due = made.due_of("cadence", "li", day(today))
    assert shown["due"] == due, "`due` is that of the cadence item"
    return shown["cadence"], due


# --- which cadence


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("cadence: 2w", "2w"),
        ("cadence: 2w\ntier: 15\ncircles: hobby", "2w"),
        ("cadence: never\ntier: 15", "never"),
        ("tier: 15", "1m"),
        ("tier: 150\ncircles: hobby", "6m"),
        ("circles: work", "3m"),
        ("circles: [work, hobby]", "30d"),
        ("circles: [hobby, work]", "30d"),
        ("circles: [gone, work]", "3m"),
        ("circles: [gone]", "never"),
        ("circles: [none, gone]", "never"),
        ("circles: [none, work]", "3m"),
        ("circles: none", None),
        ("", None),
    ],
)
def test_its_own_else_of_its_tier_else_the_shortest_of_its_circles(book, front, expected):
    assert cadence(book, front)[0] == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("", "5m"),
        ("circles: none", "5m"),
        ("circles: gone", "never"),
        ("circles: work", "3m"),
        ("tier: 50", "3m"),
        ("cadence: 1y", "1y"),
    ],
)
def test_else_the_setting(book, front, expected):
    assert cadence(book, front, settings=CIRCLES + "cadence: 5m")[0] == expected


def test_a_circle_that_is_unknown_sets_none(book):
    assert cadence(book, "circles: [moon]", settings="cadence: 5m")[0] == "5m"


@pytest.mark.parametrize(
    ("last", "shortest", "due"),
    [
        ("2026-10-12", "30d", "2026-11-11"),
        ("2026-02-01", "1m", "2026-03-01"),
        ("2026-01-31", "1m", "2026-02-28"),
    ],
)
def test_the_shortest_as_days_from_the_start(book, last, shortest, due):
    found = cadence(book, "circles: [hobby, month]", [f"{last} call"])
    assert found == (shortest, due)


@pytest.mark.parametrize("front", ["cadence: never", "circles: gone", "", "circles: none"])
def test_never_and_none_fall_due_never(book, front):
    assert cadence(book, front, ["2020-01-01 call"])[1] is None


@pytest.mark.parametrize(
    ("front", "arises"),
    [
        ("status: active", True),
        ("status: wanted", False),
        ("status: dormant", False),
        ("status: deceased", False),
        ("me: yes", False),
        ("me: no", True),
    ],
)
def test_only_active_contacts_fall_due_by_cadence(book, front, arises):
    made = book({"contacts/li.md": contact(f"tier: 5\n{front}", ["2026-01-01 call"])})
    assert made.dues("cadence") == ([("li", "2026-01-08")] if arises else [])


# --- from when


@pytest.mark.parametrize(
    ("last", "cadence_", "due"),
    [
        ("2026-11-14", "7d", "2026-11-21"),
        ("2026-11-07", "2w", "2026-11-21"),
        ("2026-10-31", "1m", "2026-11-30"),
        ("2026-01-31", "1m", "2026-02-28"),
        ("2026-01-29", "1m", "2026-02-28"),
        ("2024-01-31", "1m", "2024-02-29"),
        ("2026-08-31", "6m", "2027-02-28"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2024-02-29", "4y", "2028-02-29"),
        ("2025-12-31", "2m", "2026-02-28"),
        ("2026-05-31", "13m", "2027-06-30"),
        ("2026-11-21", "9999d", "2054-04-07"),
        ("2026-11-21", "7973y", "9999-11-21"),
        ("2026-11-21", "7974y", None),
        ("2026-11-21", "9999m", "2860-02-21"),
        ("2026-11-21", "9999y", None),
    ],
)
def test_calendar_months_and_years_are_clamped(book, last, cadence_, due):
    assert cadence(book, f"cadence: {cadence_}", [f"{last} call"]) == (cadence_, due)


def test_the_last_interaction_counts(book):
    log = ["2026-10-01 call", "2026-11-01 call", "2026-09-01 call", "2026-11-20 note"]
    assert cadence(book, "tier: 15", log)[1] == "2026-12-01"


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2026-11-01", None, "2026-11-01"),
        ("2026-11-01", "2026-11-03", "2026-11-03"),
        ("2026-11-01", "2026-11-21", "2026-11-21"),
        ("2026-11-01", "2026-11-22", "2026-11-01"),
        ("2026-11-21", None, "2026-11-21"),
        ("2026-11-22", None, "2026-10-01"),
    ],
)
def test_an_event_where_one_met_counts_by_its_end(book, start, end, last):
    made = book(
        {
            "contacts/li.md": contact("tier: 150", ["2026-10-01 call"]),
            "events/e.md": event(
                start, f"end: {end}" if end else "", [met("li", "recontact: skip")]
            ),
        }
    )
    assert made.show("li")["last_contact"] == last


@pytest.mark.parametrize("front", ["status: cancelled", ""])
def test_an_event_that_was_cancelled_or_where_one_did_not_meet_counts_not(book, front):
    person = met("li") if front else "who: li"
    files = {"events/e.md": event("2026-11-01", front, [person])}
    assert cadence(book, "tier: 15", ["2026-10-25 call"], files=files)[1] == "2026-11-25"


@pytest.mark.parametrize(
    ("date", "due"),
    [
        ("2026-10-05", "2026-11-05"),
        ("2026-10", "2026-11-01"),
        ("2026", "2026-02-01"),
        ("2026-11-21", "2026-12-21"),
        ("2026-11", "2026-12-01"),
        ("--10-05", "2026-11-21"),
        ("2026-11-22", "2026-11-21"),
        ("2026-12", "2026-11-21"),
        ("2027", "2026-11-21"),
    ],
)
def test_else_from_the_day_one_met(book, date, due):
    assert cadence(book, f"tier: 15\nmet: {{date: {date}}}") == ("1m", due)


def test_an_interaction_goes_before_the_day_one_met(book):
    front = "tier: 15\nmet: {date: 2026-11-10}"
    assert cadence(book, front, ["2026-10-12 call"])[1] == "2026-11-12"


@pytest.mark.parametrize("today", [0, 1, 100])
def test_never_in_touch_is_due_today_itself(book, today):
    made = book({"contacts/li.md": contact("tier: 150")})
    (item,) = made.due(today=day(today))
    assert (item["due"], item["days_overdue"], item["ratio"]) == (day(today), 0, 0)


# --- snooze


@pytest.mark.parametrize(
    ("snooze", "due"),
    [
        ("2026-11-11", "2026-11-12"),
        ("2026-11-12", "2026-11-12"),
        ("2026-11-13", "2026-11-13"),
        ("2026-12-24", "2026-12-24"),
        ("2020-01-01", "2026-11-12"),
    ],
)
def test_nothing_by_cadence_falls_due_before_snooze(book, snooze, due):
    front = f"tier: 15\nsnooze: {snooze}"
    assert cadence(book, front, ["2026-10-12 call"]) == ("1m", due)


def test_snooze_holds_for_one_never_in_touch_too(book):
    assert cadence(book, "tier: 15\nsnooze: 2026-12-24")[1] == "2026-12-24"


def test_snooze_makes_nothing_due_that_has_no_cadence(book):
    assert cadence(book, "snooze: 2026-11-01") == (None, None)
    assert cadence(book, "cadence: never\nsnooze: 2026-11-01") == ("never", None)


# --- ratio


@pytest.mark.parametrize(
    ("front", "last", "days", "ratio"),
    [
        ("cadence: 1m", "2026-10-12", 9, 0.29),  # 9/31
        ("cadence: 6m", "2026-04-01", 51, 0.28),  # 51/183
        ("cadence: 1w", "2026-11-07", 7, 1.0),
        ("cadence: 2w", "2026-11-06", 1, 0.07),  # 1/14
        ("cadence: 10d", "2026-10-01", 41, 4.1),
        ("cadence: 1m", "2026-01-31", 266, 9.5),  # 266/28
        ("cadence: 1y", "2025-11-20", 1, 0.0),  # 1/365
        ("cadence: 1y", "2023-11-21", 730, 1.99),  # 730/366
        ("cadence: 1m", "2026-11-01", -10, -0.33),  # 10/30
        ("cadence: 1m\nsnooze: 2026-11-20", "2026-10-12", 1, 0.03),  # 1/31
    ],
)
def test_the_ratio_is_days_overdue_by_days_of_the_cadence(book, front, last, days, ratio):
    made = book({"contacts/li.md": contact(front, [f"{last} call"])})
    (item,) = made.due("--all")
    assert (item["days_overdue"], item["ratio"]) == (days, ratio)


# --- one person, one call


def kinds(book, files, **options) -> list[str]:
    return [item["kind"] for item in book(files, **options).due("--all") if item["id"] == "li"]


@pytest.mark.parametrize(
    ("offset", "left_out"), [(-5, True), (-1, True), (0, True), (1, False), (10, False)]
)
def test_cadence_is_left_out_beside_a_follow_up_that_is_due(book, offset, left_out):
    front = f"tier: 5\nfollow_up: {day(offset)}"
    found = kinds(book, {"contacts/li.md": contact(front, ["2026-10-01 call"])})
    assert ("cadence" not in found) == left_out
    assert "follow_up" in found


@pytest.mark.parametrize(("end", "left_out"), [(-3, True), (-1, True), (0, False)])
def test_cadence_is_left_out_beside_a_recontact_that_is_due(book, end, left_out):
    found = kinds(
        book,
        {
            "contacts/li.md": contact("cadence: 1d", ["2026-10-01 call"]),
            "events/e.md": event(day(end), people=[met("li")]),
        },
    )
    assert ("cadence" not in found) == left_out
    assert "recontact" in found


@pytest.mark.parametrize(("offset", "left_out"), [(-5, True), (0, True), (1, False)])
def test_cadence_is_left_out_beside_a_second_meeting_that_is_due(book, offset, left_out):
    found = kinds(
        book,
        {
            "contacts/li.md": contact("tier: 5", ["2026-10-01 call"]),
            "events/e.md": event("2026-10-02", people=[f"who: li, next: {day(offset)}"]),
        },
    )
    assert ("cadence" not in found) == left_out
    assert "second_meeting" in found


def test_cadence_that_is_left_out_has_no_due_in_show(book):
    made = book({"contacts/li.md": contact("tier: 5\nfollow_up: 2026-11-01")})
    assert made.show("li")["cadence"] == "1w"
    assert made.show("li")["due"] is None


def test_other_items_leave_cadence_where_it_is(book):
    found = kinds(
        book,
        {
            "contacts/li.md": contact(
                "tier: 5\nbirthday: 1990-11-21", ["2026-10-01 call"], "- [ ] x due 2026-11-01\n"
            )
        },
    )
    assert sorted(found) == ["birthday", "cadence", "task"]


def test_the_item_of_another_leaves_cadence_where_it_is(book):
    files = {
        "contacts/li.md": contact("tier: 5", ["2026-10-01 call"]),
        "contacts/wang.md": contact("follow_up: 2026-11-01"),
    }
    assert kinds(book, files) == ["cadence"]
