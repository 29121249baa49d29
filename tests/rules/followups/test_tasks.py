"""Open tasks with a due date, and the checklists of events."""

from __future__ import annotations

import pytest

from renmai.rules.followups import FollowUp
from renmai.settings import Settings
from renmai.text.values import NEVER, Duration
from tests.books import book, card, community, day, due, event, facts, rows

TASK = "- [ ] call due 2026-12-01\n"


def test_in_any_file() -> None:
    files = {
        "contacts/li": card(body=TASK),
        "contacts/me": card("me: yes", body=TASK),
        "contacts/gone": card("status: dormant", body=TASK),
        "communities/tea": community(body=TASK),
        "events/e": event("2026-12-24", body=TASK),
    }
    assert rows(files, "task") == [(id, "2026-12-01") for id in ("e", "gone", "li", "me", "tea")]


@pytest.mark.parametrize(
    "task", ["- [x] a due 2026-12-01", "- [ ] a", "- [ ] a due 2026-13-01", "a due 2026-12-01"]
)
def test_what_is_not_due(task: str) -> None:
    assert rows({"contacts/li": card(body=task + "\n")}, "task") == []


def test_in_a_phase_it_is_of_the_checklist() -> None:
    files = {"events/e": event("2026-12-24", body=f"{TASK}## Before\n{TASK}## Notes\n{TASK}")}
    assert [item.line for item in due(files, "task")] == [6, 10]
    assert [item.line for item in due(files, "checklist")] == [8]


def test_a_heading_of_that_name_is_a_phase_in_an_event_alone() -> None:
    files = {"contacts/li": card(body=f"## Before\n{TASK}")}
    assert (len(due(files, "task")), due(files, "checklist")) == (1, [])


def test_a_cancelled_event_has_no_tasks() -> None:
    files = {"events/e": event("2026-12-24", "status: cancelled", body=f"{TASK}## Before\n{TASK}")}
    assert facts(files).follow_ups == []


def test_its_words() -> None:
    files = {
        "contacts/li": card(name="李雷"),
        "contacts/me": card(
            body="- [ ] write to [[li]] and [[li|him]], [[nobody]] (due 2026-12-01)\n"
        ),
    }
    (item,) = due(files, "task")
    assert item.title == "write to [[li]] and [[li|him]], [[nobody]] (due 2026-12-01)"
    assert item.what == "write to 李雷 and him, nobody"
    assert (item.line, item.args) == (5, {"record": "N"})


CHECKLIST = """
## Before
- [ ] before
- [ ] before, due 2026-12-01
## During
- [ ] during
- [ ] during, due 2026-12-01
## After
- [ ] after
- [ ] after, due 2026-12-01
"""


def of_day(today: str, front: str = "", settings: Settings | None = None) -> list[tuple[str, str]]:
    """The checklist of an event from 20 to 22 November: its words and the days they are due."""
    files = {"events/e": event("2026-11-20", front or "end: 2026-11-22", body=CHECKLIST)}
    items: list[FollowUp] = due(files, "checklist", day(today), settings or Settings())
    return [(item.title.split(",")[0], item.due.isoformat()) for item in items]


BEFORE = [("before", "2026-11-19"), ("before", "2026-12-01")]
DURING = [("during", "2026-11-20"), ("during", "2026-12-01")]
AFTER = [("after", "2026-11-23"), ("after", "2026-12-01")]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-01-01", BEFORE),
        ("2026-11-19", BEFORE),
        ("2026-11-20", sorted([*BEFORE, *DURING], key=lambda row: row[1])),
        ("2026-11-21", DURING),
        ("2026-11-22", sorted([*DURING, *AFTER], key=lambda row: row[1])),
        ("2026-11-23", AFTER),
        ("2027-02-20", AFTER),  # 22 November + 90 days
        ("2027-02-21", []),
    ],
)
def test_each_phase_in_its_days(today: str, expected: list[tuple[str, str]]) -> None:
    assert of_day(today) == expected


def test_an_event_of_one_day() -> None:
    assert [words for words, _ in of_day("2026-11-20", "kind: meetup")] == [
        *("before", "during", "after"),
        *("before", "during", "after"),
    ]
    assert of_day("2026-11-21", "kind: meetup") == [
        ("after", "2026-11-21"),
        ("after", "2026-12-01"),
    ]


def test_the_window_is_a_setting() -> None:
    window = Settings(recontact_window=Duration(1, "d"))
    assert of_day("2026-11-23", settings=window) == AFTER
    assert of_day("2026-11-24", settings=window) == []
    assert of_day("9999-12-31", settings=Settings(recontact_window=NEVER)) == AFTER


@pytest.mark.parametrize("status", ["considering", "going"])
def test_whether_one_goes_or_may_go(status: str) -> None:
    assert of_day("2026-11-01", f"status: {status}") == BEFORE


def test_it_names_event_and_line() -> None:
    files = {"events/e": event("2026-12-24", body="## Before\n- [ ] a [[nobody|guest]] list\n")}
    (item,) = due(files, "checklist")
    assert (item.id, item.about, item.path, item.line) == ("e", None, "events/e.md", 7)
    assert (item.title, item.what) == ("a [[nobody|guest]] list", "a guest list")
    assert (item.reason, item.args) == ("checklist.before", {"event": "T"})


def test_at_the_ends_of_the_calendar() -> None:
    first = {"events/e": event("0001-01-01", body="## Before\n- [ ] a\n")}
    assert rows(first, "checklist", day("0001-01-01")) == []
    last = {"events/e": event("9999-12-31", body="## After\n- [ ] a\n")}
    assert rows(last, "checklist", day("9999-12-31")) == []


def test_an_event_without_a_date_has_no_checklist() -> None:
    read = book({"events/e": "---\ntitle: T\n---\n## Before\n- [ ] a due 2026-12-01\n"})
    assert [task.phase for task in read.events["e"].tasks] == ["before"]
    assert rows({"events/e": "---\ntitle: T\n---\n## Before\n- [ ] a\n"}, "checklist") == []
