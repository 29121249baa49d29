"""What was written since the last time becomes a commit."""

from __future__ import annotations

import contextlib
import os

from renmai.storage.lock import lock
from renmai.storage.opening import BrokenSettings, NoBook, open_book
from renmai.storage.temporary import PATTERN
from renmai.sync import names
from renmai.sync.git import GitFailed
from renmai.sync.locks import step
from renmai.sync.refusal import Refusal
from renmai.sync.repo import Repo
from renmai.sync.trees import Change, empty_tree, read_changes
from renmai.words import Words

#: A file that an editor makes and removes may be gone before git has read it.
_TRIES = 3

#: What never goes into a commit: temporary files of writers and of git's merges. The book's own
#: folder ignores itself.
_NEVER = (f"**/{PATTERN}", "**/.merge_file_??????")


def commit(repo: Repo, words: Words) -> list[Change]:
    """Commit everything of the book that git does not ignore; what that was.

    In a larger repository the rest is left as it is: somebody may be in the middle of something
    there. Raises Refusal, or GitFailed when git or a hook refuses.
    """
    stage(repo)
    found = staged(repo)
    if found:
        message = names.told(repo.git, found, repo.prefix, words, "update")
        part = ("--only", "--", _spec(repo)) if repo.prefix else ()
        make_commit(repo, message, *part)
    return found


def stage(repo: Repo) -> None:
    """Bring git's index to what the book holds. Writers wait meanwhile. Raises Refusal."""
    if repo.prefix and repo.git("check-ignore", "-q", repo.prefix, fine=(0, 1)).code == 0:
        raise Refusal("ignored", path=repo.prefix.rstrip("/"))
    left_out = [f":(top,exclude,glob){each}" for each in _NEVER]
    with lock(repo.root), step(repo, "index"):
        for tries in range(1, _TRIES + 1):
            try:
                repo.git("add", "--all", "--", _spec(repo), *left_out)
                return
            except GitFailed:
                if tries == _TRIES:
                    raise


def staged(repo: Repo) -> list[Change]:
    """What git's index has of the book that the last commit has not."""
    since = repo.head or empty_tree(repo.git)
    asked = ("diff-index", "--cached", "--no-renames", "-z", since, "--", _spec(repo))
    return read_changes(repo.git(*asked).out)


def is_clean(repo: Repo) -> bool:
    """Whether the last commit has everything of the book that git does not ignore."""
    what = ("--untracked-files=all", "--ignore-submodules=dirty")
    asked = ("status", "--porcelain", "-z", *what, "--", _spec(repo))
    env = {"GIT_OPTIONAL_LOCKS": "0"}
    return not [line for line in repo.git(*asked, env=env).out.split(b"\0") if _counts(repo, line)]


def make_commit(repo: Repo, message: str, *more: str) -> None:
    """Let git commit what is staged; hooks and signing are the user's. Raises GitFailed."""
    asked = ("commit", "--quiet", "--no-status", "--cleanup=whitespace", "-F", "-", *more)
    env = _author(repo)
    with step(repo, "commit"):
        repo.git(*asked, feed=f"{message}\n".encode(), env=env)


def _spec(repo: Repo) -> str:
    """The book, as git's commands take it."""
    return f":(top,literal){repo.prefix}"


def _counts(repo: Repo, line: bytes) -> bool:
    """Whether a line of `git status` is of something that a commit takes in."""
    name = os.fsdecode(line[3:]).rpartition("/")[2]
    prefix, suffix = PATTERN.split("*")
    ours = name.startswith(prefix) and name.endswith(suffix)
    return bool(line) and not ours and not name.startswith(".merge_file_")


def _author(repo: Repo) -> dict[str, str]:
    """Who commits, where git has not been told: the own card says it. Empty where git knows."""
    asked = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
    if all(repo.git("var", each, fine=(0, 128)).code == 0 for each in asked):
        return {}
    if repo.git.line("config", "--type=bool", "user.useConfigOnly") == "true":
        raise Refusal("nobody")
    name, email = "renmai", "renmai@localhost"
    with contextlib.suppress(NoBook, BrokenSettings):
        me = open_book(repo.root).book.me
        if me:
            name = me.label
            email = next(iter(me.emails), email)
    return {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email))
    }
