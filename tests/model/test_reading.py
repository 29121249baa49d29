"""From bytes to a record: whatever is in a file, nothing fails, and problems lie in it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.model.reading import Source, id_of, read_record
from renmai.model.records import Contact, Event
from renmai.problems import CODES
from renmai.words import LANGUAGES, Words
from tests.books import day

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("contacts", "events", "communities")
EXAMPLES = {
    folder: [path.read_bytes() for path in sorted((ROOT / folder).rglob("*.md"))]
    for folder in FOLDERS
}

#: Pieces that mean something somewhere, to be put where they do not belong.
PIECES = [
    *(b"---\n", b"\n", b"\r\n", b"\t", b"    ", b"- ", b"[[", b"]]", b"[", b"]", b"{", b"}", b": "),
    *(b"'", b'"', b"&a ", b"*a", b"!!x ", b"|", b">", b"#", b"## Log\n", b"## Before\n", b"```\n"),
    *(b"<!--", b"-->", b"`", b"- [ ] ", b"due 9", b"\xff", b"\0", b"\xe2\x80\xa8", b"\xc2\x85"),
    *(b"<<<<<<< x\n", b"who: ", b"name: ", b"2026-11-21 call", "与".encode(), "，".encode(), b"~"),
    *(b"\xef\xbb\xbf", b"\\", b"@", b"%", b"?", b"...\n", b"null", b"with [[a]]"),
]


def check(source: Source, data: bytes) -> None:
    """What holds of every file that was read."""
    lines = data.count(b"\n") + 1
    for problem in source.problems:
        assert 1 <= problem.line <= lines, problem
        assert problem.code in CODES
        for language in LANGUAGES:
            assert Words(language).problem(problem)
    record = source.record
    if record is None:
        assert [each for each in source.problems if each.severity == "error"]
        return
    assert (record.id, record.path) == (source.id, source.path)
    for line in [entry.line for entry in record.log] + [task.line for task in record.tasks]:
        assert record.body_line <= line <= lines
    assert all(record.body_line <= ref.line <= lines for ref in record.mentions)


@given(st.sampled_from(FOLDERS), st.binary(max_size=200))
def test_any_bytes(folder: str, data: bytes) -> None:
    check(read_record(f"{folder}/x.md", data), data)


@given(st.sampled_from(FOLDERS), st.text(max_size=200), st.booleans())
def test_any_text(folder: str, text: str, headed: bool) -> None:
    data = (f"---\nname: N\n---\n{text}" if headed else text).encode("utf-8", "surrogatepass")
    check(read_record(f"{folder}/x.md", data), data)


@given(st.sampled_from(FOLDERS), st.lists(st.sampled_from(PIECES), max_size=30), st.booleans())
def test_any_pieces(folder: str, pieces: list[bytes], headed: bool) -> None:
    data = (b"---\nname: N\n" if headed else b"") + b"".join(pieces)
    check(read_record(f"{folder}/x.md", data), data)


@settings(max_examples=250)
@given(st.data())
def test_any_slip_in_a_real_file(data: st.DataObject) -> None:
    folder = data.draw(st.sampled_from(FOLDERS))
    text = bytearray(data.draw(st.sampled_from(EXAMPLES[folder])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4)))
        text[at : at + length] = piece
    # Of another kind than its folder says, too.
    for kind in (folder, data.draw(st.sampled_from(FOLDERS))):
        check(read_record(f"{kind}/x.md", bytes(text)), bytes(text))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_real_file_with_each_piece_in_a_few_places(folder: str) -> None:
    choose = random.Random(folder).randrange
    for piece in PIECES:
        text = EXAMPLES[folder][choose(len(EXAMPLES[folder]))]
        for _ in range(3):
            at = choose(len(text))
            slipped = text[:at] + piece + text[at:]
            check(read_record(f"{folder}/x.md", slipped), slipped)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_line_ends_make_no_difference(folder: str, end: bytes) -> None:
    for text in EXAMPLES[folder]:
        ours = read_record(f"{folder}/x.md", text.replace(b"\n", end))
        plain = read_record(f"{folder}/x.md", text)
        assert ours.problems == plain.problems
        assert ours.record
        assert plain.record
        assert ours.record.tasks == plain.record.tasks
        assert ours.record.log == plain.record.log
        assert ours.record.mentions == plain.record.mentions
        assert ours.record.lines == plain.record.lines


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("contacts/li.md", "li"),
        ("contacts/work/li.md", "li"),
        ("contacts/li.MD", "li"),
        ("contacts/林晓舟.md", "林晓舟"),
        ("contacts/e\u0301.md", "é"),
        ("contacts/a.b.md", "a.b"),
        ("contacts/a b.md", "a b"),
    ],
)
def test_the_id(path: str, id: str) -> None:
    assert id_of(path) == id
    assert read_record(path, b"---\nname: N\n---\n").id == id


def test_all_of_a_file() -> None:
    text = """---
