"""A task is ticked, or put off: one box or one date, and no other byte."""

from __future__ import annotations

from datetime import date

import pytest

from renmai.edit.refusal import Refusal
from renmai.edit.tasks import put_off, tick
from renmai.model.reading import read_record
from renmai.text.tasks import Task
from tests.edit import odd

PATH = "events/e.md"
UNTIL = date(2027, 1, 5)


def the_task(data: bytes, number: int = 0) -> Task:
    record = read_record(PATH, data).record
    assert record
    return [task for task in record.tasks if not task.done][number]


TICKED = {
    "plain": ("- [ ] send\n", "- [x] send\n"),
    "other marks": ("* [ ] a\n", "* [x] a\n"),
    "numbered": ("1. [ ] a\n2. [x] b\n", "1. [x] a\n2. [x] b\n"),
    "nested": ("- x\n    - [ ] a\n", "- x\n    - [x] a\n"),
    "tabs": ("-\t[ ] a\n", "-\t[x] a\n"),
    "in a quote": ("> - [ ] a\n", "> - [x] a\n"),
    "a box in its words": ("- [ ] write `[ ]` in [ ] boxes\n", "- [x] write `[ ]` in [ ] boxes\n"),
    "below an entry": (
        "## Log\n\n- 2026-11-02 call: x\n  - [ ] send\n",
        "## Log\n\n- 2026-11-02 call: x\n  - [x] send\n",
    ),
    "with a bad date": ("- [ ] send due 2026-13-01\n", "- [x] send due 2026-13-01\n"),
    "no last line feed": ("- [ ] שלום 🎈", "- [x] שלום 🎈"),
    "after fences": ("```\n- [ ] no\n```\n- [ ] a\n", "```\n- [ ] no\n```\n- [x] a\n"),
    "at once": ("- [ ] a\n- [ ] a\n", "- [x] a\n- [ ] a\n"),
}


@pytest.mark.parametrize("name", TICKED)
def test_tick(name: str) -> None:
    before, after = TICKED[name]
    for front in (odd.FRONT, odd.FRONTS["comments"], odd.FRONTS["none"], "---\ntitle: T\n---\n"):
        pairs = zip(odd.written(front + before), odd.written(front + after), strict=True)
        for (_, old), (_, new) in pairs:
            assert tick(PATH, old, the_task(old)) == new


def test_the_second_of_two_alike() -> None:
    data = b"---\ntitle: T\n---\n- [ ] a\n- [ ] a\n"
    assert tick(PATH, data, the_task(data, 1)) == b"---\ntitle: T\n---\n- [ ] a\n- [x] a\n"


def test_a_task_that_moved_meanwhile_is_found_by_its_words() -> None:
    task = the_task(b"---\ntitle: T\n---\n- [ ] a\n- [ ] b\n", 1)
    now = b"---\ntitle: T\n---\nMore.\n\n- [ ] new\n- [ ] a\n- [ ] b\n"
    assert tick(PATH, now, task) == now.replace(b"[ ] b", b"[x] b")


@pytest.mark.parametrize("now", [b"- [x] a\n", b"- [ ] reworded\n", b"", b"```\n- [ ] a\n```\n"])
def test_a_task_that_is_gone(now: bytes) -> None:
    front = b"---\ntitle: T\n---\n"
    task = the_task(front + b"- [ ] a\n")
    assert tick(PATH, front + now, task) == Refusal("gone", 4)
    assert put_off(PATH, front + now, task, UNTIL, "en") == Refusal("gone", 4)


def test_a_broken_file_is_left_alone() -> None:
    task = the_task(b"---\ntitle: T\n---\n- [ ] a\n")
    for broken in (b"---\ntitle: [\n---\n- [ ] a\n", b"---\ntitle: T\n---\n- [ ] a\n\xff"):
        refused = tick(PATH, broken, task)
        assert isinstance(refused, Refusal)
        assert refused.reason == "unreadable"


PUT_OFF = {
    "due": ("- [ ] send due 2026-12-01\n", "- [ ] send due 2027-01-05\n"),
    "brackets": ("- [ ] send (due 2026-12-01) x\n", "- [ ] send (due 2027-01-05) x\n"),
    "chinese": ("- [ ] 寄书 截止：2026-12-01\n", "- [ ] 寄书 截止：2027-01-05\n"),
    "calendar": ("- [ ] 📅 2026-12-01 寄书\n", "- [ ] 📅 2027-01-05 寄书\n"),
    "the date in its words": (
        "- [ ] notes of 2026-12-01, due 2026-12-01\n",
        "- [ ] notes of 2026-12-01, due 2027-01-05\n",
    ),
    "on a further line": ("- [ ] send\n  it due 2026-12-01\n", "- [ ] send\n  it due 2027-01-05\n"),
    "none": ("- [ ] send\n", "- [ ] send due 2027-01-05\n"),
    "none, with space behind": ("- [ ] send  \n", "- [ ] send due 2027-01-05  \n"),
    "none, two lines": ("- [ ] send\n  it\n", "- [ ] send\n  it due 2027-01-05\n"),
    "none, a list below": ("- [ ] send\n  - x\n", "- [ ] send due 2027-01-05\n  - x\n"),
    "none, no last line feed": ("- [ ] send", "- [ ] send due 2027-01-05"),
    "a bad one first": (
        "- [ ] due 2026-13-01 due 2026-12-01\n",
        "- [ ] due 2026-13-01 due 2027-01-05\n",
    ),
}


@pytest.mark.parametrize("name", PUT_OFF)
def test_put_off(name: str) -> None:
    before, after = PUT_OFF[name]
    front = "---\ntitle: T\n---\n"
    pairs = zip(odd.written(front + before), odd.written(front + after), strict=True)
    for (_, old), (_, new) in pairs:
        assert put_off(PATH, old, the_task(old), UNTIL, "en") == new


def test_put_off_in_the_words_of_the_language() -> None:
    data = "---\ntitle: T\n---\n- [ ] 寄书\n".encode()
    made = put_off(PATH, data, the_task(data), UNTIL, "zh")
    assert made == "---\ntitle: T\n---\n- [ ] 寄书 截止 2027-01-05\n".encode()
