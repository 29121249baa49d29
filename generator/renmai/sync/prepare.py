"""What one side deleted or renamed is settled before git merges the rest.

Git takes two files for one, renamed, that are alike by half; and cards made from one template
are: what one device wrote about a person whose card the other deleted would land in somebody
else's card. So git is given three trees in which neither side lacks a file of the ancestor, and
there is nothing for it to guess. Renamed is what has the same bytes, or a record's same name.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from renmai.sync.locks import step
from renmai.sync.names import is_record, label
from renmai.sync.refusal import Refusal
from renmai.sync.repo import Repo
from renmai.sync.trees import ABSENT, Change, Entry, blob, changes, edited_tree, empty_tree

#: Alike by so many per cent is worth a look, as it is to git.
_ALIKE = 50
_SAME = 100

#: What git exits with when it does not know an option.
_USAGE = 129

_NOBODY = {
    f"GIT_{role}_{what}": "renmai" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


class Prepared(msgspec.Struct):
    """The commits to merge in place of the two sides; the two themselves if nothing was deleted.

    `kept`: deleted on one side and edited on the other; True where it was deleted here.
    """

    ours: str
    theirs: str
    kept: dict[str, bool] = {}


class _Side:
    """One side: what it changed since the ancestor, and what its tree becomes."""

    def __init__(self, repo: Repo, base: str, commit: str) -> None:
        self.repo, self.base, self.commit = repo, base, commit
        self.changes = {change.path: change for change in changes(repo.git, base, commit)}
        self.removed = {path for path, change in self.changes.items() if change.new == ABSENT}
        self.entries: dict[str, Entry] = {}

    def renamed(self, other: _Side) -> dict[str, str]:
        """Of what `other` changed too: the files that have another name here, certainly."""
        if not self.removed & other.changes.keys():
            return {}
        asked = ("diff-tree", "-r", "-z", f"-M{_ALIKE}%", "--diff-filter=R", "--name-status")
        said = os.fsdecode(self.repo.git(*asked, self.base, self.commit).out).split("\0")
        return {
            old: new
            for score, old, new in zip(said[::3], said[1::3], said[2::3], strict=False)
            if old in other.changes and (int(score[1:]) == _SAME or self._is_one_record(old, new))
        }

    def _is_one_record(self, old: str, new: str) -> bool:
        """Whether two records bear one name; of other files git's guess counts."""
        prefix = self.repo.prefix
        of_record = [is_record(path, prefix) for path in (old, new)]
        if not all(of_record):
            return not any(of_record)
        was, now = (
            label(path.removeprefix(prefix), blob(self.repo.git, entry.blob))
            for path, entry in ((old, self.changes[old].old), (new, self.changes[new].new))
        )
        return was == now

    def may_hold(self, path: str) -> bool:
        """Whether a file could be there: no folder is in its place, and no file above it."""
        return not any(
            each.startswith(path + "/") or path.startswith(each + "/")
            for each, change in self.changes.items()
            if change.new != ABSENT
        )


def prepare(repo: Repo, ours: str, theirs: str, scratch: Path) -> Prepared:
    """What to merge for `ours` and `theirs`. Raises GitFailed."""
    base = _ancestor(repo, ours, theirs)
    sides = _Side(repo, base, ours), _Side(repo, base, theirs)
    if not (sides[0].removed or sides[1].removed):
        return Prepared(ours, theirs)
    found = Prepared(ours, theirs)
    above: dict[str, Entry] = {}
    renamed = sides[0].renamed(sides[1]), sides[1].renamed(sides[0])
    for path in sorted(sides[0].removed & sides[1].removed):
        above[path] = ABSENT
        new = renamed[0].get(path)
        if new and new == renamed[1].get(path):
            above[new] = sides[0].changes[path].old
    for here, (side, other) in enumerate((sides[::-1], sides)):
        for path in sorted(side.removed - other.removed):
            new = renamed[1 - here].get(path)
            _settle(side, other, above, side.changes[path], other.changes.get(path), new or "")
            if path in side.entries:
                found.kept[path] = bool(here)
    trees = [
        edited_tree(repo.git, tree, entries, scratch)
        for tree, entries in (
            (base, above),
            (ours, sides[0].entries),
            (theirs, sides[1].entries),
        )
    ]
    root = _commit(repo, trees[0])
    found.ours, found.theirs = (_commit(repo, tree, root) for tree in trees[1:])
    return found


def _settle(
    side: _Side,
    other: _Side,
    above: dict[str, Entry],
    removed: Change,
    edited: Change | None,
    new: str,
) -> None:
    """Decide about a file that `side` has no more and `other` has; `new` is its new name."""
    path = removed.path
    if edited is None:
        above[path] = other.entries[path] = ABSENT
    elif new and new not in other.changes and new not in above:
        above[path] = other.entries[path] = ABSENT
        above[new], other.entries[new] = removed.old, edited.new
    elif side.may_hold(path):
        side.entries[path] = removed.old


def _ancestor(repo: Repo, ours: str, theirs: str) -> str:
    """The tree that both come from: of several, what merging them gives; empty if there is none."""
    said = repo.git("merge-base", "--all", ours, theirs, fine=(0, 1)).out.decode("ascii")
    first, *others = said.split() or [empty_tree(repo.git)]
    for other in others:
        tree = merge_trees(repo, first, other).split(b"\0")[0].decode("ascii").strip()
        first = _commit(repo, tree, first, other)
    return first


def merge_trees(repo: Repo, ours: str, theirs: str) -> bytes:
    """What `git merge-tree` says of two commits: a tree, and what is open. Raises Refusal."""
    asked = ("merge-tree", "--write-tree", "-z", "--no-messages", "--allow-unrelated-histories")
    with step(repo, "merge"):
        done = repo.git(*asked, ours, theirs, fine=(0, 1, _USAGE))
    if done.code == _USAGE:
        raise Refusal("old-git")
    return done.out


def _commit(repo: Repo, tree: str, *parents: str) -> str:
    """A commit that nothing leads to, for git to merge."""
    above = [part for parent in parents for part in ("-p", parent)]
    made = repo.git("commit-tree", tree, *above, "-m", "renmai sync", env=_NOBODY)
    return made.out.decode("ascii").strip()
