"""When two ids are the same, and what lies in a folder: what looking for a reference goes by."""

from __future__ import annotations

from renmai.model.source import Source
from renmai.text.values import nfc


def caseless(text: str) -> str:
    """`text` without case, as ids are compared."""
    return nfc(text.casefold())


def lies_in(source: Source, folder: str) -> bool:
    """Whether a folder as written before a ref holds the file, at whatever depth."""
    wanted = [caseless(step.strip()) for step in folder.split("/") if step.strip()]
    parents = [caseless(nfc(step)) for step in source.path.split("/")[:-1]]
    return any(
        parents[start : start + len(wanted)] == wanted
        for start in range(len(parents) - len(wanted) + 1)
    )
