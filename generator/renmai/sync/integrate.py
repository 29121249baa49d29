"""What the other devices wrote comes in: the work tree, git's index and the branch, in this order.

Each step is noted before it is taken. Until git knows of the merge, a run that is killed is taken
back; from then on it is a merge like any other, which the next run concludes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from renmai.settings import FILE as SETTINGS
from renmai.storage.lock import lock
from renmai.storage.state import STATE, state_folder, write_whole
from renmai.sync import names
from renmai.sync.commit import is_clean, make_commit, stage
from renmai.sync.git import GitFailed
from renmai.sync.locks import step
from renmai.sync.note import Merge
from renmai.sync.plan import MARKER, Plan, plan
from renmai.sync.refusal import Refusal
from renmai.sync.remote import Remote
from renmai.sync.repo import Repo
from renmai.sync.trees import Change, changes, check_paths, empty_tree
from renmai.sync.worktree import InTheWay, WorkTree, index_change
from renmai.words import Words

#: What a host puts into a repository that it calls empty.
_BEGINNINGS = ("readme", "license", "licence", ".gitignore", ".gitattributes")
_MOST_BEGINNINGS = 4


class Again(Exception):
    """The book changed meanwhile: that is committed first."""


class Received(msgspec.Struct):
    """What came: `changes` of the work tree, and what the merge decided; None: nothing came."""

    changes: list[Change] = []
    plan: Plan | None = None


def integrate(repo: Repo, remote: Remote, words: Words) -> Received:
    """Bring in what the remote holds. Raises Again, Refusal, GitFailed or OSError.

    A merge with conflicts is left open, and its Refusal is for the caller to raise:
    `received.plan.conflicts`. A clean one is open too, until `conclude`.
    """
    ours, theirs = repo.head, remote.held
    if not theirs or (ours and _is_within(repo, theirs, ours)):
        return Received()
    fast = not ours or _is_within(repo, ours, theirs)
    scratch = _scratch(repo.root)
    if fast:
        made = Plan(repo.git.line("rev-parse", f"{theirs}^{{tree}}"))
    else:
        _refuse_strangers(repo, ours, theirs)
        made = plan(repo, ours, theirs, remote.shown, scratch)
    check_paths(repo.git, made.tree, scratch)
    found = changes(repo.git, ours or empty_tree(repo.git), made.tree)
    with lock(repo.root):
        if repo.head != ours or not is_clean(repo):
            raise Again
        if not fast and repo.git("diff-index", "--cached", "--quiet", ours, fine=(0, 1)).code:
            raise Refusal("staged")
        with _taken_back_unless_done(repo):
            repo.notes.note.merge = Merge(ours, theirs, made.tree, fast)
            repo.notes.save()
            _change(repo, found, made)
            if fast:
                _move_branch(repo, ours, theirs)
            else:
                message = names.told(repo.git, found, repo.prefix, words, "merge")
                _open_merge(repo, message, made)
    if fast:
        _run_hook(repo)
    return Received(found, made)


def conclude(repo: Repo) -> None:
    """Commit the merge that is open and ours. Raises Refusal while there are markers."""
    merge = repo.notes.note.merge
    assert merge
    waiting = {os.fsdecode(path) for path in merge.conflicts} | _unmerged(repo)
    if left := sorted(path for path in waiting if _has_markers(repo.top / path)):
        raise conflict(repo, left)
    stage(repo)
    with step(repo, "index"):
        for path in _unmerged(repo):  # outside the book
            repo.git("add", "--all", "--", f":(top,literal){path}")
    message = (repo.own / "MERGE_MSG").read_text("utf-8", "replace")
    make_commit(repo, message)
    repo.notes.note.merge = None
    repo.notes.save()
    _run_hook(repo)


def conflict(repo: Repo, paths: list[str]) -> Refusal:
    """That the user has to choose, and where."""
    shown = [path.removeprefix(repo.prefix) for path in paths]
    return Refusal("conflict", paths=shown, line=_first_marker(repo.top / paths[0]))


def take_back(repo: Repo) -> None:
    """Undo a merge that changed the work tree, as far as it came, and forget it.

    What the user has changed since stays as it is. Who calls this holds the book's lock.
    """
    merge = repo.notes.note.merge
    assert merge
    old = merge.old or empty_tree(repo.git)
    done = changes(repo.git, old, merge.tree)
    WorkTree(repo.git, repo.top).undo(done)
    with step(repo, "index"):
        index_change(repo.git, [Change(path, new, was) for path, was, new in done], {}, old)
    for name in ("MERGE_MSG", "MERGE_MODE"):
        (repo.own / name).unlink(missing_ok=True)
    repo.notes.note.merge = None
    repo.notes.save()


def take_up(repo: Repo) -> None:
    """After a run that was killed: take back a merge that git does not know of yet.

    One that is open is left to `conclude`; one that somebody went on with is theirs.
    """
    for folder in (repo.root / STATE).glob("sync-*/"):
        shutil.rmtree(folder, ignore_errors=True)
    merge = repo.notes.note.merge
    if merge is None or repo.is_ours:
        return
    merging, head = repo.merging, repo.head
    if merging == merge.theirs and head and _is_within(repo, merging, head):
        repo.git("merge", "--quit")  # git was killed between the commit and this
    elif not merging and head == merge.old and not merge.is_open:
        with lock(repo.root):
            take_back(repo)
        return
    repo.notes.note.merge = None
    repo.notes.save()


@contextlib.contextmanager
def _taken_back_unless_done(repo: Repo) -> Iterator[None]:
    try:
        yield
    except InTheWay as there:
        take_back(repo)
        if not is_clean(repo):
            raise Again from None
        raise Refusal("in-the-way", path=there.path) from None
    except BaseException:
        merge = repo.notes.note.merge
        if merge and not repo.merging and repo.head == merge.old:
            take_back(repo)
        raise


def _change(repo: Repo, found: list[Change], made: Plan) -> None:
    WorkTree(repo.git, repo.top).change(found)
    with step(repo, "index"):
        index_change(repo.git, found, made.conflicts, made.tree)


def _move_branch(repo: Repo, ours: str, theirs: str) -> None:
    with step(repo, "refs"):
        since = ours or "0" * len(theirs)
        repo.git("update-ref", "-m", "renmai sync: fast-forward", "HEAD", theirs, since)
    repo.notes.note.merge = None
    repo.notes.save()


def _open_merge(repo: Repo, message: str, made: Plan) -> None:
    """Let git know that a merge is open: from here on `git merge --abort` works as well."""
    merge = repo.notes.note.merge
    assert merge
    write_whole(repo.own / "MERGE_MSG", f"{message}\n".encode())
    write_whole(repo.own / "MERGE_MODE", b"")
    write_whole(repo.own / "MERGE_HEAD", f"{merge.theirs}\n".encode())
    merge.is_open, merge.conflicts = True, [os.fsencode(path) for path in made.conflicts]
    repo.notes.save()


def _refuse_strangers(repo: Repo, ours: str, theirs: str) -> None:
    """Two devices may each have begun the book. A repository of something else is a mistake."""
    git = repo.git
    if git("merge-base", ours, theirs, fine=(0, 1)).code == 0:
        return
    if git.line("rev-parse", "--is-shallow-repository") == "true":
        raise Refusal("shallow")
    if git.line("rev-parse", "--quiet", "--verify", f"{theirs}:{repo.prefix}{SETTINGS}"):
        return
    there = os.fsdecode(git("ls-tree", "-z", "--name-only", theirs).out).rstrip("\0").split("\0")
    if len(there) > _MOST_BEGINNINGS or not all(
        name.lower().startswith(_BEGINNINGS) for name in there
    ):
        raise Refusal("stranger")


def _is_within(repo: Repo, one: str, other: str) -> bool:
    """Whether the commit `other` has all that `one` has."""
    return repo.git("merge-base", "--is-ancestor", one, other, fine=(0, 1)).code == 0


def _unmerged(repo: Repo) -> set[str]:
    said = os.fsdecode(repo.git("ls-files", "--unmerged", "-z").out)
    return {line.split("\t", 1)[1] for line in said.split("\0") if line}


def _has_markers(path: Path) -> bool:
    try:
        return MARKER.search(path.read_bytes()) is not None
    except OSError:
        return False


def _first_marker(path: Path) -> int:
    """The line of the first marker, from 1."""
    data = path.read_bytes()
    found = MARKER.search(data)
    return data.count(b"\n", 0, found.start()) + 1 if found else 1


def _run_hook(repo: Repo) -> None:
    """The user's `post-merge`, as `git merge` runs it; what it says changes nothing."""
    with contextlib.suppress(GitFailed):
        repo.git("hook", "run", "--ignore-missing", "post-merge", "--", "0", fine=range(256))


def _scratch(root: Path) -> Path:
    """A folder for files that git works on, out of its own sight."""
    folder = state_folder(root)
    if folder is None:
        raise Refusal("no-state", folder=STATE)
    return folder
