"""Hostile files are read in time that grows with their length, not with its square.

Each is read at two lengths, the second four times the first. Reading takes some time whatever the
length, so what matters is that four times as much takes nowhere near sixteen times as long.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

import pytest

from renmai.model.reading import read_record

#: The longer one, in characters: what grows with the square takes seconds.
SIZE = 80_000
GROWTH = 8.0
#: Below this many seconds a time says nothing.
GRAIN = 0.03
#: And what grows with the length may still be slow; seconds for a byte.
SLOW = 6e-6

HEAD = "---\nname: N\n---\n"


def over(piece: str, head: str = HEAD, tail: str = "") -> Callable[[int], str]:
    """A piece over and over, to about so many characters."""
    return lambda size: head + piece * max(1, size // len(piece)) + tail


def front(piece: str, before: str = "x-a: ", after: str = "") -> Callable[[int], str]:
    return over(piece, f"---\nname: N\n{before}", f"{after}\n---\n")


def stairs(size: int) -> str:
    """Runs of backticks that get longer, none of which closes another."""
    runs: list[str] = []
    length = 0
    while length < size:
        runs.append("`" * (len(runs) + 1))
        length += len(runs[-1]) + 1
    return HEAD + " ".join(runs)


def deepening(size: int) -> str:
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append("  " * len(lines) + "- a")
        length += len(lines[-1]) + 1
    return HEAD + "\n".join(lines)


def distinct(line: str, head: str = HEAD) -> Callable[[int], str]:
    """Lines of which no two are the same."""
    return lambda size: head + "".join(line.format(n) for n in range(size // (len(line) + 3)))


CASES: dict[str, Callable[[int], str]] = {
    "one long word": over("x"),
    "one long line of front matter": front("x"),
    "no end of the front matter": over("x: y\n", "---\n"),
    "front matter [": front("["),
    "front matter {a: ": front("{a: "),
    "front matter - ": front("- ", "x-a:\n "),
    "front matter a list": front("a, ", "tags: [", "]"),
    "front matter references": front("{who: x}, ", "relations: [", "]"),
    "front matter bad values": front("{who: [a, b]}, ", "relations: [", "]"),
    "front matter aliases": front("*a, ", "tags: &a x\naliases: [", "]"),
    "front matter quotes": front("\\\\", 'x-a: "', '"'),
    "front matter comments": front(" #"),
    "front matter keys": distinct("k{}: 1\n", "---\nname: N\n"),
    "front matter the same key": front("name: N\n", ""),
    "front matter line separators": front("\u2028", 'x-a: "', '"\nname: again'),
    "backticks": over("`"),
    "backticks and spaces": over("` "),
    "backticks on lines": over("`\n"),
    "longer and longer backticks": stairs,
    "escapes": over("\\`"),
    "[": over("["),
    "[[": over("[["),
    "[[a": over("[[a"),
    "[[a|": over("[[a|"),
    "references": over("[[a]] "),
    "different references": distinct("[[a{}]]\n"),
    "<!--": over("<!--"),
    "<!-- on lines": over("<!--\n"),
    "comments in paragraphs": over("a <!--\n\n"),
    "comments with one end": over("a <!-- ", HEAD, "-->"),
    "comments": over("<!-- a -->"),
    "list marks": over("- "),
    "mixed list marks": over("- + 1. "),
    "breaks": over("* * *\n"),
    "almost a break": over("* ", HEAD + "x\n", "x"),
    "quotes": over("> "),
    "quotes on lines": over("> > a\n"),
    "hashes": over("# "),
    "a heading of hashes": over("#", HEAD + "## a "),
    "underlines": over("a\n---\n"),
    "one long paragraph": over("a\n"),
    "a long paragraph and its underline": over("a\n", HEAD, "---\n"),
    "lists that deepen": deepening,
    "fences": over("```\n"),
    "fences of all lengths": stairs,
    "tabs": over("\t"),
    "tabs behind marks": over("-\t"),
    "NUL": over("\0"),
    "carriage returns": over("\r"),
    "spaces in an item": over(" ", HEAD + "## Log\n- ", "x"),
    "spaces in an entry": over(" ", HEAD + "## Log\n- 2026-11-01", "x"),
    "wide spaces in an entry": over("\u3000", HEAD + "## Log\n- 2026-11-01", "x"),
    "separators behind with": over("and ", HEAD + "## Log\n- 2026-11-01 meet with [[a]] "),
    "people behind with": over("[[a]], ", HEAD + "## Log\n- 2026-11-01 meet with ", "x"),
    "entries": over("- 2026-11-01 call\n", HEAD + "## Log\n"),
    "entries with people": over("- 2026-11-01 call with [[a]]\n", HEAD + "## Log\n"),
    "no entries": over("- x\n", HEAD + "## Log\n"),
    "unknown kinds": distinct("- 2026-11-01 kind{}\n", HEAD + "## Log\n"),
    "logs": over("## Log\n- 2026-11-01 call\n"),
    "tasks": over("- [ ] a\n"),
    "tasks with a date": over("- [ ] a due 2026-12-01\n"),
    "tasks in tasks": over("  - [ ] a\n", HEAD + "- [ ] a\n"),
    "a task of many lines": over("  a\n", HEAD + "- [ ] a\n"),
    "spaces behind due": over(" ", HEAD + "- [ ] due", "x"),
    "due": over("due ", HEAD + "- [ ] "),
    "bad dues": over("due 9 ", HEAD + "- [ ] "),
    "colons behind due": over(": ", HEAD + "- [ ] due "),
    "parentheses": over("(", HEAD + "- [ ] ", " due 2026-12-01"),
    "conflict markers almost": over("<<<<<<<", ""),
    "dashes": over("---\n", ""),
}


def test_many_marks_on_one_line_are_not_looked_through_one_by_one() -> None:
    # A hundredth of a second; looking at the rest of the line from each mark on takes two.
    assert seconds((HEAD + "x\n" + "* " * 200_000 + "x").encode()) < 0.6


def seconds(data: bytes) -> float:
    gc.collect()
    start = process_time()
    read_record("events/e.md", data)
    return process_time() - start


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_length(name: str) -> None:
    make = CASES[name]
    before = after = 0.0
    small, large = make(SIZE // 4).encode(), make(SIZE).encode()
    # A machine that is busy elsewhere may slow one reading: what counts is the best of three.
    for _ in range(3):
        before = seconds(small)
        if before > GRAIN + SLOW * len(small):
            break
        after = seconds(large)
        if after <= min(GROWTH * max(before, GRAIN), GRAIN + SLOW * len(large)):
            return
    pytest.fail(f"{len(small)} bytes took {before:.2f} s, {len(large)} took {after:.2f} s")
