"""Notes are what no other part of a page shows."""

from __future__ import annotations

from textwrap import dedent

import pytest

from renmai.model.reading import read_record
from renmai.site.prose import notes_of


def notes(body: str, folder: str = "contacts", head: str = "name: A") -> str:
    data = f"---\n{head}\n---\n{dedent(body)}".encode()
    record = read_record(f"{folder}/a.md", data).record
    assert record is not None
    return notes_of(record)


def test_log_and_tasks_are_left_out() -> None:
    found = notes("""
        tea

        - [ ] call him
        - no task

        ## Log
        - 2026-11-02 call: he is hiring;
          promised him a name
        - 2026-10-12 meet: dinner

        ## More
        books
        """)
    assert found.split() == ["tea", "-", "no", "task", "##", "More", "books"]


def test_an_item_of_the_log_that_is_no_entry_stays() -> None:
    assert notes("## Log\n- last spring we met\n- 2026-10-12 meet: dinner\n") == (
        "## Log\n- last spring we met"
    )


def test_notes_between_the_tasks_of_a_phase_stay() -> None:
    body = "## Before\n- [x] read\n\nthe hall is cold\n\n## After\n- [ ] write\n"
    assert notes(body, "events", "title: A\ndate: 2026-11-01") == "## Before\n\n\nthe hall is cold"


@pytest.mark.parametrize("title", ["Notes", "笔记"])
def test_a_heading_that_says_notes_is_not_said_twice(title: str) -> None:
    assert notes(f"# {title}\n\nx") == "x"


def test_a_comment_in_code_is_no_heading() -> None:
    assert notes("```\n# a\n# b\n```\n") == "```\n# a\n# b\n```"
