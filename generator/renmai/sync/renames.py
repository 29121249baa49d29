"""A file renamed on one side and edited on the other: the edits go to the new name.

Git takes files for one that are alike by half, and cards made from one template are: what one
device wrote about a person whose card the other deleted would land in somebody else's card. So
git is told to look for no renames, and those that are certain are brought into both sides before
they are merged: the same bytes, or a record of the same name.
"""

from __future__ import annotations

import os
from pathlib import Path

from renmai.sync.names import is_record, label
from renmai.sync.repo import Repo
from renmai.sync.trees import ABSENT, Entry, blob, changes, edited_tree

#: Alike by so many per cent is worth a look, as it is to git.
_ALIKE = 50
_SAME = 100

_NOBODY = {
    f"GIT_{role}_{what}": "renmai" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


def followed(repo: Repo, ours: str, theirs: str, scratch: Path) -> tuple[str, str]:
    """Commits to merge in place of `ours` and `theirs`, in which both know of the renames.

    The two themselves where there is nothing to follow.
    """
    bases = repo.git.line("merge-base", "--all", ours, theirs).split("\n")
    if len(bases) != 1 or not bases[0]:
        return ours, theirs
    base = bases[0]
    moves = [_moves(repo, base, one, other) for one, other in ((ours, theirs), (theirs, ours))]
    both = {**moves[0], **moves[1]}
    if not both:
        return ours, theirs
    trees = []
    for commit, there in ((base, both), (ours, moves[1]), (theirs, moves[0])):
        entries: dict[str, Entry] = {}
        for old, new in there.items():
            entries[old], entries[new] = ABSENT, _entry(repo, commit, old)
        trees.append(edited_tree(repo.git, commit, entries, scratch))
    root = _commit(repo, trees[0])
    return _commit(repo, trees[1], root), _commit(repo, trees[2], root)


def _moves(repo: Repo, base: str, one: str, other: str) -> dict[str, str]:
    """What `one` renamed and `other` edited meanwhile: old names and new."""
    asked = ("diff-tree", "-r", "-z", f"-M{_ALIKE}%", "--diff-filter=R", "--name-status")
    said = os.fsdecode(repo.git(*asked, base, one).out).split("\0")
    renamed = list(zip(said[::3], said[1::3], said[2::3], strict=False))
    if not renamed:
        return {}
    edited = {
        change.path
        for change in changes(repo.git, base, other)
        if change.old.is_file and change.new.is_file
    }
    return {
        old: new
        for score, old, new in renamed
        if old in edited
        and _entry(repo, other, new) == ABSENT
        and (int(score[1:]) == _SAME or _is_one_record(repo, base, old, one, new))
    }


def _is_one_record(repo: Repo, base: str, old: str, one: str, new: str) -> bool:
    """Whether two records bear one name; of other files git's guess counts."""
    if not (is_record(old, repo.prefix) and is_record(new, repo.prefix)):
        return not (is_record(old, repo.prefix) or is_record(new, repo.prefix))
    was, now = (
        label(path.removeprefix(repo.prefix), blob(repo.git, f"{commit}:{path}"))
        for commit, path in ((base, old), (one, new))
    )
    return was == now


def _entry(repo: Repo, commit: str, path: str) -> Entry:
    """What a commit has at a path."""
    said = repo.git("ls-tree", "-z", commit, "--", f":(top,literal){path}").out
    if not said:
        return ABSENT
    mode, _, name = os.fsdecode(said).split("\t", 1)[0].split(" ")
    return Entry(mode, name)


def _commit(repo: Repo, tree: str, *parents: str) -> str:
    """A commit that nothing leads to, for git to merge."""
    above = [part for parent in parents for part in ("-p", parent)]
    made = repo.git("commit-tree", tree, *above, "-m", "renmai sync", env=_NOBODY)
    return made.out.decode("ascii").strip()
