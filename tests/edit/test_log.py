"""An entry is added where the log's order implies, and no other byte changes."""

from __future__ import annotations

from itertools import product

import pytest

from renmai.edit.log import Added, add_entry
from renmai.edit.refusal import Refusal
from renmai.model.reading import read_record
from tests.edit import odd

PATH = "contacts/li.md"
ENTRY = "2026-11-20 coffee with [[grace]]: he is hiring 🎈"


def add(data: bytes, entry: str = ENTRY, heading: str = "Log") -> Added:
    added = add_entry(PATH, data, entry, heading)
    assert isinstance(added, Added), added
    return added


def new_lines(old: bytes, new: bytes) -> list[bytes]:
    """The lines that were put in, in one place; everything else is as it was."""
    before, after = old.split(b"\n"), new.split(b"\n")
    count = len(after) - len(before)
    for place in range(len(before) + 1):
        if after[:place] == before[:place] and after[place + count :] == before[place:]:
            return after[place : place + count]
    raise AssertionError(after)


CASES = [
    pytest.param(front, body, id=f"{where}: {name} ({how})")
    for where, bodies in (("falling", odd.FALLING), ("rising", odd.RISING), ("empty", odd.EMPTY))
    for (name, body), (how, front) in product(bodies.items(), odd.FRONTS.items())
    if how == "plain" or name in ("plain", "nothing behind")
]


@pytest.mark.parametrize(("front", "body"), CASES)
def test_exactly_one_line(front: str, body: str) -> None:
    before, _, behind = (front + body).partition("{}")
    (mark,) = [new_lines(old, add(old).data)[0] for _, old in [*odd.written(before + behind)][:1]]
    line = mark.decode()
    assert line.endswith(ENTRY)
    wanted = f"{before}\n{line}" if before[-1] != "\n" else f"{before}{line}\n{behind}"
    for (_, old), (_, new) in zip(odd.written(before + behind), odd.written(wanted), strict=True):
        added = add(old)
        assert added.data == new
        assert added.data.split(b"\n")[added.line - 1].rstrip(b"\r") == line.encode()


@pytest.mark.parametrize(
    ("log", "mark"),
    [
        ("- 2026-11-02 call", "- "),
        ("-\t2026-11-02 call", "-\t"),
        ("  *   2026-11-02 call", "  *   "),
        ("7. 2026-11-02 call", "7. "),
        ("1. 2026-10-02 call\n2. 2026-11-02 call", "3. "),
        ("01) 2026-10-02 call\n02) 2026-11-02 call", "03) "),
        ("1. 2026-10-02 call\n1. 2026-11-02 call", "1. "),
        ("999999999. 2026-11-02 call", "999999999. "),
        ("-\n- 2026-11-02 call", "- "),
        ("-　2026-11-02 call", "-　"),
    ],
)
def test_with_the_lists_own_mark(log: str, mark: str) -> None:
    old = f"{odd.FRONT}\n## Log\n\n{log}\n".encode()
    assert new_lines(old, add(old).data) == [f"{mark}{ENTRY}".encode()]


def test_further_lines_belong_to_the_entry() -> None:
    old = f"{odd.FRONT}\n## Log\n\n10. 2026-11-02 call\n".encode()
    data = add(old, "2026-11-20 call: one\ntwo\n\n- [ ] three\n- four").data
    assert new_lines(old, data) == [
        b"10. 2026-11-20 call: one",
        b"    two",
        b"",
        b"    - [ ] three",
        b"    - four",
    ]
    record = read_record(PATH, data).record
    assert record
    assert record.log[0].text == "one\ntwo\n\n- [ ] three\n- four"


