"""One run of `renmai sync`: commit, fetch, merge, check, push; again when the remote moved."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from renmai.problems import Problem
from renmai.storage.lock import Busy, lock
from renmai.sync import driver, names
from renmai.sync.commit import commit
from renmai.sync.git import GitFailed
from renmai.sync.integrate import Again, conclude, conflict, integrate, take_up
from renmai.sync.locks import clear, step
from renmai.sync.note import Note
from renmai.sync.plan import Plan
from renmai.sync.refusal import Refusal
from renmai.sync.remote import Moved, OutOfReach, Remote, fetch, find_remote, push, remember
from renmai.sync.repo import Repo
from renmai.sync.trees import Change
from renmai.words import Words

#: How often to try when others push at the same time, and how long to rest, in seconds.
_TRIES = 8
_REST = 0.3

#: The lock of a sync; that of writers is held only while files change.
_LOCK = "syncing.lock"


class Checked(NamedTuple):
    """What a check of the book finds: files with conflict markers, and a sentence on the rest."""

    marked: list[Problem]
    told: str


class Talk(NamedTuple):
    """How a run speaks: `words` are the user's, `kept` those of the book, for git's messages.

    `say` shows a sentence; `check` reads the book anew.
    """

    words: Words
    kept: Words
    say: Callable[[str], None]
    check: Callable[[], Checked]

    def tell(self, key: str, /, **args: object) -> None:
        """Show the sentence `key`."""
        self.say(self.words(key, **args))


def sync(root: Path, talk: Talk) -> None:
    """Sync the book at `root`. Raises Refusal, GitFailed, NoGit, Busy (a writer) or OSError."""
    repo = Repo(root)
    if repo.notes.note == Note():
        repo.refuse_what_others_began()  # before anything is changed, our own folder too
    with _alone(root):
        repo = Repo(root)
        clear(repo)
        take_up(repo)
        repo.refuse_what_others_began()
        concluded = bool(repo.merging)
        if concluded:
            conclude(repo)
            talk.tell("sync.concluded")
        driver.install(repo)
        _Run(repo, talk, concluded).run()
        _tidy(repo)


class _Run:
    """`news`: whether anything has happened that is worth a check, or a word."""

    def __init__(self, repo: Repo, talk: Talk, news: bool) -> None:
        self.repo, self.talk, self.branch = repo, talk, repo.branch
        self.news = self.unchecked = news

    def run(self) -> None:
        """Everything but clearing up. Raises Refusal where the user has to do something."""
        remote: Remote | None = None
        last: Moved | None = None
        for tries in range(_TRIES):
            try:
                self._commit()
                remote = remote or find_remote(self.repo)
                if remote is None:
                    self._check(will_push=False)
                    self.talk.tell("sync.no-remote")
                    return
                fetch(self.repo, remote)
                self._receive(remote)
                self._send(remote)
                return
            except Again:
                continue
            except Moved as moved:
                last = moved
                time.sleep(random.uniform(0, _REST) * (tries + 1))
            except OutOfReach as failed:
                self._check(will_push=False)
                self.talk.tell("sync.out-of-reach", name=failed.name, reason=failed.reason)
                return
        if last is None or remote is None:
            raise Refusal("restless")
        raise Refusal("moving", name=remote.name, reason=last.reason)

    def _commit(self) -> None:
        found = commit(self.repo, self.talk.kept)
        if found:
            self._news("committed", found)

    def _receive(self, remote: Remote) -> None:
        received = integrate(self.repo, remote, self.talk.kept)
        if received.changes:
            self._news("received", received.changes)
        if received.plan is None:
            return
        self._say(received.plan)
        if received.plan.conflicts:
            raise conflict(self.repo, sorted(received.plan.conflicts))
        if self.repo.merging:
            conclude(self.repo)

    def _say(self, plan: Plan) -> None:
        prefix = self.repo.prefix
        for path, here in plan.kept.items():
            key = "sync.kept-here" if here else "sync.kept-there"
            self.talk.tell(key, path=path.removeprefix(prefix))
        for path, beside in plan.doubled.items():
            paths = {"path": path.removeprefix(prefix), "beside": beside.removeprefix(prefix)}
            self.talk.tell("sync.doubled", **paths)

    def _send(self, remote: Remote) -> None:
        head = self.repo.head
        will_push = head != remote.held
        self._check(will_push)
        if self.repo.branch != self.branch:
            raise Refusal("restless")  # somebody went to another one, which is not for this place
        if will_push:
            push(self.repo, remote, head)
            self.talk.tell("sync.sent", name=remote.name)
        elif not self.news:
            self.talk.tell("sync.nothing")
        remember(self.repo, remote)

    def _check(self, will_push: bool) -> None:
        """Markers stop a push; of other problems the user is told, once."""
        if not (self.unchecked or will_push):
            return
        found = self.talk.check()
        if found.marked and will_push:
            raise Refusal("markers", problems=found.marked)
        if found.told and self.unchecked:
            self.talk.say(found.told)
        self.unchecked = False

    def _news(self, key: str, changes: list[Change]) -> None:
        self.news = self.unchecked = True
        self.talk.say(names.told(self.repo.git, changes, self.repo.prefix, self.talk.words, key))


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One sync at a time; a second waits. Raises Refusal when it waits too long."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(lock(root, name=_LOCK))
        except Busy:
            raise Refusal("busy") from None
        yield


def _tidy(repo: Repo) -> None:
    """Let git pack what has become many files; it does so rarely, and nothing depends on it."""
    with contextlib.suppress(GitFailed, Refusal), step(repo, "tidy"):
        repo.git("-c", "gc.autoDetach=false", "maintenance", "run", "--auto", "--quiet")
