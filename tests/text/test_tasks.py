"""Tasks and their due dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.model.reading import read_record
from renmai.problems import Problem
from renmai.text.tasks import Task
from tests.books import day


def read(body: str, path: str = "contacts/li.md") -> tuple[list[Task], list[Problem]]:
    """The tasks of a body and its problems; the body begins on line 4."""
    source = read_record(path, f"---\nname: N\n---\n{body}".encode())
    assert source.record
    return list(source.record.tasks), [each for each in source.problems if each.code == "bad-due"]


def task(written: str) -> Task:
    """The only task, without a problem."""
    found, problems = read(written)
    assert problems == []
    (only,) = found
    return only


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("- [ ] a", False),
        ("* [x] a", True),
        ("+ [X] a", True),
        ("1. [ ] a", False),
        ("2) [x] a", True),
        ("   - [ ] a", False),
        ("-   [ ] a", False),
        ("-\t[ ]\ta", False),
        ("- [ ]\u3000a", False),
    ],
)
def test_what_is_a_task(line: str, done: bool) -> None:
    assert task(line) == Task("a", done, 4)


@pytest.mark.parametrize(
    "line", ["- []", "- [] a", "- [ ]a", "- [y] a", "- [  ] a", "[ ] a", "- a [ ] b", "- `[ ]` a"]
)
def test_what_is_none(line: str) -> None:
    assert read(line) == ([], [])


def test_an_empty_task() -> None:
    assert task("- [ ]") == Task("", False, 4)
    assert task("- [x] ") == Task("", True, 4)


DUE = day("2026-12-01")


@pytest.mark.parametrize(
    "words",
    [
        "a due 2026-12-01",
        "a (due 2026-12-01)",
        "a DUE: 2026-12-01",
        "a due：2026-12-01",
        "a due:2026-12-01",
        "a due2026-12-01 due 2026-12-01",  # no word of its own at first
        "a due  :  2026-12-01",
        "a 截止 2026-12-01",
        "a截止：2026-12-01",
        "a截止2026-12-01",
        "a（截止 2026-12-01）",
        "a 📅 2026-12-01",
        "a 📅2026-12-01",
        "a 📅\ufe0f 2026-12-01",
        "a 📅：2026-12-01",
        "due 2026-12-01",
        "a due\u30002026-12-01",
        "a due 2026-12-01.",
        "a due 2026-12-01日",
        "a due 2026-12-01, or due 2026-12-31",
        "a overdue 2026-11-01 due 2026-12-01",
        "a due soon; due 2026-12-01",
        "a due to rain, due 2026-12-01",
        "a due_date 2026-11-01 due 2026-12-01",
        "a residue 2026-11-01 due 2026-12-01",
        "交due 2026-12-01",
    ],
)
def test_due_dates(words: str) -> None:
    assert task(f"- [ ] {words}").due == DUE
    assert task(f"- [x] {words}").due == DUE


@pytest.mark.parametrize(
    "words",
    ["a", "a due", "a due soon", "a 2026-12-01", "a overdue 2026-12-01", "a `due 2026-12-01`",
     "a <!-- due 2026-12-01 -->", "a due — 2026-12-01", "截止日期"],
)  # fmt: skip
def test_without_one(words: str) -> None:
    assert task(f"- [ ] {words}").due is None


@pytest.mark.parametrize(
    ("words", "word", "due"),
    [
        ("a due 2026-13-01", "2026-13-01", None),
        ("a due 2026-02-30", "2026-02-30", None),
        ("a due 1", "1", None),
        ("a due 5 December", "5", None),
        ("a due 2026-12", "2026-12", None),
        ("a due 2026-12-011", "2026-12-011", None),
        ("a due 2026-12-01T10:00", "2026-12-01T10:00", None),
        ("a due 2026-12-01-02", "2026-12-01-02", None),
        ("a (due 12/1)", "12/1", None),
        ("a 截止 12月1日", "12月1日", None),
        ("a 截止：1日，快", "1日", None),
        ("a 📅 1", "1", None),
        ("a due 1, due 2026-12-01", "1", DUE),
    ],
)
def test_bad_due(words: str, word: str, due: object) -> None:
    found, (problem,) = read(f"\n- [ ] {words}\n")
    assert (problem.line, problem.code, problem.severity) == (5, "bad-due", "warning")
    assert dict(problem.args) == {"word": word}
    assert found[0].due == due
    # Of a task that is done nobody needs to know.
    assert read(f"- [x] {words}")[1] == []


def test_a_task_goes_on_to_the_end_of_its_paragraph() -> None:
    found = task("- [ ] call\n  her, due\n  2026-12-01\n\n  due 2026-12-31")
    assert (found.text, found.due) == ("call her, due 2026-12-01", DUE)


def test_tasks_anywhere() -> None:
    body = (
        "- [ ] a\n  - [ ] b\n      - [x] c\n\n> - [ ] d\n\n## Log\n- 2026-11-01 call\n  - [ ] e\n"
        "- [ ] f\n\n```\n- [ ] no\n```\n\ntext\n\n    - [ ] no\n\n"
        "<!-- \n- [ ] no\n-->\n1. - [ ] g\n"
    )
    found, _ = read(body)
    assert [each.text for each in found] == ["a", "b", "c", "d", "e", "f", "g"]
    assert [each.line for each in found] == [4, 5, 6, 8, 12, 13, 26]


@pytest.mark.parametrize(
    ("heading", "phase"),
    [
        ("## Before", "before"),
        ("## BEFORE ##", "before"),
        ("## 会前", "before"),
        ("## 会议前", "before"),
        ("## During", "during"),
        ("## 会中", "during"),
        ("## 会议中", "during"),
        ("## After", "after"),
        ("## 会后", "after"),
        ("## 会议后", "after"),
        ("Before\n------", "before"),
        ("## Before\n### More", "before"),
        ("### Before", ""),
        ("# Before", ""),
        ("## Before us", ""),
        ("## Before\n## Notes", ""),
        ("## Before\n# Notes", ""),
        ("## Log", ""),
    ],
)
def test_phases(heading: str, phase: str) -> None:
    (found,), _ = read(f"{heading}\n\n- [ ] a\n", "events/e.md")
    assert found.phase == phase
    (found,), _ = read(f"{heading}\n\n- [ ] a\n")  # a contact has none
    assert found.phase == ""


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a due 2026-12-01", "a"),
        ("a, due 2026-12-01", "a"),
        ("a (due 2026-12-01) b", "a b"),
        ("寄书，截止：2026-12-01", "寄书"),
        ("寄书（截止 2026-12-01）", "寄书"),
        ("📅 2026-12-01 a", "a"),
        ("due 2026-12-01", "due 2026-12-01"),  # nothing else to show
        ("a due soon", "a due soon"),
    ],
)
def test_its_words_without_the_date(words: str, shown: str) -> None:
    assert task(f"- [ ] {words}").without_due == shown


WORDS = st.sampled_from(["due", "Due", "截止", "📅"])
COLONS = st.sampled_from(["", ":", "：", " :", " ： "])
SPACES = st.sampled_from([" ", "  ", "\t", "\u3000", "\n  "])
BEFORE = st.sampled_from(["", "call her ", "寄书", "(", "（", "a, ", "overdue, "])
BEHIND = st.sampled_from(["", ".", ")", "）", " b", "，快", "日", "; due 1999-01-01"])


@given(BEFORE, WORDS, COLONS, SPACES, st.dates(), BEHIND)
def test_every_way_to_write_one(
    before: str, word: str, colon: str, space: str, due: object, behind: str
) -> None:
    found = task(f"- [ ] {before}{word}{colon}{space}{due}{behind}\n")
    assert found.due == due


@given(st.text(st.sampled_from("due 截止📅:：0129-[]x()\n`"), max_size=40))
def test_any_words_are_read(words: str) -> None:
    read(f"- [ ] {words}\n")
