"""The scanner of bodies, held to an independent Markdown parser."""

from __future__ import annotations

import re
from itertools import count

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from renmai.text import body as module
from renmai.text.body import Body, scan_body
from tests.text.markdown import is_bare, read_markdown, words

#: `W` is made a word of its own, so that it can be looked for.
LINES = [
    *("", "", "W", "W", "- W", "* W", "+ W", "1. W", "2) W", "-", "- - W", "-   W", "- [ ] W"),
    *("## W", "# W ##", "####### W", "#W", "- # W", "W\n===", "---", "===", "***", "- - -"),
    *("```", "~~~~", "````", "``` py", "``` a`b", "- ```", "    ```"),
    *("> W", ">", "> - W", "> ```", "># W", ">     W", "- > W", "> <!-- W"),
    *("<!-- W -->", "<!-- W", "W -->", "<!--", "<!-- W --> W", "W <!-- W --> W", "W <!-- W"),
    *("`W`", "a `W", "W` b", "`` W ` W ``", "\\`W`", "\\\\`W`", "`\\`W`", "<!--> W -->"),
    *("-\tW", "\tW", "1.\tW", ">\tW"),
]
INDENTS = ["", "", "", " ", "  ", "   ", "    ", "     ", "      ", "\t", " \t"]

MARK = re.compile(r"[ \t]*(?:[-*+]|[0-9]+[.)])(?:[ \t]|$)")


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Lines in any order at any indent."""
    pairs = st.tuples(st.sampled_from(INDENTS), st.sampled_from(LINES))
    drawn = draw(st.lists(pairs, min_size=1, max_size=9))
    number = count(1)
    text = "\n".join(indent + line if line else line for indent, line in drawn)
    return re.sub("W", lambda _: f"W{next(number)}W", text)


def is_deep(line: str) -> bool:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(4)) >= 4


def code_lines(body: Body) -> set[int]:
    both = enumerate(zip(body.lines, body.masked, strict=True))
    return {n for n, (line, masked) in both if not is_bare(line) and not masked}


@settings(max_examples=400)
@given(bodies())
@example("-\tW1W\n\t- W2W")
@example("- W1W\n\n  -\n\n    W2W")
@example("-\n\n  - W1W")
@example("`W1W\n---\n`W2W")
@example("W1W\n  2) W2W\n\n      * W3W")
@example("> ```\n> W1W\n> ```\nW2W")
def test_it_reads_what_a_markdown_parser_reads(text: str) -> None:
    theirs, ours = read_markdown(text), scan_body(text)
    lines = text.split("\n")
    # On purpose, a list mark begins an item at any indent but that of code.
    deep = [n for n, line in enumerate(lines) if n and lines[n - 1].strip() and is_deep(line)]
    assume(not any(MARK.match(lines[n]) and n not in theirs.every_item for n in deep))
    # Where quotes are nested the parser takes for code what only goes on with a paragraph.
    assume(not any(">" in line for n in deep for line in lines[:n]))
    assert code_lines(ours) == theirs.code
    assert [item.line for item in ours.items if item.depth == 0] == theirs.items
    assert [(each.line, each.level) for each in ours.headings] == theirs.headings
    assert words("\n".join(ours.masked)) == theirs.words


@given(st.text(st.sampled_from("-*+1.>#`~<!= \t\na\u3000\\"), max_size=80))
def test_lines_and_columns_hold(text: str) -> None:
    body = scan_body(text)
    assert body.lines == text.split("\n")
    for line, masked in zip(body.lines, body.masked, strict=True):
        assert masked == "" or len(masked) == len(line)
    for item in body.items:
        assert item.line < item.paragraph_end <= item.end <= len(body.lines)
        assert 0 < item.column <= len(body.lines[item.line])
    starts = [item.line for item in body.items]
    assert starts == sorted(starts)


def items(text: str) -> list[tuple[int, int, int, int]]:
    """Line, depth, end and end of the paragraph of every item."""
    return [(it.line, it.depth, it.end, it.paragraph_end) for it in scan_body(text).items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b", [(0, 0, 1, 1), (1, 0, 2, 2)]),
        ("- a\n  b\n\n  c\n\nd", [(0, 0, 4, 2)]),
        ("- a\nb\n- c", [(0, 0, 2, 2), (2, 0, 3, 3)]),  # goes on without an indent
        ("- a\n  - b\n- c", [(0, 0, 2, 1), (1, 1, 2, 2), (2, 0, 3, 3)]),
        ("1. a\n   - b\n2. c", [(0, 0, 2, 1), (1, 1, 2, 2), (2, 0, 3, 3)]),
        ("- - a", [(0, 0, 1, 1), (0, 1, 1, 1)]),
        ("- a\n\n\n\n- b", [(0, 0, 1, 1), (4, 0, 5, 5)]),
        ("- a\n> b", [(0, 0, 1, 1)]),
        ("- a\n  ```\n  x\n  ```\nb", [(0, 0, 4, 1)]),
        ("> - a", [(0, 1, 1, 1)]),  # in a quote, so not at top level
    ],
)
def test_items(text: str, expected: list[tuple[int, int, int, int]]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "text\n    - [ ] a",
        "- a\n        - [ ] b",
        "-     [ ] a",
        "-\u3000[ ] a",
        "text\n\t- [ ] a",
    ],
)
def test_a_task_is_one_at_any_indent(text: str) -> None:
    body = scan_body(text)
    last = body.items[-1]
    assert body.lines[last.line][last.column :].startswith("[ ] ")


def test_but_not_in_code() -> None:
    assert scan_body("text\n\n    - [ ] a\n").items == []


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## Log", [(2, "Log", True)]),
        ("## Log ##  ", [(2, "Log", True)]),
        ("## Log#", [(2, "Log#", True)]),
        ("##\tLog", [(2, "Log", True)]),
        ("##\u3000记录", [(2, "记录", True)]),
        ("##", [(2, "", True)]),
        ("## ##", [(2, "", True)]),
        ("##Log", []),
        ("   ## Log", [(2, "Log", True)]),
        ("    ## Log", []),
        ("## Log <!-- new -->", [(2, "Log", True)]),
        ("## `Log`", [(2, "\ufffc" * 5, True)]),
        ("Log\n---", [(2, "Log", False)]),
        ("Log\n===", [(1, "Log", False)]),
        ("a\nb\n---", [(2, "a b", False)]),
        ("- ## Log", []),
        ("> ## Log", []),
        ("## Log\r", [(2, "Log", True)]),
    ],
)
def test_headings(text: str, headings: list[tuple[int, str, bool]]) -> None:
    found = scan_body(text).headings
    assert [(each.level, each.text, each.atx) for each in found] == headings


def test_a_comment_without_an_end_that_begins_a_line_runs_to_the_end() -> None:
    assert scan_body("<!--\n\n- a\n\n# b").items == []
    assert scan_body("a <!--\n\n- b").items != []  # in a paragraph it is no comment


def test_deep_nesting_is_bounded() -> None:
    body = scan_body("- " * 10_000 + "x")
    assert len(body.items) == 100
    assert len(scan_body("> " * 10_000 + "- x").items) == 0


#: Items that are taken the short way, and what looks like them.
ITEMS = [
    "- W",
    "- 2026-11-21 W",
    "- 1. W",
    "- 20261-W",
    "- -",
    "- W -",
    "-  W",
    "- \u3000W",
    "- ![W]",
]


@given(lines=st.lists(st.sampled_from([*LINES, *ITEMS, "  W", "    - W"]), max_size=10))
def test_the_short_way_to_plain_items_gives_the_same(lines: list[str]) -> None:
    text = "\n".join(lines)
    short = scan_body(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PLAIN_ITEM", re.compile(r"(?!)"))
        assert scan_body(text) == short
