"""The other end: which remote and branch, getting what is there, and bringing ours there."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import msgspec

from renmai.sync.git import Done, GitFailed, can_ask, reason
from renmai.sync.locks import step
from renmai.sync.refusal import Refusal
from renmai.sync.repo import Repo

_HEADS = "refs/heads/"

#: What git and ssh say where one is not let in; all else that fails is a remote out of reach.
_NOT_LET_IN = re.compile(
    r"permission denied|authentication failed|could not read (?:username|password)"
    r"|terminal prompts disabled|host key verification failed|access denied|invalid credentials"
    r"|requested url returned error: 40[13]|not authorized|does not have permission",
    re.IGNORECASE,
)
_OUT_OF_REACH = re.compile(
    r"could not read from remote repository|unable to access|does not appear to be a git repository"
    r"|could ?n[o']t (?:resolve|connect)|timed out|hung up|early eof|connection (?:refused|reset)"
    r"|early end|unable to connect|no route to host|network is unreachable|rpc failed",
    re.IGNORECASE,
)
#: Somebody pushed in this very moment; the next time it goes, or is refused as behind.
_AT_ONCE = re.compile(
    r"cannot lock ref|failed to update ref|incorrect old value|reference already exists"
    r"|remote ref updated since|fetch first|non-fast-forward|stale info",
    re.IGNORECASE,
)
_NO_SUCH_BRANCH = "couldn't find remote ref"


class OutOfReach(Exception):
    """The remote `name` cannot be reached now; `reason` is what git says."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name, self.reason = name, reason


class Moved(Exception):
    """Somebody pushed meanwhile; `reason` is what git says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Remote(msgspec.Struct):
    """Where the branch goes: to the branch `there` (its full name) of the remote `name`.

    `is_known`: git's configuration says so. `held`: what is there, "" while there is nothing.
    """

    name: str
    there: str
    is_known: bool
    held: str = ""

    @property
    def tracking(self) -> str:
        """Where git keeps what was last seen there."""
        plain = re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*", self.name)
        name = self.name if plain else "renmai"
        return f"refs/remotes/{name}/{self.there.removeprefix(_HEADS)}"

    @property
    def shown(self) -> str:
        """As people write it: `origin/main`."""
        return self.tracking.removeprefix("refs/remotes/")


def find_remote(repo: Repo) -> Remote | None:
    """Where the branch goes; None when there is no remote. May have to ask the remote.

    What git's configuration says; else the only remote, or `origin`. There the branch of the same
    name; else, where this clone has no branch of its own besides, the one that the remote begins
    with: two devices may have named it differently. Raises Refusal or OutOfReach.
    """
    branch = repo.branch.removeprefix(_HEADS)
    name = repo.git.line("config", f"branch.{branch}.remote")
    there = repo.git.line("config", f"branch.{branch}.merge")
    if name and name != "." and there.startswith(_HEADS):
        return Remote(name, there, is_known=True)
    names = repo.git.line("remote").split("\n") if name in ("", ".") else [name]
    if not names[0]:
        return None
    if len(names) > 1 and "origin" not in names:
        raise Refusal("which-remote", names=", ".join(names), branch=branch, name=names[0])
    name = names[0] if len(names) == 1 else "origin"
    return Remote(name, _branch_there(repo, name), is_known=False)


def _branch_there(repo: Repo, name: str) -> str:
    """The branch of a remote that ours belongs with."""
    said = os.fsdecode(_ask(repo, "ls-remote", "--symref", name, "HEAD", f"{_HEADS}*").out)
    rows = [line.split("\t") for line in said.splitlines()]
    branches = [row[1] for row in rows if row[1].startswith(_HEADS)]
    first = next((row[0].removeprefix("ref: ") for row in rows if row[0].startswith("ref: ")), "")
    if repo.branch in branches or not branches:
        return repo.branch
    if first not in branches:
        first = branches[0] if len(branches) == 1 else ""
    return repo.branch if not first or repo.commit(first) else first


def fetch(repo: Repo, remote: Remote) -> None:
    """Get what is there, and note it in `remote.held`. Raises Refusal or OutOfReach."""
    spec = f"+{remote.there}:{remote.tracking}"
    asked = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote.name, spec)
    with step(repo, "fetch"):
        done = _ask(repo, *asked, may_miss=True)
    remote.held = "" if done.code else repo.commit(remote.tracking)


def push(repo: Repo, remote: Remote, commit: str) -> None:
    """Bring `commit` there. Raises Moved, Refusal when it is refused for good, or OutOfReach."""
    spec = f"{commit}:{remote.there}"
    asked = ("push", "--porcelain", "--recurse-submodules=no", remote.name, spec)
    with step(repo, "push", _on_this_machine(repo, remote.name), commit):
        done = repo.git(*asked, env=_ssh(repo), fine=range(256))
    if done.code:
        raise _why_not(done, remote.name)


def remember(repo: Repo, remote: Remote) -> None:
    """Tell git's configuration where the branch goes, as `git push --set-upstream` does."""
    if remote.is_known:
        return
    branch = repo.branch.removeprefix(_HEADS)
    with step(repo, "config"):
        repo.git("config", f"branch.{branch}.remote", remote.name)
        repo.git("config", f"branch.{branch}.merge", remote.there)


