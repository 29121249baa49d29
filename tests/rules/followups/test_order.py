"""The order of what falls due, and what stands in for a cadence."""

from __future__ import annotations

import random
from datetime import timedelta
from fractions import Fraction

import pytest

from renmai.model.book import Book
from renmai.rules.followups import KINDS, FollowUp, follow_ups
from renmai.text.values import Duration
from tests.books import DEFAULTS, TODAY, card, community, day, due, event, facts, met, sources

#: One item of every kind that is overdue, one of today's and one ahead.
FILES = {
    "contacts/cold": card("tier: 5", "2026-11-10 call"),
    "contacts/now": card("tier: 5", "2026-11-14 call"),
    "contacts/soon": card("tier: 5", "2026-11-15 call"),
    "contacts/promised": card("follow_up: 2026-11-19"),
    "contacts/born": card("birthday: --11-21\ndates: [{date: --12-01}]"),
    "contacts/seen": card("tier: 15", "2026-01-01 call"),
    "contacts/agreed": card(),
    "events/summit": event(
        "2026-11-17",
        "",
        met("seen"),
        met("Ms Wu"),
        "who: agreed, next: 2026-11-20",
        body="## After\n- [ ] thank them\n- [ ] a due 2026-11-21\n- [ ] b due 2026-12-24\n",
    ),
    "communities/tea": community("role: owner\nsince: 2026-10-01\ngather_every: 1m"),
    "communities/run": community(
        "role: admin\nsince: 2026-11\ngather_every: 1m", body="- [ ] x due 2026-11-16\n"
    ),
}


def kinds_and_days(items: list[FollowUp]) -> list[tuple[str, str, int]]:
    return [(item.kind, item.id, item.days_overdue) for item in items]


def test_every_kind_in_order() -> None:
    assert kinds_and_days(facts(FILES).follow_ups) == [
        # Overdue promises, the longest first; of one day, by the order of the kinds.
        ("gathering", "tea", 20),
        ("task", "run", 5),
        ("recontact", "seen", 3),
        ("card", "summit", 3),
        ("checklist", "summit", 3),
        ("follow_up", "promised", 2),
        ("second_meeting", "agreed", 1),
        # Overdue cadence; that of `seen` gives way to the message.
        ("cadence", "cold", 4),
        # Today's.
        ("checklist", "summit", 0),
        ("birthday", "born", 0),
        ("cadence", "now", 0),
        # Ahead, by date.
        ("cadence", "soon", -1),
        ("gathering", "run", -10),
        ("birthday", "born", -10),
        ("checklist", "summit", -33),
    ]


def test_overdue_cadence_by_the_exact_ratio() -> None:
    files = {
        # 2/7 = 0.2857 and 9/31 = 0.2903, both 0.29 when rounded.
        "contacts/a": card("cadence: 1w", "2026-11-12 call"),
        "contacts/b": card("cadence: 1m", "2026-10-12 call"),
        # 14/7 = 2, though overdue for less long than 51/183.
        "contacts/c": card("cadence: 1w", "2026-10-31 call"),
        "contacts/d": card("cadence: 6m", "2026-04-01 call"),
    }
    items = facts(files).follow_ups
    assert [(item.id, item.ratio) for item in items] == [
        ("c", Fraction(2)),
        ("b", Fraction(9, 31)),
        ("a", Fraction(2, 7)),
        ("d", Fraction(51, 183)),
    ]


def test_equal_ratios_by_id() -> None:
    # 1/7 and 2/14.
    files = {
        "contacts/b": card("cadence: 1w", "2026-11-13 call"),
        "contacts/a": card("cadence: 2w", "2026-11-05 call"),
    }
    assert [item.id for item in facts(files).follow_ups] == ["a", "b"]


def test_ties_by_kind_then_id_then_path_then_line() -> None:
    task = "- [ ] x due 2026-11-20\n"
    files = {
        "contacts/b": card("follow_up: 2026-11-20", body=task),
        "contacts/Z": card(body=task),
        "contacts/zz/A": card(body=task),
        "contacts/a": card(body=task + task),
        "contacts/é": card(body=task),
        "contacts/李": card(body=task),
    }
    items = facts(files).follow_ups
    assert [(item.kind, item.id, item.line) for item in items] == [
        ("task", "A", 5),  # ids by code points, wherever the file lies
        ("task", "Z", 5),
        ("task", "a", 5),
        ("task", "a", 6),
        ("task", "b", 5),
        ("task", "é", 5),
        ("task", "李", 5),
        ("follow_up", "b", 3),
    ]


