"""Promised contacts, and cadence as a follow-up."""

from __future__ import annotations

import pytest

from tests.books import TODAY, card, day, due, event, met, rows


@pytest.mark.parametrize(
    ("entry", "stands"),
    [
        ("2026-11-09 call", True),
        ("2026-11-10 call", False),
        ("2026-11-11 message", False),
        ("2026-11-11 note", True),
        ("2026-11-22 call", True),  # after today
    ],
)
def test_a_promise_is_kept_by_an_interaction_on_its_day_or_later(entry: str, stands: bool) -> None:
    files = {"contacts/li": card("follow_up: 2026-11-10", entry)}
    assert rows(files, "follow_up") == ([("li", "2026-11-10")] if stands else [])


def test_having_met_at_an_event_keeps_a_promise() -> None:
    files = {
        "contacts/li": card("follow_up: 2026-11-10"),
        "events/e": event("2026-11-09", "end: 2026-11-10", met("li")),
    }
    assert rows(files, "follow_up") == []
    files["events/e"] = event("2026-11-09", "", met("li"))
    assert rows(files, "follow_up") == [("li", "2026-11-10")]


@pytest.mark.parametrize("status", ["active", "wanted", "dormant"])
def test_a_promise_to_anybody_alive(status: str) -> None:
    files = {"contacts/li": card(f"follow_up: 2026-11-10\nstatus: {status}")}
    assert rows(files, "follow_up") == [("li", "2026-11-10")]


def test_none_to_oneself() -> None:
    assert rows({"contacts/me": card("me: yes\nfollow_up: 2026-11-10")}, "follow_up") == []


def test_a_promise_and_its_why() -> None:
    files = {"contacts/li": card("follow_up: {date: 2026-12-01, why: the book}")}
    (item,) = due(files, "follow_up")
    assert (item.line, item.reason, item.args) == (3, "follow_up.why", {"why": "the book"})
    (plain,) = due({"contacts/li": card("follow_up: 2026-12-01")}, "follow_up")
    assert plain.reason == "follow_up.plain"


@pytest.mark.parametrize(
    ("front", "log", "reason", "start", "expected"),
    [
        ("", "2026-11-01 call", "cadence.last", "2026-11-01", "2026-12-01"),
        ("met: {date: 2026-11}", "", "cadence.met", "2026-11-01", "2026-12-01"),
        ("", "", "cadence.never", "2026-11-21", "2026-11-21"),
        ("", "2026-11-22 call", "cadence.never", "2026-11-21", "2026-11-21"),
    ],
)
def test_cadence(front: str, log: str, reason: str, start: str, expected: str) -> None:
    files = {"contacts/li": card(f"tier: 15\n{front}", *([log] if log else []))}
    (item,) = due(files, "cadence")
    assert (item.reason, item.args["day"], item.due) == (reason, day(start), day(expected))
    assert str(item.args["cadence"]) == "1m"
    assert (item.path, item.line) == ("contacts/li.md", 1)


def test_the_latest_interaction_counts_wherever_it_is_written() -> None:
    files = {
        "contacts/li": card("tier: 15", "2026-09-01 call", "2026-08-01 meet"),
        "contacts/wang": card("", "2026-10-01 meet with [[li]]"),
        "contacts/me": card("me: yes", "2026-10-02 note with [[li]]"),
        "events/e": event("2026-09-29", "end: 2026-09-30", met("li")),
        "communities/tea": "---\nname: C\n---\n## Log\n- 2026-09-30 meet with [[li]]\n",
    }
    assert rows(files, "cadence") == [("li", "2026-11-01")]


def test_never_in_touch_is_due_every_day_anew() -> None:
    files = {"contacts/li": card("tier: 15")}
    assert rows(files, "cadence", TODAY) == [("li", "2026-11-21")]
    assert rows(files, "cadence", day("2030-01-01")) == [("li", "2030-01-01")]


def test_only_one_of_several_own_cards_is_the_own_but_none_has_a_cadence() -> None:
    files = {f"contacts/{id}": card("me: yes\ntier: 15") for id in ("a", "b")}
    assert rows(files, "cadence") == []
