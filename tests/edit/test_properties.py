"""Whatever a file holds: an edit adds its one line or box, or nothing; and it can be trusted."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from renmai.edit.front import set_key
from renmai.edit.log import Added, add_entry
from renmai.edit.refusal import Refusal
from renmai.edit.tasks import put_off, tick
from renmai.edit.verify import without_places
from renmai.model.reading import read_record

PATH = "contacts/li.md"
ENTRY = "2026-11-20 call with [[a]]: text"

#: What breaks a naive editor, in any order.
PIECES = st.sampled_from(
    [
        "## Log", "## 记录", "# X", "## X", "### Log", "Log", "---", "===", "- 2026-11-02 call: a",
        "- 2026-10-02 meet!", "* 2026-11-03 call", "1. 2026-11-04 call", "2) 2026-11-05 call",
        "  - [ ] nested due 2026-12-01", "- [ ] task", "- [x] done", "+ [ ] 截止 2026-12-01", "-",
        "- undated", "```", "~~~~", "``` py", "<!--", "-->", "<!-- a -->", "`code", "<pre>",
        "</pre>", "<div>", "> - 2026-11-02 call", "> ```", "    code", "\ttab", "", "", "  ",
        "text", "  further", "שלום 🎈", "\u2028", "[[x]]", "\\", "|a|b|", "<<<<<<<", "=======",
    ]
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=14)
FRONTS = st.sampled_from(
    [
        "---\nname: Li\n---\n",
        "---\n# c\nname: Li # d\ncircles: [a, b]\n\nmet:\n  date: 2024\n  # e\n---\n",
        "---\nname: |\n  a\n  # b\nsnooze: '2026-12-01'\n---\n",
        "",
    ]
)


@st.composite
def files(draw) -> bytes:
    text = draw(FRONTS) + "\n".join(draw(BODIES)) + draw(st.sampled_from(["", "\n", "\n\n"]))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.replace("\n", ending).encode()


def only_added(old: bytes, new: bytes) -> bool:
    """Whether all lines of the old file are in the new one, in order (but for a missing end)."""
    before = [line.rstrip(b"\r") for line in old.split(b"\n")]
    after = [line.rstrip(b"\r") for line in new.split(b"\n")]
    position = 0
    for line in after:
        if position < len(before) and line == before[position]:
            position += 1
    return position >= len(before) - (not before[-1])


@given(files())
def test_an_entry(data: bytes) -> None:
    added = add_entry(PATH, data, ENTRY, "Log")
    if isinstance(added, Refusal):
        assert added.reason != "unsafe", "a known shape should be known"
        return
    before, after = (read_record(PATH, each).record for each in (data, added.data))
    assert before
    assert after
    assert only_added(data, added.data)
    assert added.data.split(b"\n")[added.line - 1].strip().endswith(ENTRY.encode())
    assert len(after.log) == len(before.log) + 1
    assert [without_places(task) for task in after.tasks] == [
        without_places(task) for task in before.tasks
    ]
    has_log = any(section.role == "log" for section in before.sections)
    assert added.data.count(b"\n") - data.count(b"\n") <= (3 if has_log else 5)
    again = add_entry(PATH, added.data, ENTRY.replace("11-20", "11-21"), "Log")
    assert isinstance(again, Added)
    assert again.data.count(b"\n") == added.data.count(b"\n") + 1


@given(files(), st.integers(0, 5))
def test_a_box(data: bytes, number: int) -> None:
    record = read_record(PATH, data).record
    tasks = [task for task in record.tasks if not task.done] if record else []
    if not tasks:
        return
    task = tasks[number % len(tasks)]
    ticked = tick(PATH, data, task)
    assert isinstance(ticked, bytes)
    assert len(ticked) == len(data)
    different = [place for place, (a, b) in enumerate(zip(data, ticked, strict=True)) if a != b]
    assert len(different) == 1
    assert data.count(b"\n", 0, different[0]) == task.line - 1
    later = put_off(PATH, data, task, date(2027, 1, 5), "en")
    if isinstance(later, bytes):
        lines = zip(data.split(b"\n"), later.split(b"\n"), strict=True)
        assert sum(old != new for old, new in lines) == 1


@given(files())
def test_a_key(data: bytes) -> None:
    made = set_key(PATH, data, "snooze", "2027-01-15")
    if isinstance(made, Refusal):
        assert made.reason != "unsafe"
        return
    assert made.count(b"\n") - data.count(b"\n") == (b"snooze" not in data)
    assert set_key(PATH, made, "snooze", "2027-01-15") == made