name: 李雷
tier: 15
---

See [[wang]] and `[[no]]`.

- [ ] write to [[chen]] due 2026-12-01

## Log

- 2026-11-01 meet! with [[wang]], [[chen]]: about [[wang]]
"""
    record = read_record("contacts/work/li.md", text.encode()).record
    assert isinstance(record, Contact)
    assert (record.id, record.path) == ("li", "contacts/work/li.md")
    assert (record.body_line, record.label) == (5, "李雷")
    assert [(task.text, task.line, task.due) for task in record.tasks] == [
        ("write to [[chen]] due 2026-12-01", 8, day("2026-12-01"))
    ]
    assert [(each.day, each.deep, each.line) for each in record.log] == [
        (day("2026-11-01"), True, 12)
    ]
    assert [(ref.text, ref.line) for ref in record.mentions] == [
        ("wang", 6),
        ("chen", 8),
        ("wang", 12),
    ]


def test_all_problems_at_once() -> None:
    text = (
        "---\nnam: x\ntier: x\ncity: [a]\n---\n- [ ] a due 9\n\n## Log\n- call\n- 2026-11-01 cal\n"
    )
    found = read_record("contacts/li.md", text.encode())
    assert [(each.line, each.code) for each in found.problems] == [
        (1, "missing-key"),
        (2, "unknown-key"),
        (3, "bad-value"),
        (4, "bad-value"),
        (6, "bad-due"),
        (9, "undated-entry"),
        (10, "unknown-kind"),
    ]


@pytest.mark.parametrize(
    "data", [b"\xff", b"---\nname: [\n---\n", b"---\nname: N\n---\n>>>>>>> x\n"]
)
def test_of_a_broken_file_nothing_but_the_id_is_used(data: bytes) -> None:
    found = read_record("contacts/li.md", data)
    assert (found.record, found.id, len(found.problems)) == (None, "li", 1)


def test_of_a_file_without_front_matter_the_body_is_used() -> None:
    found = read_record("events/e.md", b"- [ ] a due 2026-12-01\n")
    assert isinstance(found.record, Event)
    assert [task.line for task in found.record.tasks] == [1]
    assert [each.code for each in found.problems] == ["no-front-matter"]


@pytest.mark.parametrize(
    ("end", "kept", "codes"),
    [
        ("2026-11-19", "2026-11-19", []),
        ("2026-11-18", "2026-11-18", []),
        ("2026-11-17", None, ["bad-value"]),
    ],
)
def test_an_end_before_the_date_is_no_end(end: str, kept: str | None, codes: list[str]) -> None:
    text = f"---\ntitle: T\ndate: 2026-11-18\nend: {end}\n---\n"
    found = read_record("events/e.md", text.encode())
    assert isinstance(found.record, Event)
    assert found.record.end == (day(kept) if kept else None)
    assert [each.code for each in found.problems] == codes
    assert all(each.line == 4 for each in found.problems)
