"""The templates of a book: what its new records begin with."""

from __future__ import annotations

import os
from pathlib import Path

from renmai.text.yamltree import MAX_BYTES

#: Of the book's folders this is none, so what lies there is no record; Obsidian is told of it.
TEMPLATES = "_templates"


def read_template(root: Path, sort: str) -> bytes | None:
    """The book's own template of a `contact`, an `event` or a `community`; None without one."""
    real = os.path.realpath(root / TEMPLATES / f"{sort}.md")
    if not real.startswith(os.path.realpath(root) + os.sep) or not os.path.isfile(real):
        return None
    return Path(real).read_bytes()[: 2 * MAX_BYTES]
