"""What nobody writes: it takes its time, but no more, and nothing is lost."""

from __future__ import annotations

import pytest

from renmai.merge.records import merge_record
from renmai.merge.versions import Versions
from renmai.sync.mergefile import merge_lines
from tests.merge.cards import card, clean, log, merged

MANY = 4_000


def many(count: int = MANY) -> list[str]:
    return sorted(f"20{n % 26:02}-{n % 12 + 1:02}-{n % 28 + 1:02} call: n{n}" for n in range(count))


def left_to_git(base: str, ours: str, theirs: str) -> bool:
    files = Versions(base.encode(), ours.encode(), theirs.encode())
    return merge_record(files, "contacts", merge_lines) is None


def test_a_long_log() -> None:
    entries = many()
    ours, theirs = log(*entries, "2026-11-01 call: x"), log("2000-01-01 call: y", *entries[1:])
    found = clean(card("", log(*entries)), card("", ours), card("", theirs))
    assert found.count("\n- ") == MANY + 1


def test_all_entries_rewritten() -> None:
    entries = many()
    ours = log(*(entry + " o" for entry in entries))
    found, conflicts = merged(card("", log(*entries)), card("", ours), card("", log(*entries[::2])))
    assert conflicts == 0
    assert found.count(b" o\n") == MANY


def test_many_equal_tasks() -> None:
    tasks = "- [ ] a\n" * MANY
    found = clean(card("", tasks), card("", tasks + "- [ ] a\n"), card("", "- [ ] b\n" + tasks))
    assert found.count("- [ ] a\n") == MANY + 1


def test_blank_lines_and_tasks() -> None:
    blank, tasks = "\n" * MANY, "".join(f"- [ ] t{n}\n\n" for n in range(1000))
    found = clean(card("", blank), card("", tasks + blank), card("", blank + "end\n"))
    assert found.count("- [ ] t") == 1000


def test_lists_nested_deeper_than_anybody_nests() -> None:
    tasks = "".join("  " * n + f"- [ ] n{n}\n" for n in range(200))
    found, _ = merged(
        card("", tasks), card("", tasks + "- [ ] a\n"), card("", tasks.replace("n7\n", "n7 x\n"))
    )
    assert b"n7 x\n" in found
    assert b"- [ ] a\n" in found


def test_nested_maps() -> None:
    def nested(leaf: str, depth: int = 45) -> str:
        return "".join("  " * n + f"x-{n}:\n" for n in range(depth)) + "  " * depth + leaf

    found = clean(
        card(nested("a: 1\n")), card(nested("a: 2\n")), card(nested("a: 1\n") + "tier: 5\n")
    )
    assert found == card(nested("a: 2\n") + "tier: 5\n")


def test_many_items() -> None:
    items = [f"t{n}" for n in range(MANY)]
    base, ours, theirs = (
        f"tags: [{', '.join(each)}]\n" for each in (items, [*items, "o"], ["t", *items])
    )
    assert clean(card(base), card(ours), card(theirs)) == card(
        f"tags: [{', '.join(['t', *items, 'o'])}]\n"
    )


def test_prose_changed_in_too_many_places_is_left_to_git() -> None:
    def text(mark: str) -> str:
        return "".join(f"- [ ] t{n}\n\nprose {n}{mark}\n\n" for n in range(1000))

    assert left_to_git(card("", text("")), card("", text("o")), card("", text("t")))


def test_what_would_be_lost_is_left_to_git() -> None:
    """Behind a fence that one side opened nothing is a task any more."""
    base = card("", "\n- [ ] a\n\nText.\n")
    ours, theirs = base.replace("\nText", "\n```\nText"), base + "\n- [ ] b\n"
    assert left_to_git(base, ours, theirs)
    assert left_to_git(base, theirs, ours)


@pytest.mark.parametrize(
    "odd", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r", "\ufeff", "\u202e", "👩‍👩‍👧"]
)
def test_characters_that_are_no_line_ends(odd: str) -> None:
    base = f"\nA{odd}B\n" + log(f"2026-09-01 call: a{odd}b")
    ours = base.replace("B\n", "C\n")
    theirs = base.replace("- 2026", f"- 2026-10-01 call: {odd}z\n- 2026")
    assert clean(card("", base), card("", ours), card("", theirs)) == card(
        "", theirs.replace("B\n", "C\n")
    )


def test_characters_in_front_matter() -> None:
    base = card('city: "a\u2028b"\nx-a: c\n')
    ours, theirs = base.replace("x-a: c", "x-a: d"), base + "\nText.\n"
    assert clean(base, ours, theirs) == ours + "\nText.\n"
