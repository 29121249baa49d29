"""The commands on odd files: the diff is exactly the line, and `undo` gives every byte back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import MakeBook
from tests.cli.running import TODAY, run
from tests.edit import odd

BODY = "\nשלום 🎈\n\n- [ ] send it due 2026-12-01\n\n## Log\n\n*\t2026-11-02 call: عالم\u2028x"
FRONTS = {name: odd.FRONTS[name] for name in ("plain", "comments", "flow", "quotes", "block")}

#: A command, the line that is gone by it, and the line that is new.
DEEDS = [
    (["log", "call li: 你好 🎈"], None, "*\t2026-11-21 call: 你好 🎈"),
    (["done", "send it"], "- [ ] send it due 2026-12-01", "- [x] send it due 2026-12-01"),
    (["snooze", "send it", "2w"], "- [ ] send it due 2026-12-01", "- [ ] send it due 2026-12-05"),
    (["snooze", "li", "2w"], None, "snooze: 2026-12-05"),
]  # fmt: skip


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize(("words", "gone", "new"), DEEDS, ids=lambda each: str(each)[:20])
def test_exactly_the_line(
    make_book: MakeBook, front: str, words: list[str], gone: str | None, new: str
) -> None:
    book = make_book({})
    card: Path = book / "contacts/li.md"
    card.parent.mkdir()
    for _, old in odd.written(FRONTS[front] + BODY):
        card.write_bytes(old)
        card.chmod(0o640)
        done = run(*words, "--today", TODAY, cwd=book)
        assert done.code == 0, done.err
        ending = b"\r\n" if b"\r\n" in old else b"\n"
        lines = card.read_bytes().split(b"\n")
        place = next(n for n, line in enumerate(lines) if line.rstrip(b"\r") == new.encode())
        assert lines[place].endswith(b"\r") == (ending == b"\r\n")
        if gone is None:
            del lines[place]
        else:
            lines[place] = gone.encode() + ending[:-1]
        assert b"\n".join(lines) == old
        assert card.stat().st_mode & 0o777 == 0o640
        assert run("undo", cwd=book).code == 0
        assert card.read_bytes() == old


@pytest.mark.parametrize("front", ["none", "no end"])
def test_without_front_matter(make_book: MakeBook, front: str) -> None:
    book = make_book({"contacts/li.md": odd.FRONTS[front] + BODY})
    old = (book / "contacts/li.md").read_bytes()
    assert run("snooze", "li", "--today", TODAY, cwd=book).code == 1
    assert (book / "contacts/li.md").read_bytes() == old
    assert run("log", "call li", "--today", TODAY, cwd=book).code == 0
