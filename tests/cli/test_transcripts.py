"""What the commands print, word for word, in both languages.

A transcript is a text file `BOOK.LANGUAGE[.TOPIC].txt`: lines `$ renmai …`, each followed by what
that command prints (standard error behind `! `) and by its exit code where it is not 0. They run
in a copy of tests/cli/books/BOOK whose settings say LANGUAGE.

A new one is written by hand with its `$` lines alone; this makes all of them anew, to be read
before they are committed:

    REMAKE_TRANSCRIPTS=1 pytest tests/cli/test_transcripts.py
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.running import BOOKS, run

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
REMAKE = bool(os.environ.get("REMAKE_TRANSCRIPTS"))


def perform(transcript: str, folder: Path) -> str:
    """The transcript as it is today: its commands, run one after the other."""
    written = []
    for line in transcript.splitlines():
        if not line.startswith("$ renmai"):
            continue
        result = run(*shlex.split(line)[2:], cwd=folder)
        said = [line, *result.out.splitlines(), *(f"! {said}" for said in result.err.splitlines())]
        written.append("\n".join(said) + (f"\n[exit {result.code}]\n" if result.code else "\n"))
    return "\n".join(written)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path) -> None:
    book, language, *_ = path.stem.split(".")
    folder = tmp_path / book
    shutil.copytree(BOOKS / book, folder)
    settings = folder / "mkdocs.yml"
    if settings.exists():
        text = settings.read_text("utf-8").replace("language: en", f"language: {language}")
        settings.write_text(text, "utf-8")
    kept = path.read_text("utf-8")
    now = perform(kept, folder)
    if REMAKE:
        path.write_text(now, "utf-8", newline="\n")
    else:
        assert now == kept


def test_there_are_transcripts_in_both_languages() -> None:
    topics = {tuple(path.stem.split(".")) for path in TRANSCRIPTS}
    english = {(book, *topic) for book, language, *topic in topics if language == "en"}
    assert english
    assert english == {(book, *topic) for book, language, *topic in topics if language == "zh"}


def test_every_command_has_one() -> None:
    from renmai.cli.program import COMMANDS

    shown = {
        word
        for path in TRANSCRIPTS
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("$ renmai")
        for word in line.split()
    }
    assert set(COMMANDS) <= shown