def test_one_person_met_at_two_events_by_path() -> None:
    files = {
        "contacts/li": card(),
        "events/b/one": event("2026-11-10", "", met("li")),
        "events/a/two": event("2026-11-10", "", met("li")),
    }
    assert [item.path for item in due(files, "recontact")] == ["events/a/two.md", "events/b/one.md"]


@pytest.mark.parametrize(
    ("promise", "stands_in"),
    [("2026-11-20", True), ("2026-11-21", True), ("2026-11-22", False)],
)
def test_one_person_one_call(promise: str, stands_in: bool) -> None:
    for files in (
        {"contacts/li": card(f"tier: 5\nfollow_up: {promise}", "2026-10-01 call")},
        {
            "contacts/li": card("tier: 5", "2026-10-01 call"),
            "events/e": event("2026-10-01", "", f"who: li, next: {promise}"),
        },
    ):
        assert (due(files, "cadence") == []) is stands_in


def test_other_kinds_leave_the_cadence() -> None:
    files = {
        "contacts/li": card(
            "tier: 5\nbirthday: --11-21", "2026-10-01 call", body="- [ ] x due 2026-11-01\n"
        ),
    }
    assert [item.kind for item in facts(files).follow_ups] == ["task", "cadence", "birthday"]


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        ("2026-11-20", "overdue"),
        ("2026-11-21", "today"),
        ("2026-11-22", "upcoming"),
        ("2026-12-05", "upcoming"),  # today + 14 days
        ("2026-12-06", "later"),
    ],
)
def test_the_borders_of_the_states(due_on: str, state: str) -> None:
    (item,) = due({"contacts/li": card(f"follow_up: {due_on}")}, "follow_up")
    assert item.state(DEFAULTS.horizon) == state
    assert item.days_overdue == (TODAY - day(due_on)).days


def test_a_horizon_without_end_takes_all_in() -> None:
    (item,) = due({"contacts/li": card("follow_up: 9999-12-31")}, "follow_up")
    assert item.state(Duration(9999, "y")) == "upcoming"
    assert item.state(Duration(0, "never")) == "upcoming"


def test_the_order_of_the_files_makes_no_difference() -> None:
    expected = facts(FILES).follow_ups
    read = sources(FILES)
    shuffle = random.Random(20261121).shuffle
    for _ in range(20):
        shuffle(read)
        assert follow_ups(Book(read), TODAY, DEFAULTS) == expected


def test_a_day_later_what_is_still_due_is_a_day_more_overdue() -> None:
    for offset in range(-40, 120):
        today = TODAY + timedelta(days=offset)
        rows = {}
        for item in facts(FILES, today).follow_ups:
            rows[(item.kind, item.id, item.path, item.line, item.due)] = item.days_overdue
        next_day = facts(FILES, today + timedelta(days=1)).follow_ups
        both = [
            (item, rows[key])
            for item in next_day
            if (key := (item.kind, item.id, item.path, item.line, item.due)) in rows
        ]
        assert both
        assert all(item.days_overdue == before + 1 for item, before in both)


def test_the_kinds_are_those_of_the_table_in_its_order() -> None:
    assert list(KINDS) == [
        *("recontact", "card", "task", "follow_up", "checklist", "second_meeting"),
        *("gathering", "birthday", "cadence"),
    ]
    assert {item.kind for item in facts(FILES).follow_ups} == set(KINDS)


def test_nothing_falls_due_for_the_dead() -> None:
    files = {
        "contacts/li": card(
            "status: deceased\ntier: 5\nfollow_up: 2026-11-01\nbirthday: --11-21\n"
            "dates: [{date: --11-21}]",
            "2026-10-01 call",
            body="- [ ] x due 2026-11-01\n",
        ),
        "events/e": event("2026-11-18", "", met("li", "next: 2026-11-20")),
    }
    assert facts(files).follow_ups == []