NO_LOG = {
    "front matter alone": ("", "\n## Log\n\n"),
    "text": ("\nText.\n", "\n## Log\n\n"),
    "text with no end": ("\nText.", "\n\n## Log\n\n"),
    "trailing blank": ("\nText.\n\n", "## Log\n\n"),
    "trailing blanks": ("\nText.\n\n  \n", "## Log\n\n"),
    "a list": ("\n- [ ] a task\n- a point\n", "\n## Log\n\n"),
    "a log of another level": ("\n# Log\n\n### Log\n\n- 2026-11-02 call\n", "\n## Log\n\n"),
    "underlined": ("\nLog\n---\n\n- 2026-11-02 call\n", "\n## Log\n\n"),
    "in a closed fence": ("\n```\n## Log\n```\n", "\n## Log\n\n"),
    "in a closed comment": ("\n<!--\n## Log\n-->\n", "\n## Log\n\n"),
    "in code": ("\n    ## Log\n", "\n## Log\n\n"),
    "in a quote": ("\n> ## Log\n", "\n## Log\n\n"),
    "fence in an item": ("\n- x\n  ```\n  ## Log\n", "\n## Log\n\n"),
    "html that ends": ("\n<pre>\n\nx</pre>\n<div>\n", "\n## Log\n\n"),
    "html in one line": ("\n<style>a {}</style>\n", "\n## Log\n\n"),
    "html in a fence": ("\n```\n<pre>\n```\n", "\n## Log\n\n"),
    "an inline comment with no end": ("\nhe said <!-- and left\n", "\n## Log\n\n"),
}


@pytest.mark.parametrize("name", NO_LOG)
def test_with_no_log_a_heading_at_the_end(name: str) -> None:
    body, opening = NO_LOG[name]
    for front in (odd.FRONT, odd.FRONTS["comments"]):
        for _, old in odd.written(front + body):
            ends = not body or body.endswith("\n")
            wanted = f"{opening}- {ENTRY}" + ("\n" if ends else "")
            if b"\r\n" in old:
                wanted = wanted.replace("\n", "\r\n")
            assert add(old).data == old + wanted.encode()


def test_the_heading_of_the_language() -> None:
    data = add(odd.FRONT.encode(), "2026-11-20 电话：他在招人", "记录").data
    assert data.decode() == f"{odd.FRONT}\n## 记录\n\n- 2026-11-20 电话：他在招人\n"


def test_front_matter_with_nothing_behind_it() -> None:
    assert add(b"---\nname: Li\n---").data.decode() == f"---\nname: Li\n---\n\n## Log\n\n- {ENTRY}"


@pytest.mark.parametrize(
    ("body", "reason", "line"),
    [
        ("\n```\ncode\n", "open-fence", 6),
        ("\n```\nx\n```\n\n~~~~ py\n```\n", "open-fence", 10),
        ("\n```\n## Log\n\n- 2026-11-02 call\n", "open-fence", 6),
        ("\n<!-- to do\n\n## Log\n", "open-comment", 6),
        ("\n<!-- a -->\n<!-- b\n\n- x\n", "open-comment", 7),
        ("\n<pre>\n\nx\n", "open-html", 6),
        ("\n<script src=x>\n", "open-html", 6),
        ("\n## Log\n\n```\nx\n", "open-fence", 8),
        ("\n## Log\n\n<!-- x\n", "open-comment", 8),
    ],
)
def test_never_behind_what_has_no_end(body: str, reason: str, line: int) -> None:
    for _, old in odd.written(odd.FRONT + body):
        assert add_entry(PATH, old, ENTRY, "Log") == Refusal(reason, line)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"---\nname: \xff\n---\n", 2),
        (b"---\nname: [\n---\n", 2),
        (b"---\nname: x\n---\n\n<<<<<<< a\n", 5),
    ],
)
def test_a_broken_file_is_left_alone(data: bytes, line: int) -> None:
    assert add_entry(PATH, data, ENTRY, "Log") == Refusal("unreadable", line)


@pytest.mark.parametrize("entry", ["", "no date", "2026-11-20", "2026-11-20 nonsense", "[ ] task"])
def test_what_is_no_entry_is_refused(entry: str) -> None:
    refused = add_entry(PATH, odd.FRONT.encode(), entry, "Log")
    assert isinstance(refused, Refusal)
    assert refused.reason == "unsafe"


@pytest.mark.parametrize("folder", ["contacts", "events", "communities"])
def test_in_every_sort_of_record(folder: str) -> None:
    added = add_entry(f"{folder}/x.md", odd.FRONT.encode(), ENTRY, "Log")
    assert isinstance(added, Added)
