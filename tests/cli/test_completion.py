"""Completion: of commands and options without loading them, of ids, names and pinyin."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from renmai.cli.program import COMMANDS
from tests.cli.conftest import MakeBook
from tests.cli.running import BOOKS, clean_environment, command, process, run

SMALL = BOOKS / "small"


def completed(line: str, shell: str = "bash", cwd: Path = SMALL) -> list[str]:
    """What the shell is told for `line`, whose last word is being typed."""
    words = line.split(" ")
    result = run(
        cwd=cwd,
        _RENMAI_COMPLETE=f"{shell}_complete",
        COMP_WORDS=line,
        COMP_CWORD=str(len(words) - 1) if shell != "fish" else words[-1],
    )
    assert result.code == 0
    assert result.err == ""
    return result.out.splitlines()


def values(line: str, cwd: Path = SMALL) -> list[str]:
    return [item.partition(",")[2] for item in completed(line, cwd=cwd) if item]


def test_commands() -> None:
    assert values("renmai ") == list(COMMANDS)
    assert values("renmai a") == ["agenda"]
    assert values("renmai --lang zh ag") == ["agenda"]


def test_options() -> None:
    assert values("renmai due --w") == ["--within"]
    assert "--json" in values("renmai --")
    assert "--help" in values("renmai list contacts --")


def test_words_to_choose_from() -> None:
    assert values("renmai list ") == ["contacts", "events", "communities"]
    assert values("renmai list contacts --level c") == ["cool", "cold"]
    assert values("renmai --lang ") == ["en", "zh"]
    assert values("renmai completion ") == ["bash", "zsh", "fish"]
    assert completed("renmai -C ") == ["dir,"]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", "dinner fair grace li me noor old-friend summit tea wang zhou"),
        ("g", "grace"),
        ("Gra", "grace"),
        ("王", "wang"),
        ("noor", "noor"),
        ("Fang", "wang"),
        ("zhouy", "zhou"),
        ("ll", "li"),
        ("nobody", ""),
    ],
)
def test_ids(typed: str, ids: str) -> None:
    assert sorted(values(f"renmai show {typed}")) == ids.split()


def test_help_beside_the_words() -> None:
    assert completed("renmai d", shell="zsh")[:3] == [
        "plain",
        "due",
        "Who is waiting for you, and why.",
    ]
    assert "谁在等你，为什么。" in completed("renmai --lang zh d", shell="zsh")
    assert "plain,li" in completed("renmai show li", shell="fish")[0]


def test_no_book_and_a_broken_one_complete_nothing(tmp_path: Path, make_book: MakeBook) -> None:
    assert values("renmai show ", cwd=tmp_path) == []
    root = make_book({"mkdocs.yml": "plugins: [\n  - renmai\n"})
    assert values("renmai show ", cwd=root) == []


def test_ids_that_a_shell_would_split_or_obey(make_book: MakeBook) -> None:
    card = "---\nname: X\n---\n"
    root = make_book({"contacts/a b$(c).md": card, "contacts/a\x1b[2J.md": card})
    assert values("renmai show a", cwd=root) == [r"a\ b\$\(c\)"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script(shell: str) -> None:
    result = run("completion", shell)
    assert result.code == 0
    assert "_RENMAI_COMPLETE" in result.out
    if shutil.which(shell):
        checked = subprocess.run(
            [shell, "-n"], input=result.out, text=True, capture_output=True, check=False
        )
        assert checked.returncode == 0
        assert checked.stderr == ""


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_in_a_real_bash(tmp_path: Path) -> None:
    starter = tmp_path / "renmai"
    words = " ".join(f"'{word}'" for word in command())
    starter.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    starter.chmod(0o755)
    asked = """
        eval "$(renmai completion bash)"
        COMP_WORDS=(renmai show gr) COMP_CWORD=2
        _renmai_completion renmai
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    environment = clean_environment({})
    environment["PATH"] = f"{tmp_path}:{environment['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", asked],
        cwd=SMALL,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "grace\n", done.stderr


def test_a_question_that_is_none_is_wrong_usage() -> None:
    assert process(_RENMAI_COMPLETE="csh_complete").code == 2
