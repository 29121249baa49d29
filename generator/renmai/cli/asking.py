"""Questions on a terminal: one line to choose from a few. Nobody is asked where nobody sits."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from renmai.cli import output
from renmai.cli.failures import NO, Failure
from renmai.cli.session import Session


def can_ask() -> bool:
    """Whether somebody sits at a terminal who can read a question and answer it."""
    return output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)


def choose(session: Session, question: str, options: Sequence[str]) -> int:
    """Which of `options` is meant, from 0. Raises Failure when it is none of them.

    The question is already worded. Only where `can_ask()`.
    """
    words = session.words
    rows = [f"  {number}  {option}" for number, option in enumerate(options, 1)]
    output.write_message([question, *rows])
    while True:
        answer = click.prompt(
            words("writing.ask.which", n=len(options)),
            default="",
            show_default=False,
            err=True,
        ).strip()
        if not answer:
            raise Failure("writing.ask.nothing", NO)
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return int(answer) - 1
