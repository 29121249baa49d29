"""`renmai serve`: the site on this machine alone; what changes is built at once, and shown.

One process: this thread builds, another is told by the system of files that change, and others
answer browsers. What was built last stays in memory, so that a small change is a small build.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

from renmai.cores import cores
from renmai.problems import Problem
from renmai.site.increment.building import build
from renmai.site.increment.memory import Memory
from renmai.site.increment.order import Order
from renmai.site.increment.shelf import Shelf
from renmai.site.ownfolder import OwnFolder
from renmai.site.privacy import is_loopback
from renmai.site.server import Server
from renmai.site.target import SiteError, one_line, target_of
from renmai.site.watching import Watcher
from renmai.site.wish import Wish, wishing, words_of
from renmai.storage.opening import BrokenSettings, NoBook, open_book
from renmai.words import Words

#: So often the book is looked at though nothing was said of a change, in seconds: some file
#: systems tell of none, and the day may be another.
_LOOK = 10.0
#: Browsers have what they want so many seconds after a build; at the latest after so many builds
#: that follow one another, memory is tidied.
_REST, _MANY = 1.0, 8
#: So soon a thread that answers a browser has its turn, whatever the one that builds is at.
_TURN = 0.001


def serve_site(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    today: date | None = None,
    language: str | None = None,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
    on_problem: Callable[[str], None] | None = None,
) -> None:
    """Serve the site of the book at `root` until interrupted, building what changes.

    `on_ready` is told the address once it is being served, `on_problem` what is wrong in a file
    that was changed, a line at a time. Raises SiteError when the address is not this machine's own
    or is taken, or when there is no building at all.
    """
    with wishing(Wish(today, language)), tempfile.TemporaryDirectory(prefix="renmai-") as place:
        if not is_loopback(host):
            raise SiteError(words_of(None)("site.plugin.loopback", host=host))
        served = Served(root, Path(place), Wish(today, language), on_problem or _tell)
        try:
            server = Server(host, port, Path(place))
        except OSError as error:
            raise SiteError(one_line(error)) from error
        with contextlib.suppress(KeyboardInterrupt), contextlib.closing(server):
            served.build()
            with Watcher(root, Path(target_of(root).site_dir)) as watcher:
                sys.setswitchinterval(_TURN)
                server.start()
                server.show(served.broken)
                served.on_records, served.on_shown = server.show_records, server.show
                if on_ready:
                    on_ready(server.address)
                if open_browser:
                    webbrowser.open(server.address)
                _follow(watcher, served)


def _follow(watcher: Watcher, served: Served) -> None:
    """Build what changes, for ever; garbage is looked for while nobody waits."""
    builds = 1
    while True:
        is_told = builds < _MANY and watcher.wait(_REST)
        if not is_told:
            if builds:
                _tidy()
            builds = 0
            is_told = watcher.wait(_LOOK)
        builds += served.refresh(watcher.changed() if is_told else None)


def _tidy() -> None:
    """Look for garbage, and never again among what is kept."""
    gc.disable()
    gc.collect()
    gc.freeze()


class Served:
    """The site that is served, as the last build left it; `broken` says what is wrong, or "".

    `on_shown` is told that whenever there is something else to see, `on_records` when the pages of
    single records are there already.
    """

    def __init__(
        self, root: Path, place: Path, wish: Wish, on_problem: Callable[[str], None]
    ) -> None:
        self.root, self.place, self.wish, self.on_problem = root, place, wish, on_problem
        self.broken = ""
        self.on_records: Callable[[], None] = lambda: None
        self.on_shown: Callable[[str], None] = lambda _: None
        self._memory: Memory | None = None
        self._folder = OwnFolder(place)
        #: What was wrong when serving began, and what was said to be since.
        self._first: set[str] | None = None
        self._said: set[str] = set()
        self._state: tuple[bytes, object] | None = None

    def build(self, changed: Collection[str] | None = None) -> bool:
        """Build what is not as it should be; whether there was anything. Raises SiteError.

        No other paths than `changed` are others since the last build, if it is given.
        """
        site_name = target_of(self.root).site_name
        day, language = self.wish.day, self.wish.language
        try:
            # After a build that failed it is not certain what it has seen.
            opened = open_book(self.root, changed=changed if self._state else None)
            state = opened.state, (site_name, day, opened.settings)
            if state == self._state:
                return False
            words = Words(language or opened.settings.language)
            order = Order(
                Shelf(self.root, "served"),
                site_name,
                day,
                language,
                cores(),
                records_shown=self.on_records,
                shown=lambda problems: self._show(problems, words),
            )
            self._folder = self._folder.again()
            _, self._memory = build(opened, self._folder, order, self._memory)
        except NoBook as error:
            raise SiteError(words_of(None)("site.plugin.no_book", folder=error.where)) from error
        except BrokenSettings as error:
            words = words_of(None)
            raise SiteError(
                f"{error.path}:{error.problem.line}: {words.problem(error.problem)}"
            ) from error
        except OSError as error:
            raise SiteError(one_line(error)) from error
        self._state = state
        return True

    def _show(self, problems: list[Problem], words: Words) -> None:
        self._say(problems, words)
        self.on_shown(self.broken)

    def refresh(self, changed: Collection[str] | None = None) -> bool:
        """Build after a change. What stops it is said, and the last site goes on being served."""
        before = self.broken
        try:
            return self.build(changed) or self.broken != before
        except SiteError as error:
            self._state = None
            self.broken = str(error)
            if self.broken != before:
                self.on_problem(self.broken)
                self.on_shown(self.broken)
            return self.broken != before

    def _say(self, problems: list[Problem], words: Words) -> None:
        """Tell of what is wrong and was not before; the first such line goes into the page, too."""
        lines = [
            f"{each.path}:{each.line}: {words.problem(each)}"
            for each in problems
            if each.severity == "error"
        ]
        if self._first is None:
            self._first = set(lines)
        fresh = [line for line in lines if line not in self._first]
        for line in fresh:
            if line not in self._said:
                self.on_problem(line)
        self._said, self.broken = set(fresh), next(iter(fresh), "")


def _tell(line: str) -> None:
    """A line on standard error; what a terminal would obey is shown escaped."""
    shown = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in line)
    with contextlib.suppress(OSError, UnicodeError):
        sys.stderr.write(f"{shown}\n")
        sys.stderr.flush()
