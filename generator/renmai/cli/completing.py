"""Completion in the shell: its script, its questions, and the ids of the book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
)

from renmai.cli import output
from renmai.cli.cells import visible
from renmai.cli.failures import Failure
from renmai.cli.session import Session
from renmai.model.source import Source
from renmai.text.values import folded


class _Bash(BashComplete):
    """Bash takes what it is given as typed, so what it would split or expand is quoted."""

    def format_completion(self, item: CompletionItem) -> str:
        safe = "".join(
            character if character.isalnum() or character in "-_./@%+=,:~" else f"\\{character}"
            for character in item.value
        )
        return f"{item.type},{safe}"


SHELLS: dict[str, type[ShellComplete]] = {
    "bash": _Bash,
    "zsh": ZshComplete,
    "fish": FishComplete,
}


def script(program: click.Command, shell: str, variable: str) -> str:
    """The script that `shell` reads once, so that it asks us from then on."""
    # Not the method of BashComplete: that starts a bash to ask for its version.
    return ShellComplete.source(SHELLS[shell](program, {}, program.name or "", variable))


def answer(program: click.Command, session: Session, instruction: str) -> int:
    """Answer the shell's question in the environment, `SHELL_complete`; the exit code."""
    shell, _, question = instruction.partition("_")
    if shell not in SHELLS or question != "complete":
        return 2
    asked = SHELLS[shell](program, {"obj": session}, program.name or "", "")
    output.write_text(asked.complete())
    return 0


def record_items(session: Session, folders: Sequence[str], incomplete: str) -> list[CompletionItem]:
    """The ids that what was typed may become: by id, else by name, else by pinyin.

    Nothing without a book: a shell that completes has no place for a message.
    """
    try:
        sources = [
            source for source in session.book.outlined if not folders or source.folder in folders
        ]
    except (Failure, OSError):
        return []
    typed = folded(incomplete)
    for called in (_ids, _names, _readings):
        found = [
            source
            for source in sources
            if any(name.startswith(typed) for name in called(source))
            and visible(source.id) == source.id
        ]
        if found:
            return [CompletionItem(each.id, help=visible(each.outline.label)) for each in found]
    return []


def _ids(source: Source) -> Iterable[str]:
    return [folded(source.id)]


def _names(source: Source) -> Iterable[str]:
    return source.outline.names


def _readings(source: Source) -> Iterable[str]:
    """Pinyin with and without spaces, and initials; the dictionary is loaded only for this."""
    from renmai.text import names

    outline = source.outline
    reading = names.reading(outline.label, outline.pinyin)
    if not reading:
        return []
    letters = names.initials(outline.label, outline.pinyin)
    return map(folded, (reading, reading.replace(" ", ""), letters))
