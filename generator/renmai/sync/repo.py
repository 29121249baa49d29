"""The repository that the book lies in: where it is, and what it is in the middle of."""

from __future__ import annotations

import os
from pathlib import Path

from renmai.sync.git import Git, GitFailed
from renmai.sync.note import Notes
from renmai.sync.refusal import Refusal

_HEADS = "refs/heads/"

#: What git leaves in its folder while something is under way, and what that is called.
_SIGNS = {
    "rebase-merge": "rebase",
    "rebase-apply/applying": "am",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "sequencer": "cherry-pick",
    "BISECT_LOG": "bisect",
}


class Repo:
    """A repository with its work tree.

    `root` is the book; `top` the folder of the work tree; `prefix` the way from there to the
    book, empty or with a `/` behind. `own` is the git folder of this work tree, `common` the one
    that all work trees of the repository share.
    """

    def __init__(self, root: Path) -> None:
        """Find the repository of the book at `root`. Raises Refusal when there is none."""
        self.root = root
        self.notes = Notes(root)
        git = Git(root)
        try:
            told = git("rev-parse", "--absolute-git-dir", "--git-common-dir", "--show-prefix")
            own, common, prefix = os.fsdecode(told.out).split("\n")[:3]
            top = git("rev-parse", "--show-toplevel").out
        except GitFailed as failed:
            if "dubious ownership" in failed.done.err:
                raise Refusal("unsafe", path=str(root)) from None
            if "not a git repository" in failed.done.err:
                raise Refusal("no-repository") from None
            raise
        self.own, self.common, self.prefix = Path(own), Path(root, common), prefix
        self.top = Path(os.fsdecode(top).removesuffix("\n"))
        self.git = Git(self.top, self.notes.started)

    @property
    def branch(self) -> str:
        """The full name of the branch that is checked out; "" when the head is detached."""
        return self.git.line("symbolic-ref", "--quiet", "HEAD")

    @property
    def head(self) -> str:
        """The commit that is checked out; "" when the branch has none yet."""
        return self.commit("HEAD")

    def commit(self, name: str) -> str:
        """The commit that `name` stands for, or ""."""
        return self.git.line("rev-parse", "--quiet", "--verify", f"{name}^{{commit}}")

    @property
    def merging(self) -> str:
        """What is being merged, as `MERGE_HEAD` has it; "" when nothing is."""
        try:
            return (self.own / "MERGE_HEAD").read_text("ascii", "replace").strip()
        except FileNotFoundError:
            return ""

    @property
    def is_ours(self) -> bool:
        """Whether the merge that is open was begun by a sync here, and nobody went on since."""
        merge = self.notes.note.merge
        return merge is not None and (merge.theirs, merge.old) == (self.merging, self.head)

    def refuse_what_others_began(self) -> None:
        """Raise Refusal on a detached head, and in the middle of what somebody else began."""
        for sign, name in _SIGNS.items():
            if (self.own / sign).exists():
                raise Refusal("under-way." + name)
        if self.merging and not self.is_ours:
            raise Refusal("under-way.merge")
        if not self.branch:
            raise Refusal("detached", branch=self._some_branch())

    def _some_branch(self) -> str:
        """A branch to go back to: the one left last, else any."""
        left = self.git.line("rev-parse", "--abbrev-ref", "@{-1}")
        if left and left != "@{-1}":
            return left
        named = self.git.line("for-each-ref", "--format=%(refname)", "--count=1", _HEADS)
        return named.removeprefix(_HEADS) or "main"
