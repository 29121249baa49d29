"""How many processes can share work."""

from __future__ import annotations

import os
import threading


def cores() -> int:
    """How many processes can run at a time; one where threads run already.

    A copy of a process has one thread, and what the others had locked stays locked in it for ever.
    """
    if threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
