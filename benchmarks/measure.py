"""The time and the memory that a command takes, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

#: How often memory is looked at, in seconds.
_EVERY = 0.02


class Failed(Exception):
    """A command, or what it should have made, is not right; the message says what."""


def timed(command: Sequence[str], cwd: Path, codes: Sequence[int] = (0,)) -> float:
    """Run a command; the seconds it took. Raises Failed for an exit code not in `codes`."""
    begin = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, env=environment(), capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begin
    if done.returncode not in codes:
        last = (done.stderr or done.stdout).strip()[-500:]
        raise Failed(f"{' '.join(command)}: exit code {done.returncode}\n{last}")
    return seconds


def peak_memory(command: Sequence[str], cwd: Path) -> int | None:
    """Run a command; the most bytes that it and all its processes held at once, shared ones once.

    Apart from `timed`, because looking slows it down. None where there is no `/proc` to look in.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    child = subprocess.Popen(
        command, cwd=cwd, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak, ended = 0, threading.Event()

    def look() -> None:
        nonlocal peak
        while not ended.wait(_EVERY):
            peak = max(peak, sum(_bytes(pid) for pid in _tree(child.pid)))

    watcher = threading.Thread(target=look)
    watcher.start()
    code = child.wait()
    ended.set()
    watcher.join()
    if code:
        raise Failed(f"{' '.join(command)}: exit code {code}")
    return peak


def environment() -> Mapping[str, str]:
    """The environment of every command: as it is, but for what would change how Python starts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}


def _tree(pid: int) -> list[int]:
    """A process and all below it that are there."""
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        try:
            tasks = list(Path(f"/proc/{found[-1]}/task").iterdir())
            for task in tasks:
                left += map(int, (task / "children").read_text().split())
        except (OSError, ValueError):
            continue
    return found


def _bytes(pid: int) -> int:
    """The proportional share of memory of a process."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
