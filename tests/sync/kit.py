"""Devices with a clone each and the repository between them: real git in folders of a test."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.cli.running import Result, clean_environment, command, run

SETTINGS = "site_name: t\nplugins:\n  - renmai:\n      language: {language}\n"
IGNORED = "site/\n.renmai/\n"

#: Git as a new user has it, and none of this machine's settings.
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
}


def card(name: str, *entries: str, front: str = "") -> str:
    """A contact with a log."""
    log = "".join(f"- {entry}\n" for entry in entries)
    return f"---\nname: {name}\n{front}---\n\n## Log\n\n{log}"


class Device:
    """A clone at `root`; the book lies in it, or in its folder `within`."""

    def __init__(self, root: Path, within: str = "") -> None:
        self.root, self.book = root, root / within

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the book, with the folders above it."""
        target = self.book / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def append(self, path: str, text: str) -> None:
        with (self.book / path).open("ab") as file:
            file.write(text.encode())

    def read(self, path: str) -> str:
        return (self.book / path).read_bytes().decode()

    def git(self, *args: str, fine: tuple[int, ...] = (0,)) -> str:
        """What `git ARGS` answers here."""
        done = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", *args],
            cwd=self.root,
            env={**os.environ, **ENVIRONMENT},
            capture_output=True,
            check=False,
        )
        assert done.returncode in fine, (args, done.stderr.decode())
        return done.stdout.decode().strip()

    def commit(self, message: str = "by hand") -> None:
        """Commit everything with git alone."""
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def sync(self, *args: str, **environment: str) -> Result:
        """`renmai sync`, in this process."""
        return run("sync", *args, cwd=self.book, **ENVIRONMENT, **environment)

    def synced(self) -> Result:
        """The same, where it must go well."""
        result = self.sync()
        assert result.code == 0, result
        return result

    def start(self, **environment: str) -> subprocess.Popen[bytes]:
        """`renmai sync` in a process group of its own."""
        return subprocess.Popen(
            command("sync"),
            cwd=self.book,
            env=clean_environment({**ENVIRONMENT, **environment}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    @property
    def status(self) -> str:
        return self.git("status", "--porcelain", "--untracked-files=all")

    @property
    def state(self) -> Mapping[str, bytes | str]:
        """Everything that a refusal must leave alone: files, index, refs, what is under way."""
        files: dict[str, bytes | str] = {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and not {".git", ".renmai"} & set(path.parts)
        }
        files["refs"] = self.git("for-each-ref") + self.git("rev-parse", "HEAD")
        files["index"] = self.git("ls-files", "-s")
        files["config"] = self.git("config", "-l", "--local")
        files["status"] = self.git("status")
        return files


def kill(process: subprocess.Popen[bytes], group: bool = True) -> None:
    """Kill a sync as hard as can be, with the gits that it runs (`group`) or alone."""
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def wait_for(there: Path, process: subprocess.Popen[bytes], seconds: float = 20) -> None:
    """Wait until a file is there."""
    until = time.monotonic() + seconds
    while not there.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, f"{there} never came"
        time.sleep(0.01)


def hook(device: Device, name: str, script: str) -> None:
    """A hook of the user's."""
    path = device.root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
