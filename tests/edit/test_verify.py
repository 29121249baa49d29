"""The last net: a new file that says anything else than was meant is not let through."""

from __future__ import annotations

from typing import Any

import pytest

from renmai.edit.verify import holds, without_places
from renmai.model.reading import read_record

PATH = "contacts/li.md"
OLD = (
    "---\nname: Li\ncircles: [a, b]\nfollow_up: {date: 2026-12-01, why: x}\n---\n\n"
    "Text of [[a]].\n\n- [ ] task\n- [ ] task\n\n## Log\n\n- 2026-11-02 call: y\n- undated\n"
)


def nothing(what: dict[str, Any]) -> None:
    """No change is meant."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Li", "name: Lia"),
        ("[a, b]", "[b, a]"),
        ("[a, b]", "[a]"),
        ("why: x", "why: xx"),
        ("2026-12-01", "2026-12-02"),
        ("- [ ] task\n- [ ] task", "- [ ] task"),
        ("- [ ] task", "- [x] task"),
        ("- [ ] task\n", "- [ ] task\n- more\n"),
        ("[[a]]", "[[b]]"),
        ("## Log", "## Notes"),
        ("## Log", "## 记录"),
        ("## Log", "```\n## Log"),
        ("call: y", "call!: y"),
        ("call: y", "call: y\nz"),
        ("call: y", "meet: y"),
        ("- 2026-11-02 call: y", "- 2026-11-02 call: y\n- 2026-11-02 call: y"),
        ("- undated", "- undated\n- undatable"),
        ("name: Li", "name: Li\nnonsense: 1"),
        ("---\n\nText", "\nText"),
        ("Text", "<<<<<<< Text"),
        ("name: Li", "name: [Li"),
    ],
)
def test_what_was_not_meant_is_seen(old: str, new: str) -> None:
    before = read_record(PATH, OLD.encode())
    assert old in OLD
    assert not holds(before, PATH, OLD.replace(old, new, 1).encode(), nothing)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: Li", "# more\nname: Li"),
        ("Text", "\n\nMore text"),
        ("\n", "\r\n"),
        ("- 2026-11-02 call: y\n- undated", "- undated\n- 2026-11-02 call: y"),
    ],
)
def test_where_things_stand_is_free(old: str, new: str) -> None:
    before = read_record(PATH, OLD.encode())
    assert holds(before, PATH, OLD.replace(old, new).encode(), nothing)


def test_what_is_meant_must_have_come() -> None:
    before = read_record(PATH, OLD.encode())

    def meant(what: dict[str, Any]) -> None:
        what["name"] = "Lia"

    assert holds(before, PATH, OLD.replace("name: Li", "name: Lia").encode(), meant)
    assert not holds(before, PATH, OLD.encode(), meant)


def test_a_problem_that_goes_is_no_harm() -> None:
    before = read_record(PATH, OLD.replace("2026-11-02", "2026-11-02x").encode())
    assert not holds(before, PATH, OLD.encode(), nothing)  # the entry is new
    assert without_places(before.record) != without_places(read_record(PATH, OLD.encode()).record)
