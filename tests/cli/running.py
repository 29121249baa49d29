"""How tests run the program: in this process, in one of its own, or in a terminal."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renmai.cli.program import run as run_program

BOOKS = Path(__file__).parent / "books"
TODAY = "2026-11-21"

#: What a run does not see of the environment: the size of a terminal, languages, wishes.
_CLEAN = (
    "COLUMNS",
    "LINES",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "NO_COLOR",
    "FORCE_COLOR",
    "PYTHONUNBUFFERED",
)


@dataclass
class Result:
    """What a run said, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def document(self) -> Any:
        """The one JSON document of standard output."""
        return json.loads(self.out)


@contextlib.contextmanager
def _surroundings(cwd: Path, environment: Mapping[str, str]):
    kept, here = dict(os.environ), Path.cwd()
    for name in _CLEAN:
        os.environ.pop(name, None)
    os.environ.update(environment)
    os.chdir(cwd)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(kept)


def run(*args: str, cwd: Path = BOOKS / "small", **environment: str) -> Result:
    """Run `renmai ARGS` in this process, in the folder `cwd`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with (
        _surroundings(cwd, environment),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = run_program(args)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Result(texts[0], texts[1], code)


def command(*args: str) -> list[str]:
    """The words that start `renmai ARGS` in a process of its own."""
    return [sys.executable, "-m", "renmai", *args]


def process(*args: str, cwd: Path = BOOKS / "small", **environment: str) -> Result:
    """Run `renmai ARGS` in a process of its own."""
    done = subprocess.run(
        command(*args),
        cwd=cwd,
        env=clean_environment(environment),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Result(
        done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode(), done.returncode
    )


def terminal(*args: str, cwd: Path = BOOKS / "small", columns: int = 80, **environment: str) -> str:
    """What `renmai ARGS` writes to a terminal of so many columns."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    child = subprocess.Popen(
        command(*args),
        cwd=cwd,
        env=clean_environment({"TERM": "xterm-256color", **environment}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        close_fds=True,
    )
    os.close(theirs)
    written = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so of a terminal that nobody holds any more
            break
        if not part:
            break
        written += part
    child.wait(30)
    os.close(ours)
    return written.decode("utf-8").replace("\r\n", "\n")


def clean_environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _CLEAN}
    return {**kept, "LANG": "C.UTF-8", **more}
