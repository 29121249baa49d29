"""`renmai log`: what it writes, what it says, and when it asks."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import MakeBook
from tests.cli.running import TODAY, Result, clean_environment, command, process, run

LI = "---\nname: 李雷\n---\n\n## Log\n\n- 2026-10-12 meet: dinner\n"
FILES = {
    "contacts/me.md": "---\nname: Me\nme: yes\n---\n",
    "contacts/li.md": LI,
    "contacts/work/grace.md": "---\nname: Grace Okafor\ncompany: Example Studio\n---\n",
    "contacts/wang-fang.md": "---\nname: 王芳\n---\n",
    "contacts/wang-lei.md": "---\nname: 王磊\ncity: 上海\n---\n",
    "events/summit.md": "---\ntitle: Summit\ndate: 2026-11-19\n---\n",
}


@pytest.fixture
def book(make_book: MakeBook) -> Path:
    return make_book(FILES)


def log(book: Path, *words: str, lang: str = "en") -> Result:
    return run("log", *words, "--today", TODAY, "--lang", lang, cwd=book)


def lines_of(book: Path, path: str) -> list[str]:
    return (book / path).read_text("utf-8").split("\n")


def test_one_line_and_what_was_understood(book: Path) -> None:
    done = log(book, "yesterday coffee with 李雷 and Grace: he is hiring")
    assert done == Result(
        "Logged 20 Nov 2026, coffee, 李雷 with Grace Okafor: he is hiring → contacts/li.md:7\n",
        "",
        0,
    )
    assert (book / "contacts/li.md").read_text("utf-8") == LI.replace(
        "- 2026-10-12", "- 2026-11-20 coffee with [[grace]]: he is hiring\n- 2026-10-12"
    )
    assert (book / "contacts/work/grace.md").read_text("utf-8") == FILES["contacts/work/grace.md"]
    grace = run("show", "grace", "--json", "--today", TODAY, cwd=book).document
    assert grace["interactions"] == [
        {
            "date": "2026-11-20",
            "kind": "meet",
            "deep": False,
            "with": ["li"],
            "text": "he is hiring",
            "path": "contacts/li.md",
            "line": 7,
        }
    ]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["李雷", "call:", "he", "is", "hiring"], "- 2026-11-21 call: he is hiring"),
        (["li", "call:  he  “is”: hiring "], "- 2026-11-21 call: he  “is”: hiring"),
        (["昨天", "电话", "李雷：他在招人"], "- 2026-11-20 电话：他在招人"),
        (["昨天", "见面！", "李雷、Grace：饭"], "- 2026-11-20 见面! 与 [[grace]]：饭"),
        (["met 李雷, Grace and 王芳"], "- 2026-11-21 meet with [[grace]], [[wang-fang]]"),
        (["li", "yesterday", "at", "9:30", "call!"], "- 2026-11-20 09:30 call!"),
        (
            ["li call: [[nobody]] `x` <!-- # - [ ]"],
            "- 2026-11-21 call: [[nobody]] `x` <!-- # - [ ]",
        ),
    ],
)
def test_the_line(book: Path, words: list[str], line: str) -> None:
    assert log(book, *words).code == 0
    assert lines_of(book, "contacts/li.md")[6] == line


def test_further_lines(book: Path) -> None:
    assert log(book, "li call: one\r\ntwo").code == 0
    assert lines_of(book, "contacts/li.md")[6:8] == ["- 2026-11-21 call: one", "  two"]


def test_in_an_events_file_it_counts_for_those_behind_with(book: Path) -> None:
    done = log(book, "Grace and 王芳 coffee at the summit: the hall is loud")
    assert done.out.endswith("→ events/summit.md:8\n")
    line = lines_of(book, "events/summit.md")[7]
    assert line == "- 2026-11-21 coffee with [[grace]], [[wang-fang]]: the hall is loud"


def test_a_log_in_the_books_language(make_book: MakeBook) -> None:
    book = make_book({"contacts/li.md": "---\nname: 李雷\n---\n"}, language="zh")
    assert log(book, "今天电话李雷：好", lang="zh").out == (
        "已记：2026年11月21日、电话、李雷：好 → contacts/li.md:7\n"
    )
    assert lines_of(book, "contacts/li.md")[4:] == ["## 记录", "", "- 2026-11-21 电话：好", ""]


def test_what_one_does_oneself_stands_on_the_own_card(book: Path) -> None:
    assert log(book, "output: an article").out.endswith("→ contacts/me.md:8\n")


def test_a_day_to_come_is_warned_of(book: Path) -> None:
    done = log(book, "tomorrow call li")
    assert done.code == 0
    assert done.err == "22 Nov 2026 is after today: until then the entry resets no clock.\n"


def test_a_dry_run_writes_nothing(book: Path) -> None:
    done = log(book, "li call: hi", "--dry-run")
    assert done.code == 0
    assert done.out == (
        "--- a/contacts/li.md\n+++ b/contacts/li.md\n@@ -4,4 +4,5 @@\n\n ## Log\n\n"
        "+- 2026-11-21 call: hi\n - 2026-10-12 meet: dinner\n"
        "Would log 21 Nov 2026, call, 李雷: hi → contacts/li.md:7\n"
    )
    assert (book / "contacts/li.md").read_text("utf-8") == LI
    assert not (book / ".renmai/journal").exists()


def snapshot(book: Path) -> dict[str, bytes]:
    return {path: (book / path).read_bytes() for path in FILES}


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("coffee with wang", "“wang” can mean several: 王芳 (wang-fang), 王磊 (wang-lei, 上海)"),
        ("coffee with Zed Zoe", "nobody is called “Zed Zoe”: renmai new contact Zed Zoe"),
        ("coffee with Grase", "did you mean Grace Okafor (grace, Example Studio)?"),
        ("coffee", "say with whom"),
        ("li: hi", "say how you were in touch: meet, call"),
        ("talked to li", "that can be several kinds: meet, call, message"),
        ("last week coffee with li", "“last week” is no single day"),
        ("11/3 coffee with li", "that can be several days: Tue 3 Nov 2026, Wed 11 Mar 2026"),
        ("at 8 coffee with li", "that can be several times: 08:00, 20:00"),
        ("at 25:70 coffee with li", "“at 25:70” is no single day or time"),
        ("called her", "nobody is called “her”"),
    ],
)
def test_what_is_not_sure_is_not_written(book: Path, phrase: str, said: str) -> None:
    before = snapshot(book)
    done = log(book, phrase)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1
    assert snapshot(book) == before


@pytest.mark.parametrize("phrase", ["", " ", "li call: \udcff"])
def test_wrong_usage(book: Path, phrase: str) -> None:
    done = log(book, phrase)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1


def test_two_places(make_book: MakeBook) -> None:
    book = make_book({**FILES, "communities/tea.md": "---\nname: Tea\n---\n"})
    assert log(book, "coffee Tea Summit").code == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "---\nname: 李雷\n---\n\n```\ncode\n",
            "contacts/li.md:5 opens a code block that has no end",
        ),
        ("---\nname: 李雷\n---\n\n<!-- x\n", "contacts/li.md:5 opens a comment that has no end"),
    ],
)
def test_what_has_no_end_is_refused(make_book: MakeBook, content: str, said: str) -> None:
    book = make_book({"contacts/li.md": content})
    done = log(book, "call li")
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert (book / "contacts/li.md").read_text("utf-8") == content


def test_a_broken_card_is_nobody_new(make_book: MakeBook) -> None:
    book = make_book({**FILES, "contacts/zed.md": "---\nname: [\n---\n"})
    done = log(book, "call zed")
    assert done.code == 1
    assert "contacts/zed.md cannot be read" in done.err


def test_a_reference_means_that_record_and_no_other(make_book: MakeBook) -> None:
    cards = {"a#b": "Hash", "x": "Ann", "X": "Bea"}
    book = make_book(
        {
            **FILES,
            **{f"contacts/{id}.md": f"---\nname: {name}\n---\n" for id, name in cards.items()},
        }
    )
    assert log(book, "call 李雷, Hash, Ann, Bea").code == 0
    line = "- 2026-11-21 call with [[Hash]], [[x]], [[X]]"
    assert lines_of(book, "contacts/li.md")[6] == line


def test_undo_takes_it_back(book: Path) -> None:
    before = snapshot(book)
    log(book, "li call: hi")
    done = run("undo", cwd=book)
    assert done == Result("Took back: renmai log 'li call: hi' → contacts/li.md\n", "", 0)
    assert snapshot(book) == before


# --- on a terminal ---------------------------------------------------------------------------


def answered(book: Path, *args: str, answers: str) -> tuple[str, int]:
    """What `renmai ARGS` says on a terminal where somebody types `answers`, and its exit code."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        command(*args, "--today", TODAY),
        cwd=book,
        env=clean_environment({"TERM": "dumb"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        close_fds=True,
    )
    os.close(theirs)
    os.write(ours, answers.encode())
    said = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:  # nobody holds the terminal any more
            break
        if not part:
            break
        said += part
    os.close(ours)
    return said.decode().replace("\r\n", "\n"), child.wait(60)


def test_somebody_is_asked_which(book: Path) -> None:
    said, code = answered(book, "log", "talked to wang: hi", answers="7\n2\n1\n")
    assert code == 0, said
    assert "  1  王芳 (wang-fang)\n  2  王磊 (wang-lei, 上海)\n" in said
    assert "  1  meet\n  2  call\n  3  message\n" in said
    assert "Logged 21 Nov 2026, meet, 王磊: hi → contacts/wang-lei.md:8" in said


def test_no_answer_writes_nothing(book: Path) -> None:
    before = snapshot(book)
    said, code = answered(book, "log", "coffee with wang", answers="\n")
    assert code == 1
    assert "nothing was written" in said
    assert snapshot(book) == before


def test_somebody_new_gets_a_card_and_one_undo_takes_back_both(book: Path) -> None:
    before = snapshot(book)
    said, code = answered(book, "log", "li and Zed Zoe coffee: hi", answers="1\n")
    assert code == 0, said
    assert lines_of(book, "contacts/li.md")[6] == "- 2026-11-21 coffee with [[zed-zoe]]: hi"
    assert "name: Zed Zoe\n" in (book / "contacts/zed-zoe.md").read_text("utf-8")
    assert run("check", "--strict", "--today", TODAY, cwd=book).code == 0
    assert run("undo", cwd=book).code == 0
    assert not (book / "contacts/zed-zoe.md").exists()
    assert snapshot(book) == before


def test_an_entry_of_somebody_new(book: Path) -> None:
    said, code = answered(book, "log", "Zed call: hi", answers="1\n")
    assert code == 0, said
    assert "- 2026-11-21 call: hi\n" in (book / "contacts/zed.md").read_text("utf-8")


def test_in_a_process_of_its_own_nobody_is_asked(book: Path) -> None:
    done = process("log", "coffee with wang", "--today", TODAY, cwd=book)
    assert done.code == 1
    assert done.out == ""


def test_a_refused_entry_leaves_no_card_behind(make_book: MakeBook) -> None:
    book = make_book({"contacts/li.md": "---\nname: 李雷\n---\n\n```\ncode\n"})
    said, code = answered(book, "log", "call 李雷 and Zed", answers="1\n")
    assert code == 1, said
    assert "has no end" in said
    assert not (book / "contacts/zed.md").exists()
