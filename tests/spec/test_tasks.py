"""format.md, "Tasks" and the phases of an event: what is a task, when it is due, bad-due."""

from __future__ import annotations

import pytest

from tests.spec.book import community, contact, event, line_of


def due_lines(book, body: str, ends: str = "\n") -> list[tuple[int, str]]:
    """`(line, due)` of the tasks that fall due; line 1 is the first line of the body."""
    made = book({"contacts/a.md": contact(body=body).replace("\n", ends)})
    assert made.problems() == []
    items = made.due("--all")
    assert all((item["kind"], item["id"]) == ("task", "a") for item in items)
    return sorted((item["line"] - 3, item["due"]) for item in items)


# --- what is a task


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "1)", "7."])
@pytest.mark.parametrize("indent", ["", " ", "  ", "   "])
def test_any_list_mark(book, mark, indent):
    assert due_lines(book, f"{indent}{mark} [ ] x due 2026-12-01\n") == [(1, "2026-12-01")]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_at_any_indent(book, ends):
    body = (
        "- one\n  - [ ] a due 2026-12-01\n    - [ ] b due 2026-12-02\n"
        "      1. [ ] c due 2026-12-03\n\n        - [ ] d due 2026-12-04\n"
    )
    assert due_lines(book, body, ends) == [
        (2, "2026-12-01"),
        (3, "2026-12-02"),
        (4, "2026-12-03"),
        (6, "2026-12-04"),
    ]


@pytest.mark.parametrize("box", ["[x]", "[X]"])
def test_a_ticked_task_does_not_fall_due(book, box):
    assert due_lines(book, f"- {box} x due 2026-12-01\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "[ ] x due 2026-12-01",
        "- x due 2026-12-01",
        "- [] x due 2026-12-01",
        "- [y] x due 2026-12-01",
        "-[ ] x due 2026-12-01",
        "- x [ ] due 2026-12-01",
        "- [ ] x",
    ],
)
def test_what_does_not_fall_due(book, line):
    assert due_lines(book, line + "\n") == []


