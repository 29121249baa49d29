"""A sync that is killed at the n-th thing it does, as hard as a machine can."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from renmai.storage import atomic
from renmai.sync import git, integrate, note
from tests.sync.kit import Device

#: What a sync does to the world, one thing after the other: calls of git, and files.
DEEDS: list[tuple[Any, str]] = [
    (git, "run"),
    (atomic, "replace"),
    (atomic, "create"),
    (atomic, "remove"),
    (integrate, "write_whole"),
    (note, "write_state"),
]


def sync_killed_at(device: Device, number: int, *, behind: bool) -> bool:
    """Sync in a process that is killed before (or `behind`) its deed `number`; False: it lived."""
    child = os.fork()
    if child == 0:
        _die(device, number, behind=behind)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    return False


def _die(device: Device, number: int, *, behind: bool) -> None:
    """Never returns: the process ends here, whatever happens."""
    try:
        os.setsid()
        left = [number]
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in DEEDS:
                patch.setattr(owner, name, _counted(getattr(owner, name), left, behind))
            device.sync()
    finally:
        os._exit(0)


def _counted(deed: Callable[..., Any], left: list[int], behind: bool) -> Callable[..., Any]:
    @wraps(deed)
    def counted(*args: Any, **named: Any) -> Any:
        left[0] -= 1
        last = left[0] == 0
        if last and not behind:
            os.killpg(0, signal.SIGKILL)
        done = deed(*args, **named)
        if last:
            os.killpg(0, signal.SIGKILL)
        return done

    return counted