def _why_not(done: Done, name: str) -> Exception:
    """What a push that failed comes to."""
    said = os.fsdecode(done.out)
    status = next((line for line in said.splitlines() if line.startswith("!")), "")
    if not status:
        failed = _failure(done, name)
        return failed or Refusal("push", name=name, reason=reason(_without_summary(done.err)))
    why = status.rsplit("\t", 1)[-1]
    if _AT_ONCE.search(why):
        return Moved(why)
    told = [line.removeprefix("remote:").strip() for line in done.err.splitlines()]
    hook = next(
        (
            line
            for line, raw in zip(told, done.err.splitlines(), strict=True)
            if raw.startswith("remote:") and line
        ),
        "",
    )
    why = re.sub(r"^\[[^]]*\] ", "", why).strip("()")
    return Refusal("push", name=name, reason=f"{hook} ({why})" if hook else why)


def _without_summary(said: str) -> str:
    return "\n".join(line for line in said.splitlines() if "failed to push some refs" not in line)


def _ask(repo: Repo, *args: str, may_miss: bool = False) -> Done:
    """Run a git that asks a remote. Raises Refusal or OutOfReach."""
    done = repo.git(*args, env=_ssh(repo), fine=range(256))
    if done.code == 0 or (may_miss and _NO_SUCH_BRANCH in done.err):
        return done
    name = next(part for part in args[1:] if not part.startswith("-"))
    failed = _failure(done, name)
    if failed is None and "lock" in done.err:
        raise GitFailed(args, done)
    raise failed or OutOfReach(name, reason(done.err))


def _failure(done: Done, name: str) -> Exception | None:
    """Whether one was not let in, or did not get there; None: it is something else."""
    first = next((line for line in done.err.splitlines() if line and not _is_noise(line)), "")
    why = re.sub(r"^(?:fatal|error|remote|ERROR): ", "", first).rstrip(".")
    if _NOT_LET_IN.search(done.err):
        return Refusal("not-let-in", name=name, reason=why)
    return OutOfReach(name, why) if _OUT_OF_REACH.search(done.err) else None


def _is_noise(line: str) -> bool:
    return line.lower().startswith(("warning:", "hint:", "debug"))


def _ssh(repo: Repo) -> dict[str, str]:
    """How to call ssh, where the user has not said: it gives up, and asks only on a terminal."""
    if {"GIT_SSH", "GIT_SSH_COMMAND"} & os.environ.keys():
        return {}
    if repo.git.line("config", "core.sshCommand"):
        return {}
    ask = "" if can_ask() else " -o BatchMode=yes"
    return {"GIT_SSH_COMMAND": f"ssh -o ConnectTimeout=20{ask}"}


def _on_this_machine(repo: Repo, name: str) -> Path | None:
    """The git folder of a remote that is a folder here, as on a USB stick."""
    address = repo.git.line("remote", "get-url", "--push", name) or name
    place = Path(repo.top, address.removeprefix("file://"))
    with contextlib.suppress(OSError):
        for folder in (place, place / ".git"):
            if (folder / "objects").is_dir():
                return folder
    return None
