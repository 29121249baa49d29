"""What merging gives, worked out in memory: git merges, and what it leaves open is settled here.

Only what needs a choice between two wordings waits for the user; that has markers. Of what was
deleted on one side and edited on the other, the edited file stays. Of what cannot be merged by
lines, a photo say, both stay.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path, PurePosixPath

import msgspec

from renmai.sync.prepare import merge_trees, prepare
from renmai.sync.repo import Repo
from renmai.sync.trees import ABSENT, Entry, blob, edited_tree

#: By stage: 1 the ancestor's version, 2 ours, 3 theirs.
Stages = dict[int, Entry]

_BASE, _OURS, _THEIRS = 1, 2, 3
MARKER = re.compile(rb"^(?:<{7}|\|{7}|>{7}) ", re.MULTILINE)
#: What `git merge-file` answers above this is no count of conflicts: it cannot merge the files.
_MOST_CONFLICTS = 127


class Plan(msgspec.Struct):
    """The merged `tree`, and what there is to say of it.

    `conflicts`: paths that hold markers. `kept`: deleted on one side, edited on the other; True
    where it was deleted here. `doubled`: the path of their version beside ours.
    """

    tree: str
    conflicts: dict[str, Stages] = {}
    kept: dict[str, bool] = {}
    doubled: dict[str, str] = {}


def plan(repo: Repo, ours: str, theirs: str, shown: str, scratch: Path) -> Plan:
    """Merge the commits `ours` and `theirs`; markers say `HEAD` and `shown`. Raises GitFailed."""
    prepared = prepare(repo, ours, theirs, scratch)
    one, other = prepared.ours, prepared.theirs
    tree, open_ones = _open_ones(merge_trees(repo, one, other))
    labels = {one: "HEAD", other: shown}
    settling = _Settling(repo, Plan(tree, kept=prepared.kept), labels, scratch)
    for path, stages in open_ones.items():
        settling.settle(path, stages)
    settling.plan.tree = edited_tree(repo.git, tree, settling.entries, scratch)
    return settling.plan


def _open_ones(said: bytes) -> tuple[str, dict[str, Stages]]:
    """The tree that git merged, and the versions of each path that it leaves open."""
    tree, *rest = os.fsdecode(said).split("\0")
    found: dict[str, Stages] = {}
    for line in rest:
        if not line.strip():
            break
        about, path = line.split("\t", 1)
        mode, name, stage = about.split(" ")
        found.setdefault(path, {})[int(stage)] = Entry(mode, name)
    return tree.strip(), found


class _Settling:
    """Decides about each path that git leaves open; `entries` are what the tree gets."""

    def __init__(self, repo: Repo, plan: Plan, labels: dict[str, str], scratch: Path) -> None:
        self.repo, self.plan, self.labels, self.scratch = repo, plan, labels, scratch
        self.entries: dict[str, Entry] = {}

    def settle(self, path: str, stages: Stages) -> None:
        """Decide about one path."""
        ours, theirs = stages.get(_OURS), stages.get(_THEIRS)
        if ours and theirs:
            if not (ours.is_file and theirs.is_file):
                self._keep_both(path, ours, theirs)
            elif marked := self._marked(path):
                self.entries[path] = Entry(ours.mode, marked)
                self.plan.conflicts[path] = stages
            else:
                self._merge_lines(path, stages, ours, theirs)
        elif left := ours or theirs:
            self.entries[path] = left
            if _BASE in stages:
                self.plan.kept[path] = left is theirs

    def _marked(self, path: str) -> str:
        """What git merged, where it says in what the two differ, with the user's names of them."""
        git = self.repo.git
        name = git.line("rev-parse", "--quiet", "--verify", f"{self.plan.tree}:{path}")
        data = blob(git, name) if name else b""
        if not MARKER.search(data):
            return ""
        for commit, shown in self.labels.items():
            for mark in (b"<", b">"):
                data = data.replace(
                    mark * 7 + b" " + commit.encode(), mark * 7 + b" " + shown.encode()
                )
        return self._store(data)

    def _store(self, data: bytes) -> str:
        made = self.repo.git("hash-object", "-w", "--stdin", feed=data)
        return made.out.decode("ascii").strip()

    def _merge_lines(self, path: str, stages: Stages, ours: Entry, theirs: Entry) -> None:
        """Merge as `git merge-file` does, where the merge driver did not run; else keep both."""
        git = self.repo.git
        with tempfile.TemporaryDirectory(dir=self.scratch, prefix="sync-") as folder:
            files = []
            for stage in (_OURS, _BASE, _THEIRS):
                entry = stages.get(stage, ABSENT)
                file = Path(folder) / str(stage)
                file.write_bytes(blob(git, entry.blob) if entry.is_file else b"")
                files.append(str(file))
            ours_is, theirs_is = self.labels.values()
            labels = ("-L", ours_is, "-L", "", "-L", theirs_is)
            done = git("merge-file", "-p", *labels, *files, fine=range(256))
        if done.code > _MOST_CONFLICTS:
            self._keep_both(path, ours, theirs)
            return
        self.entries[path] = Entry(ours.mode, self._store(done.out))
        if done.code:
            self.plan.conflicts[path] = stages

    def _keep_both(self, path: str, ours: Entry, theirs: Entry) -> None:
        """Ours stays where it is; theirs gets a name that is the same on every device."""
        place = PurePosixPath(path)
        beside = str(place.with_name(f"{place.stem}.{theirs.blob[:8]}{place.suffix}"))
        self.entries[path], self.entries[beside] = ours, theirs
        self.plan.doubled[path] = beside
