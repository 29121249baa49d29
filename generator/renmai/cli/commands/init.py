"""`renmai init DIR`: a new book, or with `--demo` the example book around today."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from renmai.cli import helping, output
from renmai.cli.cells import wrap
from renmai.cli.declare import declare
from renmai.cli.failures import Failure
from renmai.cli.options import argument, option
from renmai.cli.session import Session, locale_language
from renmai.sync.begin import begin
from renmai.words import LANGUAGES, Words


@declare(
    "init",
    argument("folder", metavar="DIR"),
    option("--demo", is_flag=True),
    has_json=False,
)
def command(session: Session, folder: str, demo: bool) -> None:
    from renmai.cli.newbook.files import demo_book, new_book

    words = Words(_language(session))
    root = session.directory / folder
    _refuse_full(root, folder)
    files = demo_book(words, session.today) if demo else new_book(words, _ask_name(words))
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    begin(root)
    _say_next("demo" if demo else "empty", root, words)


def _say_next(sort: str, root: Path, words: Words) -> None:
    """What there is now, and the three commands to begin with."""
    columns = output.terminal_width() or helping.PAGE_WIDTH
    steps = helping.examples(words(f"cli.init.{sort}.steps", folder=shlex.quote(str(root))))
    head = wrap(words(f"cli.init.{sort}.done", folder=str(root)), columns)
    lines = [*head, *helping.definitions(steps, columns)]
    output.write_lines([[line] for line in lines])


def _language(session: Session) -> str:
    """A new book is in the language of `--lang` or of the locale, whatever book lies around it."""
    given = session.given_language
    return given if given in LANGUAGES else locale_language(os.environ)


def _refuse_full(root: Path, folder: str) -> None:
    """A folder that holds something is somebody's; a fresh clone holds nothing but `.git`."""
    if root.is_dir():
        if any(entry.name != ".git" for entry in root.iterdir()):
            raise Failure("cli.error.not-empty", path=folder or ".")
    elif os.path.lexists(root):
        raise Failure("cli.error.no-folder", path=folder)


def _ask_name(words: Words) -> str:
    """The user's name: asked for on a terminal, else a word that stands for it."""
    standing_for = words("cli.init.me")
    if not (output.is_terminal(sys.stdin) and output.is_terminal(sys.stdout)):
        return standing_for
    asked = str(click.prompt(words("cli.init.ask-name"), default=standing_for, show_default=False))
    return " ".join(asked.split()) or standing_for
