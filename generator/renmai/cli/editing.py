"""The user's editor, as `$VISUAL` or `$EDITOR` names it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from renmai.cli.failures import NO, Failure


def editor() -> list[str]:
    """The words that start the editor. Raises Failure where none is named, or it is not there."""
    named = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    try:
        words = shlex.split(named)
    except ValueError:
        words = [named]
    if not words:
        raise Failure("new.error.no-editor")
    if shutil.which(words[0]) is None:
        raise Failure("new.error.editor-missing", editor=words[0])
    return words


def edit(words: list[str], path: Path) -> None:
    """Open a file in the editor and wait until it is closed. Raises Failure where it fails."""
    code = subprocess.run([*words, str(path)], check=False).returncode
    if code:
        raise Failure("new.error.editor-failed", NO, editor=words[0], exit=code, path=str(path))
