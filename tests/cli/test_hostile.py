"""Files that mean harm to a terminal: nothing they hold gets through, and no line goes astray."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.cli.cells import visible, width
from tests.cli.conftest import MakeBook
from tests.cli.running import BOOKS, TODAY, Result, clean_environment, command, run, terminal

COMMANDS = [
    "check",
    "due --all",
    "agenda --within 1y",
    "show evil",
    "show gala",
    "show club",
    "list contacts",
    "list events",
    "list communities",
    "find evil",
]

#: What may not reach a terminal: controls, marks and overrides of direction, what is invisible.
ESCAPES = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)

EVIL = r"\x1b[31mevil\x07\x9b2J\r\b\0\u202egnp.\u2066\u200b\u2028\x7f"


def evil_book(make_book: MakeBook, evil: str) -> Path:
    """A book with `evil`, as YAML reads it between double quotes, in every kind of place."""
    quoted, raw = f'"{evil}"', evil.encode().decode("unicode_escape")
    key = f"{quoted}: 1\n" if len(evil) < 1000 else ""  # YAML reads no longer key
    raw = "".join(character for character in raw if character not in "\n\0")
    return make_book(
        {
            "contacts/evil.md": f"---\nname: {quoted}\naliases: [{quoted}]\ncircles: [{quoted}]\n"
            f"city: {quoted}\ncompany: {quoted}\ntitle: {quoted}\ncadence: 1w\nphones: {quoted}\n"
            f"links: {{a: {quoted}}}\nmet: {{date: 2026-11, at: {quoted}}}\n"
            f"follow_up: {{date: 2026-11-20, why: {quoted}}}\nneeds: {quoted}\n{key}"
            f"relations: [{{who: other, how: {quoted}}}]\nbirthday: {quoted}\n---\n{raw} evil\n\n"
            f"- [ ] {raw} due 2026-11-22\n\n## Log\n\n- 2026-11-01 call: {raw}\n",
            "contacts/other.md": "---\nname: Other\n---\n",
            "events/gala.md": f"---\ntitle: {quoted}\ndate: 2026-11-25\nplace: {quoted}\n"
            f"people:\n  - {{who: {quoted}, met: yes, does: {quoted}}}\n---\n"
            f"\n## Before\n\n- [ ] {raw}\n",
            "communities/club.md": f"---\nname: {quoted}\ntheme: {quoted}\nmembers: [{quoted}]\n"
            f"role: owner\ngather_every: 1w\n---\n",
            f"contacts/\x1b[31m{chr(0x202E)}.md": "---\ncity: x\n---\n",
        }
    )


def check_clean(result: Result) -> None:
    assert not ESCAPES.search(result.out + result.err)
    assert "Traceback" not in result.err


@pytest.mark.parametrize("line", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_control_characters_are_shown_escaped(
    line: str, language: str, make_book: MakeBook
) -> None:
    root = evil_book(make_book, EVIL)
    result = run(*line.split(), "--today", TODAY, "--lang", language, cwd=root)
    check_clean(result)
    assert result.code == (1 if line == "check" else 0)
    assert result.out
    if not line.startswith(("check", "list")):
        assert r"\u202e" in result.out


@pytest.mark.parametrize("line", COMMANDS)
def test_json_reads_back_what_is_in_the_file(line: str, make_book: MakeBook) -> None:
    root = evil_book(make_book, EVIL)
    result = run(*line.split(), "--json", "--today", TODAY, cwd=root)
    check_clean(result)
    assert result.document is not None


@pytest.mark.parametrize("line", COMMANDS)
@pytest.mark.parametrize("text", ["n" * 4000, "林" * 4000, "e\u0301" * 2000, "a b " * 1000])
def test_long_names(line: str, text: str, make_book: MakeBook) -> None:
    root = evil_book(make_book, text)
    check_clean(run(*line.split(), "--today", TODAY, cwd=root))
    for columns in (32, 80):
        result = run(*line.split(), "--today", TODAY, cwd=root, COLUMNS=str(columns))
        if line != "check":
            assert max(map(width, result.out.splitlines())) <= columns


@pytest.mark.parametrize("columns", [1, 32, 40, 57, 80, 200])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("line", ["due --all", "agenda", "show li", "show summit", "show tea"])
def test_lines_stay_within_the_terminal(line: str, language: str, columns: int) -> None:
    args = [*line.split(), "--today", TODAY, "--lang", language]
    result = run(*args, COLUMNS=str(columns))
    assert max(map(width, result.out.splitlines())) <= max(columns, 32)


def test_columns_stand_under_one_another_whatever_the_script() -> None:
    lines = run("due", "--today", TODAY).out.splitlines()
    rows = [re.match(r" ?\d+ .*?(?=\d+ days? overdue|today|in \d+ days)", line) for line in lines]
    starts = {width(row[0]) for row in rows if row}
    assert len([row for row in rows if row]) == 10
    assert len(starts) == 1


@given(st.text())
def test_visible_lets_nothing_through_and_is_done_once(text: str) -> None:
    shown = visible(text)
    assert not ESCAPES.search(shown)
    assert "\n" not in shown
    assert visible(shown) == shown
    shown.encode()


# --- terminals and pipes


def test_colour_on_a_terminal_alone() -> None:
    args = ["due", "--today", TODAY]
    assert "\x1b[" in terminal(*args)
    assert "\x1b" not in terminal(*args, NO_COLOR="1")
    assert "\x1b" not in terminal(*args, TERM="dumb")
    assert "\x1b" not in run(*args, FORCE_COLOR="1").out


def test_a_terminal_shows_what_a_pipe_gets() -> None:
    args = ["list", "contacts", "--today", TODAY]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal(*args, columns=200))
    assert plain.split() == run(*args).out.split()


def test_no_evil_on_a_terminal(make_book: MakeBook) -> None:
    root = evil_book(make_book, EVIL)
    for line in ("show evil", "due"):
        shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal(*line.split(), "--today", TODAY, cwd=root))
        assert not ESCAPES.search(shown)


@pytest.mark.parametrize(
    "args", [["due", "--all"], ["due", "--all", "--json"], ["--help"], ["check"]]
)
def test_a_closed_pipe(args: list[str], make_book: MakeBook) -> None:
    files = {f"contacts/p{n}.md": f"---\nname: P{n}\ncadence: 1w\nx: y\n---\n" for n in range(400)}
    with subprocess.Popen(
        command(*args, "--today", TODAY),
        cwd=make_book(files),
        env=clean_environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout
        child.stdout.close()
        assert child.stderr
        said = child.stderr.read().decode()
        assert child.wait(30) == 0
    assert "Traceback" not in said
    assert "Broken" not in said


def test_streams_that_are_closed() -> None:
    for closed in (">&-", "2>&-", ">&- 2>&-", "<&-"):
        done = subprocess.run(
            ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command("due", "--today", TODAY)],
            cwd=BOOKS / "small",
            env=clean_environment({}),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("due"),
            cwd=BOOKS / "small",
            env=clean_environment({}),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"renmai: no space left.\n"
