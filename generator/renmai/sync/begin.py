"""The git of a new book: a repository where there is none, with the merge driver in place."""

from __future__ import annotations

import contextlib
from pathlib import Path

from renmai.sync.driver import configure
from renmai.sync.git import Git, GitFailed, NoGit


def begin(root: Path) -> None:
    """Make a git repository around the new book, unless it lies in one; nothing without git."""
    git = Git(root)
    with contextlib.suppress(NoGit, GitFailed, OSError):
        if git.line("rev-parse", "--is-inside-work-tree") != "true":
            git("init", "--quiet")
        configure(git)
