"""Git, a program beside ours: how it is called, and what it says when something fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import NamedTuple

#: Settings of the user's that would change what git does for us, or what we read of it.
_SETTINGS = (
    "color.ui=false",
    "core.quotePath=false",
    "core.safecrlf=false",
    "diff.noprefix=false",
    "fetch.recurseSubmodules=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "maintenance.auto=false",
    "merge.directoryRenames=false",
    "submodule.recurse=false",
)

#: What a hook, or another git, sets to say which repository is meant. Here the book says that.
_PLACES = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_ATTR_SOURCE",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DEFAULT_HASH",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REFLOG_ACTION",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
}

#: Seconds after which a line on which hardly anything comes is given up.
_SLOW = "60"


class NoGit(Exception):
    """There is no git on this machine."""


class Done(NamedTuple):
    """What a call of git gave: exit code, standard output, standard error."""

    code: int
    out: bytes
    err: str


class GitFailed(Exception):
    """Git refused; `reason` is the line of what it said that tells most."""

    def __init__(self, args: Collection[str], done: Done) -> None:
        super().__init__(f"git {' '.join(args)}: {done.code}: {done.err}")
        self.done, self.reason = done, reason(done.err)


class Git:
    """Calls git in one folder.

    `started` is told the process id of each git that begins, and 0 when it has ended.
    """

    def __init__(self, folder: Path, started: Callable[[int], None] = lambda pid: None) -> None:
        self.folder, self.started = folder, started

    def __call__(
        self,
        *args: str,
        feed: bytes = b"",
        env: Mapping[str, str] | None = None,
        fine: Collection[int] = (0,),
    ) -> Done:
        """Run `git ARGS`, fed with `feed`. Raises GitFailed when the exit code is not in `fine`."""
        done = run(self.folder, *args, feed=feed, env=env, started=self.started)
        if done.code not in fine:
            raise GitFailed(args, done)
        return done

    def line(self, *args: str) -> str:
        """What `git ARGS` answers, on one line; "" when it answers nothing, or no."""
        done = run(self.folder, *args, started=self.started)
        return "" if done.code else os.fsdecode(done.out).rstrip("\r\n")


def run(
    folder: Path,
    *args: str,
    feed: bytes = b"",
    env: Mapping[str, str] | None = None,
    started: Callable[[int], None] = lambda pid: None,
) -> Done:
    """Run `git ARGS` in `folder`, whatever its exit code. Raises NoGit, or OSError.

    What it says goes to files: a helper that git leaves running may hold a pipe open for ever.
    """
    program = shutil.which("git")
    if program is None:
        raise NoGit
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(feed)
        given.seek(0)
        with subprocess.Popen(
            [program, *settings, *args],
            cwd=folder,
            env={**environment(), **(env or {})},
            stdin=given,
            stdout=out,
            stderr=err,
        ) as process:
            started(process.pid)
            try:
                code = process.wait()
            except BaseException:
                process.terminate()  # git takes its locks away before it goes
                raise
        started(0)
        out.seek(0)
        err.seek(0)
        return Done(code, out.read(), err.read().decode("utf-8", "replace"))


def environment() -> dict[str, str]:
    """The environment for git: the user's, but for the place and for the language of messages.

    Git may ask for a password on a terminal alone; nor does it open an editor.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _PLACES}
    if everything := kept.pop("LC_ALL", ""):
        kept["LC_CTYPE"] = everything
    kept.pop("LANGUAGE", None)
    kept.update(LC_MESSAGES="C", GIT_EDITOR=":", GIT_PAGER="cat")
    kept.setdefault("GIT_HTTP_LOW_SPEED_LIMIT", "1")
    kept.setdefault("GIT_HTTP_LOW_SPEED_TIME", _SLOW)
    if not can_ask():
        kept["GIT_TERMINAL_PROMPT"] = "0"
    return kept


def can_ask() -> bool:
    """Whether somebody sits at a terminal who could answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()


def reason(said: str) -> str:
    """The line of git's (or a hook's) words that tells most, without git's label; may be ""."""
    lines = [line.strip() for line in said.splitlines()]
    lines = [line for line in lines if line and not line.lower().startswith(("warning:", "hint:"))]
    for line in lines:
        if line.startswith(("fatal: ", "error: ")):
            return line.partition(" ")[2]
    return lines[-1] if lines else ""
