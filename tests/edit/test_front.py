"""A key is set or removed; comments, quotes, flow style, order and line ends stay."""

from __future__ import annotations

import pytest

from renmai.edit.front import remove_key, set_key
from renmai.edit.refusal import Refusal
from tests.edit import odd

PATH = "contacts/li.md"
BODY = "\nText with no end\n\n- [ ] a"

SET = {
    "a line of its own": ("name: Li\n", "name: Li\nsnooze: 2027-01-15\n"),
    "in the standard order": (
        "name: Li\ntier: 15\ncity: X\n",
        "name: Li\ntier: 15\nsnooze: 2027-01-15\ncity: X\n",
    ),
    "comments": (
        "# top\n\nname: Li # a\n# b\ntier: 15 # c\n\n# d\ncity: X\n# e\n",
        "# top\n\nname: Li # a\n# b\ntier: 15 # c\nsnooze: 2027-01-15\n\n# d\ncity: X\n# e\n",
    ),
    "replaced": ("name: Li\nsnooze: 2026-12-01  # x\n", "name: Li\nsnooze: 2027-01-15  # x\n"),
    "double quotes": ('snooze: "2026-12-01"\nname: Li\n', 'snooze: "2027-01-15"\nname: Li\n'),
    "single quotes": ("snooze: '2026-12-01'\nname: Li\n", "snooze: '2027-01-15'\nname: Li\n"),
    "quoted key": ('"snooze":   2026-12-01\nname: Li\n', '"snooze":   2027-01-15\nname: Li\n'),
    "empty": ("name: Li\nsnooze:\ncity: X\n", "name: Li\nsnooze: 2027-01-15\ncity: X\n"),
    "empty with a comment": ("name: Li\nsnooze: # x\n", "name: Li\nsnooze: 2027-01-15 # x\n"),
    "null": ("name: Li\nsnooze: ~\n", "name: Li\nsnooze: 2027-01-15\n"),
    "wrong before": ("name: Li\nsnooze: soon\n", "name: Li\nsnooze: 2027-01-15\n"),
    "behind flow": (
        "name: Li\nfollow_up: {date: 2026-12-01,\n  why: x}\ncity: X\n",
        "name: Li\nfollow_up: {date: 2026-12-01,\n  why: x}\nsnooze: 2027-01-15\ncity: X\n",
    ),
    "behind a list": (
        "name: Li\ncircles:\n- work\n- hobby\n\ncity: X\n",
        "name: Li\ncircles:\n- work\n- hobby\nsnooze: 2027-01-15\n\ncity: X\n",
    ),
    "right to left": ("name: שלום\ncity: عالم\n", "name: שלום\nsnooze: 2027-01-15\ncity: عالم\n"),
    "no name": ("city: X\n", "snooze: 2027-01-15\ncity: X\n"),
    "nothing": ("", "snooze: 2027-01-15\n"),
}


@pytest.mark.parametrize("name", SET)
def test_set(name: str) -> None:
    before, after = SET[name]
    pairs = zip(
        odd.written(f"---\n{before}---\n{BODY}"),
        odd.written(f"---\n{after}---\n{BODY}"),
        strict=True,
    )
    for (_, old), (_, new) in pairs:
        assert set_key(PATH, old, "snooze", "2027-01-15") == new
        assert set_key(PATH, new, "snooze", "2027-01-15") == new


REMOVED = {
    "a line": ("name: Li\nfollow_up: 2026-12-01\ncity: X\n", "name: Li\ncity: X\n"),
    "with its comment": ("name: Li\nfollow_up: 2026-12-01 # x\n", "name: Li\n"),
    "the comment above stays": (
        "name: Li\n\n# why\nfollow_up: 2026-12-01\n# b\ncity: X\n",
        "name: Li\n\n# why\n# b\ncity: X\n",
    ),
    "flow": (
        "name: Li\nfollow_up: {date: 2026-12-01,\n  why: x}\ncity: X\n",
        "name: Li\ncity: X\n",
    ),
    "block": ("name: Li\nfollow_up:\n  date: 2026-12-01\n  # x\n  why: y\n", "name: Li\n"),
    "first": ("follow_up: 2026-12-01\nname: Li\n", "name: Li\n"),
    "not there": ("name: Li\n", "name: Li\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", REMOVED)
def test_remove(name: str) -> None:
    before, after = REMOVED[name]
    pairs = zip(
        odd.written(f"---\n{before}---\n{BODY}"),
        odd.written(f"---\n{after}---\n{BODY}"),
        strict=True,
    )
    for (_, old), (_, new) in pairs:
        assert remove_key(PATH, old, "follow_up") == new


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("no front matter\n", "no-front-matter"),
        ("---\nname: Li\n", "no-front-matter"),
        ("---\n{name: Li, snooze: 2026-12-01}\n---\n", "flow"),
        ("---\nname: [\n---\n", "unreadable"),
        ("---\nname: Li\nname: Li\n---\n", "flow"),
    ],
)
def test_refused(data: str, reason: str) -> None:
    for edited in (
        set_key(PATH, data.encode(), "snooze", "2027-01-15"),
        remove_key(PATH, data.encode(), "snooze"),
    ):
        assert isinstance(edited, Refusal)
        assert edited.reason == reason


def test_a_value_that_would_say_something_else_is_refused() -> None:
    for value in ("soon", "2027-01-15\nx: y", "2027-01-15 # x", "[1"):
        refused = set_key(PATH, b"---\nname: Li\n---\n", "snooze", value)
        assert isinstance(refused, Refusal)
