"""Merging by lines, by the one who knows best: `git merge-file`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from renmai.merge.lines import LeftToGit
from renmai.merge.versions import Versions
from renmai.sync.git import run

#: More conflicts than these git does not count; a higher exit code means that it could not merge.
MOST_CONFLICTS = 127


def merge_lines(texts: Versions[str]) -> tuple[str, int]:
    """The merge of three texts, and its conflicts. Raises LeftToGit, NoGit or OSError."""
    with tempfile.TemporaryDirectory(prefix="renmai-") as name:
        folder = Path(name)
        for label, text in texts._asdict().items():
            (folder / label).write_bytes(text.encode("utf-8"))
        plain = ("-c", "merge.conflictStyle=merge")
        done = run(folder, *plain, "merge-file", "-p", "ours", "base", "theirs")
    if done.code > MOST_CONFLICTS:
        raise LeftToGit
    return done.out.decode("utf-8"), done.code


def merge_files(ours: str, base: str, theirs: str) -> tuple[bytes, int]:
    """What `git merge-file OURS BASE THEIRS` would put into OURS, and its exit code.

    Raises NoGit or OSError.
    """
    done = run(Path(), "merge-file", "-p", "--", ours, base, theirs)
    return done.out, done.code
