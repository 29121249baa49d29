"""Whether a task is ticked, when two devices may have ticked it."""

from __future__ import annotations


def merged_tick(base: bool | None, ours: bool, theirs: bool) -> bool:
    """Ticked by either since the ancestor: ticked; unticked by one, untouched by the other: open.

    `base` is None for a task that the ancestor does not have.
    """
    if base:
        return ours and theirs
    return ours or theirs