@pytest.mark.parametrize(
    "body",
    [
        "```\n- [ ] x due 2026-12-01\n```\n",
        "~~~\n- [ ] x due 2026-12-01\n",
        "text\n\n    - [ ] x due 2026-12-01\n",
        "\t- [ ] x due 2026-12-01\n",
        "<!-- - [ ] x due 2026-12-01 -->\n",
        "<!--\n- [ ] x due 2026-12-01\n-->\n",
        "- item\n\n  ```\n  - [ ] x due 2026-12-01\n  ```\n",
        "- item\n\n      - [ ] x due 2026-12-01\n",
        "`- [ ] x due 2026-12-01`\n",
        "- [ ] x `due 2026-12-01`\n",
        "- [ ] x <!-- due 2026-12-01 -->\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_tasks_in_code_and_comments_are_passed_over(book, body, ends):
    assert due_lines(book, body, ends) == []


def test_a_task_may_stand_anywhere(book):
    made = book(
        {
            "contacts/a.md": contact(
                body="# Notes\n\n- [ ] a due 2026-12-01\n", log=["[ ] b due 2026-12-02"]
            ),
            "events/e.md": event("2026-12-24", body="- [ ] c due 2026-12-03\n"),
            "communities/c.md": community(body="## Before\n\n- [ ] d due 2026-12-04\n"),
            "contacts/me.md": contact("me: yes", body="- [ ] e due 2026-12-05\n"),
        }
    )
    assert made.dues("task") == [
        ("a", "2026-12-01"),
        ("a", "2026-12-02"),
        ("e", "2026-12-03"),
        ("c", "2026-12-04"),
        ("me", "2026-12-05"),
    ]


def test_a_task_below_a_log_entry(book):
    body = "## Log\n\n- 2026-11-02 call: x\n  - [ ] send it due 2026-12-01\n"
    assert due_lines(book, body) == [(4, "2026-12-01")]


# --- when it is due


@pytest.mark.parametrize(
    "text",
    [
        "x due 2026-12-01",
        "due 2026-12-01 x",
        "x due: 2026-12-01",
        "x due:2026-12-01",
        "x due : 2026-12-01",
        "x due：2026-12-01",
        "x due   2026-12-01",
        "x due\u30002026-12-01",
        "x (due 2026-12-01)",
        "x (due: 2026-12-01) y",
        "x (due 2026-12-01), y",
        "x, due 2026-12-01.",
        "x due 2026-12-01, y",
        "x due 2026-12-01；y",
        "写信 截止 2026-12-01",
        "写信 截止2026-12-01",
        "写信 截止：2026-12-01",
        "写信 截止： 2026-12-01",
        "写信 截止: 2026-12-01",
        "写信截止2026-12-01",
        "写信（截止 2026-12-01）",
        "x 📅 2026-12-01",
        "x 📅2026-12-01",
        "x📅 2026-12-01",
        "x 📅: 2026-12-01",
        "due 2026-12-01",
        "📅 2026-12-01 x due 2026-12-05",
        "x due 2026-12-01 y due 2026-11-01",
        "x 截止 2026-12-01 📅 2026-11-01",
        "x 2026-10-01 due 2026-12-01",
        "x due tomorrow, due 2026-12-01",
        "overdue letter due 2026-12-01",
        "**x** due 2026-12-01",
        "see [[a]] due 2026-12-01",
        "`due 2026-10-01` due 2026-12-01",
    ],
)
def test_a_due_date(book, text):
    assert due_lines(book, f"- [ ] {text}\n") == [(1, "2026-12-01")]


@pytest.mark.parametrize(
    "text",
    ["2026-12-01", "until 2026-12-01", "by 2026-12-01", "due soon", "due", "residue", "x 截止"],
)
def test_no_due_date(book, text):
    assert due_lines(book, f"- [ ] {text}\n") == []


def test_a_task_is_due_on_its_date(book):
    made = book(
        {
            "contacts/a.md": contact(
                body="- [ ] o due 2026-11-20\n- [ ] t due 2026-11-21\n- [ ] u due 2026-12-05\n"
                "- [ ] l due 2026-12-06\n- [ ] 1 due 0001-01-01\n- [ ] 9 due 9999-12-31\n"
            )
        }
    )
    assert [item["line"] - 3 for item in made.due()] == [5, 1, 2, 3]
    assert [item["line"] - 3 for item in made.due("--all")] == [5, 1, 2, 3, 4, 6]


# --- bad-due


@pytest.mark.parametrize(
    "text",
    [
        "x due 2026-13-01",
        "x due 2026-02-30",
        "x due 2026-12",
        "x due 2026-1-2",
        "x due 2026/12/01",
        "x due 12 December",
        "x due: 5",
        "x due：12月1日",
        "x (due 1.12.)",
        "x 截止 12月1日",
        "x 截止：2026年12月1日",
        "x截止2026-13-01",
        "x 📅 2026-02-30",
        "x 📅 1",
        "x due 3pm",
        "x due 20261201",
    ],
)
@pytest.mark.parametrize("mark", ["- [ ]", "  1. [ ]"])
def test_a_due_date_that_is_none_is_a_warning(book, text, mark):
    made = book({"contacts/a.md": contact(body=f"text\n\n{mark} {text}\n")})
    assert made.at("contacts/a.md") == [(6, "warning", "bad-due")]
    assert made.due("--all") == []


@pytest.mark.parametrize(
    "body",
    [
        "- [x] x due 2026-13-01\n",
        "- [X] x due 2026-13-01\n",
        "- x due 2026-13-01\n",
        "due 2026-13-01\n",
        "- [ ] x due soon\n",
        "- [ ] x due in 2 days\n",
        "- [ ] x due\n",
        "- [ ] overdue 5 times\n",
        "- [ ] residue 5\n",
        "- [ ] dues 5\n",
        "- [ ] 截止日期 5\n",
        "- [ ] x `due 2026-13-01`\n",
        "- [ ] x <!-- due 5 -->\n",
        "```\n- [ ] x due 5\n```\n",
        "<!--\n- [ ] x due 5\n-->\n",
    ],
)
def test_what_is_no_bad_due(book, body):
    assert due_lines(book, body) == []


def test_bad_due_in_a_checklist_and_in_a_nested_task(book):
    text = event("2026-12-24", body="## Before\n\n- [ ] a due 5\n  - [ ] b due 2026-13-01\n")
    assert book({"events/e.md": text}).at("events/e.md") == [
        (line_of(text, "a due"), "warning", "bad-due"),
        (line_of(text, "b due"), "warning", "bad-due"),
    ]


# --- phases


PHASES = {
    "before": ["Before", "会前", "会议前", "before", "BEFORE"],
    "during": ["During", "会中", "会议中", "during"],
    "after": ["After", "会后", "会议后", "after"],
}


def progress(book, body: str) -> dict[str, list[int]]:
    made = book({"events/e.md": event("2026-11-21", body=body)})
    assert made.problems() == []
    readiness = made.show("e")["readiness"]
    return {phase: readiness[phase] for phase in PHASES}


@pytest.mark.parametrize(
    ("heading", "phase"), [(word, phase) for phase, words in PHASES.items() for word in words]
)
@pytest.mark.parametrize("form", ["## {}", "##  {}  ", "## {} ##", "   ## {}"])
def test_a_level_2_heading_opens_a_phase(book, heading, phase, form):
    body = (
        f"- [ ] none\n\ntext\n\n{form.format(heading)}\n\n- [ ] a\n- [x] b\n  - [X] c\n- no task\n"
    )
    expected = {name: [0, 0] for name in PHASES} | {phase: [2, 3]}
    assert progress(book, body) == expected


@pytest.mark.parametrize(
    "heading", ["# Before", "### Before", "## Beforehand", "##Before", "## 会"]
)
def test_what_opens_no_phase(book, heading):
    assert progress(book, f"{heading}\n\n- [ ] a\n")["before"] == [0, 0]


@pytest.mark.parametrize("heading", ["## Notes", "# Notes", "## Log", "Notes\n---", "Notes\n==="])
def test_a_phase_ends_at_the_next_heading_of_its_level(book, heading):
    assert progress(book, f"## Before\n\n- [ ] a\n\n{heading}\n\n- [ ] b\n")["before"] == [0, 1]


def test_a_heading_below_does_not_end_a_phase(book):
    assert progress(book, "## Before\n\n- [ ] a\n\n### x\n\n- [x] b\n")["before"] == [1, 2]


def test_all_three_phases_and_a_phase_begun_twice(book):
    body = (
        "## 会前\n\n- [x] a\n- [x] b\n\n## During\n\n- [ ] c\n\n## 会后\n\n- [x] d\n- [ ] e\n"
        "\n## Before\n\n- [ ] f\n"
    )
    assert progress(book, body) == {"before": [2, 3], "during": [0, 1], "after": [1, 2]}


def test_tasks_outside_the_phases_are_no_checklist(book):
    body = (
        "- [ ] a due 2026-11-30\n\n## Before\n\n- [ ] b due 2026-11-29\n\n"
        "## Notes\n\n- [ ] c due 2026-11-28\n"
    )
    made = book({"events/e.md": event("2026-12-24", body=body)})
    assert made.dues("checklist") == [("e", "2026-11-29")]
    assert made.dues("task") == [("e", "2026-11-28"), ("e", "2026-11-30")]


@pytest.mark.parametrize("path", ["contacts/a.md", "communities/a.md"])
def test_a_phase_heading_elsewhere_means_nothing(book, path):
    body = "## Before\n\n- [ ] b due 2026-11-29\n"
    made = book({path: contact(body=body)})
    assert made.dues("task") == [("a", "2026-11-29")]
    assert made.dues("checklist") == []


@pytest.mark.parametrize("hidden", ["```\n{}\n```", "<!--\n{}\n-->", "~~~\n{}\n~~~"])
def test_a_phase_in_code_or_a_comment_is_none(book, hidden):
    body = hidden.format("## Before\n- [ ] a") + "\n\n- [ ] b\n"
    assert progress(book, body)["before"] == [0, 0]
