"""Front matter and body, and what breaks a whole file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.problems import Report
from renmai.text.frontmatter import Split, split
from renmai.text.yamltree import MAX_BYTES


def read(data: bytes) -> tuple[Split | None, list[tuple[int, str, str]]]:
    """What a file is split into, and line, code and variant of its problems."""
    report = Report("contacts/li.md")
    parts = split(data, report)
    return parts, [(each.line, each.code, each.variant) for each in report.problems]


@pytest.mark.parametrize(
    ("data", "lines", "body", "body_line"),
    [
        (b"---\na: x\n---\nbody\n", {"a": 2}, "body\n", 4),
        (b"---\na: x\n---\n\nbody\n", {"a": 2}, "\nbody\n", 4),
        (b"---\n\n# c\na: x\n---\n", {"a": 4}, "", 6),
        (b"---\na: x\n---", {"a": 2}, "", 4),
        (b"---\n---\nbody", {}, "body", 3),
        (b"---\n# nothing\n---\nbody", {}, "body", 4),
        (b"---  \na: x\n---\t\nbody", {"a": 2}, "body", 4),
        (b"---\r\na: x\r\n---\r\nbody\r\n", {"a": 2}, "body\r\n", 4),
        (b"\xef\xbb\xbf---\na: x\n---\nbody", {"a": 2}, "body", 4),
        (b"---\na: x\n---\n---\nb: y\n---\n", {"a": 2}, "---\nb: y\n---\n", 4),
        (b"---\na: x\n----\nb: y\n---\n", None, "", 0),
        (b"---\na: |\n  x\n  ---\n---\nbody", {"a": 2}, "body", 6),
    ],
)
def test_split(data: bytes, lines: dict[str, int] | None, body: str, body_line: int) -> None:
    parts, problems = read(data)
    if lines is None:
        assert problems != []
        return
    assert problems == []
    assert parts
    assert parts.values is not None
    assert (parts.values.lines, parts.body, parts.body_line) == (lines, body, body_line)


@pytest.mark.parametrize(
    ("data", "variant", "body", "body_line"),
    [
        (b"", "", "", 1),
        (b"text\n", "", "text\n", 1),
        (b"\n---\na: x\n---\n", "", "\n---\na: x\n---\n", 1),
        (b" ---\na: x\n---\n", "", " ---\na: x\n---\n", 1),
        (b"----\na: x\n---\n", "", "----\na: x\n---\n", 1),
        (b"---\na: x\n", "no-end", "a: x\n", 2),
        (b"---\na: x\n --- \n", "no-end", "a: x\n --- \n", 2),
        (b"---", "no-end", "", 2),
    ],
)
def test_no_front_matter(data: bytes, variant: str, body: str, body_line: int) -> None:
    parts, problems = read(data)
    assert problems == [(1, "no-front-matter", variant)]
    assert parts
    assert (parts.values, parts.body, parts.body_line) == (None, body, body_line)


@pytest.mark.parametrize(
    ("data", "line", "code", "variant"),
    [
        (b"---\na: \xff\n---\n", 2, "bad-encoding", ""),
        (b"---\na: x\n---\n\n\xe6\x9d\n", 5, "bad-encoding", ""),
        (b"\xff\xfe-\0-\0", 1, "bad-encoding", ""),
        (b"---\na: \xed\xa0\x80\n---\n", 2, "bad-encoding", ""),  # half of a surrogate pair
        (b"---\n<<<<<<< HEAD\na: x\n=======\n---\n", 2, "conflict-markers", ""),
        (b"---\na: x\n---\n```\n>>>>>>> theirs\n```\n", 5, "conflict-markers", ""),
        (b"---\na: x\n---\n||||||| base", 4, "conflict-markers", ""),
        (b"---\na: x\n---\n\r\n<<<<<<< x", 5, "conflict-markers", ""),
        (b"---\n- a\n---\n", 2, "bad-yaml", "no-map"),
        (b"---\ntext\n---\n", 2, "bad-yaml", "no-map"),
        (b"---\na: [\n---\n", 2, "bad-yaml", "bracket"),
        (b"---\na: " + b"x" * MAX_BYTES + b"\n---\n", 1, "bad-yaml", "size"),
    ],
)
def test_what_breaks_a_file(data: bytes, line: int, code: str, variant: str) -> None:
    assert read(data) == (None, [(line, code, variant)])


@pytest.mark.parametrize(
    "body",
    [
        b"<<<<<<<\n",
        b"<<<<<<<<< x\n",
        b"<<<<<< x\n",
        b" <<<<<<< x\n",
        b"a\n=======\n",
        b"======= x\n",
    ],
)
def test_no_conflict_markers(body: bytes) -> None:
    assert read(b"---\na: x\n---\n" + body)[1] == []


def test_one_megabyte_passes() -> None:
    # "\na: " and the line's end count.
    value = b"x" * (MAX_BYTES - 5)
    assert read(b"---\na: " + value + b"\n---\n")[1] == []
    assert read(b"---\na: " + value + b"x\n---\n")[1] == [(1, "bad-yaml", "size")]


def test_bad_bytes_and_conflict_markers_are_both_reported() -> None:
    _, problems = read(b"---\na: x\n---\n\xff\n<<<<<<< x\n")
    assert ("bad-encoding" in {code for _, code, _ in problems}) is True


@given(st.binary(max_size=80))
def test_any_bytes_give_parts_or_a_problem(data: bytes) -> None:
    for prefix in (b"", b"---\n", b"---\na: x\n---\n"):
        parts, problems = read(prefix + data)
        assert parts or problems
        assert all(1 <= line <= (prefix + data).count(b"\n") + 1 for line, _, _ in problems)
