"""What is compared: each row is a function that measures and adds figures."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.book import add_line, write_book
from benchmarks.browser import find_first_hits, repaint_times
from benchmarks.measure import peak_memory, timed
from benchmarks.results import Figure
from benchmarks.tools import Renmai, Tool, find_peers, renmai


class Bench:
    """A book of one size below `work`, its pages as Markdown for the peers, and who builds it."""

    def __init__(
        self, work: Path, people: int, runs: int, wanted: set[str] | None, installed: Path
    ) -> None:
        self.people, self.runs = people, runs
        self.book, self.peer = work / f"book-{people}", work / f"peers-{people}"
        for folder in (self.book, self.peer):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.ids = write_book(self.book, people)
        self.renmai = Renmai(self.book)
        tools: list[Tool] = [self.renmai, *find_peers(self.peer, installed)]
        self.tools = [tool for tool in tools if wanted is None or tool.name in wanted]
        self.lines, self.dumped = 0, ""
        self.pages = 0
        for tool in self.tools:
            tool.prepare()

    def dump(self) -> None:
        """Write the pages of the book for the peers, as they are now."""
        timed(renmai("build", "--dump", str(self.peer / "docs")), self.book)
        self.pages = sum(1 for _ in (self.peer / "docs").rglob("*.md"))

    def dump_once(self, change: str) -> None:
        """The same, unless it was done since that change."""
        if self.dumped != change:
            self.dump()
            self.dumped = change

    def say(self, id: str) -> str:
        """Add a log line that no card holds yet to the card of `id`; its text."""
        self.lines += 1
        text = f"benchmark line {self.lines} of {time.time_ns()}"
        add_line(self.book / f"contacts/{id}.md", text)
        return text

    def in_turn(self) -> Iterator[tuple[Tool, int]]:
        """Every tool once, then again, so that what slows the machine slows them all."""
        for run in range(self.runs):
            for tool in self.tools:
                yield tool, run

    def figures(self, row: str, values: dict[str, list[float]]) -> list[Figure]:
        return [Figure(row, tool, self.people, found) for tool, found in values.items() if found]


def cold(bench: Bench) -> list[Figure]:
    """A build of the whole site, with nothing of an earlier one."""
    bench.dump()
    times: dict[str, list[float]] = {tool.name: [] for tool in bench.tools}
    for tool, _ in bench.in_turn():
        tool.clean()
        times[tool.name].append(tool.build())
        tool.verify(bench.pages)
    return bench.figures("cold", times)


def line(bench: Bench) -> list[Figure]:
    """One line more in a log, then a build, with all that the tool keeps from the build before."""
    bench.dump()
    for tool in bench.tools:
        tool.build()
    times: dict[str, list[float]] = {tool.name: [] for tool in bench.tools}
    for run in range(bench.runs):
        id = bench.ids[(run * 7919 + 17) % len(bench.ids)]
        text = bench.say(id)
        for tool in bench.tools:
            # Whoever writes the pages for the others reads what changed: renmai has had its turn.
            if tool is not bench.renmai:
                bench.dump_once(text)
            times[tool.name].append(tool.build())
            tool.verify(bench.pages, id, text)
    return bench.figures("line", times)


def memory(bench: Bench) -> list[Figure]:
    """The most memory that a cold build holds, all its processes together."""
    bench.dump()
    peaks: dict[str, list[float]] = {tool.name: [] for tool in bench.tools}
    for tool in bench.tools:
        tool.clean()
        peak = peak_memory(tool.command, tool.folder)
        if peak is not None:
            tool.verify(bench.pages)
            peaks[tool.name].append(peak)
    return bench.figures("memory", peaks)


def copy(bench: Bench) -> list[Figure]:
    """`cp -r` of the finished site: what it costs to write those files at all."""
    timed(bench.renmai.command, bench.book)
    target, times = bench.book.parent / "copy", []
    for _ in range(bench.runs):
        shutil.rmtree(target, ignore_errors=True)
        times.append(timed(["cp", "-r", str(bench.renmai.site), str(target)], bench.book))
    shutil.rmtree(target)
    return bench.figures("copy", {"cp": times})


def commands(bench: Bench) -> list[Figure]:
    """What one asks at a terminal: a process of its own each time, caches warm."""
    asked = {
        "due": renmai("due"),
        "show": renmai("show", bench.ids[len(bench.ids) // 2]),
        "find": renmai("find", "lin"),
    }
    found: list[Figure] = []
    for name, command in asked.items():
        timed(command, bench.book)
        times = [timed(command, bench.book) for _ in range(bench.runs)]
        found += bench.figures(name, {"renmai": times})
    return found


def check(bench: Bench) -> list[Figure]:
    """`renmai check` with no cache: every file is read."""
    times = []
    for _ in range(bench.runs):
        shutil.rmtree(bench.book / ".renmai", ignore_errors=True)
        times.append(timed(renmai("check"), bench.book, codes=(0, 1)))
    return bench.figures("check", {"renmai": times})


def search(bench: Bench) -> list[Figure]:
    """How large the index is, and how long after a letter is typed the first hit is painted."""
    timed(bench.renmai.command, bench.book)
    size = (bench.renmai.site / "assets/index.js").stat().st_size
    found = bench.figures("index", {"renmai": [size]})
    # What somebody's name begins with, English and Chinese, is found for certain.
    hits = find_first_hits(bench.renmai.site, [id[0] for id in bench.ids[: max(bench.runs, 4)]])
    return found + bench.figures("hit", {"renmai": hits})


def serve(bench: Bench) -> list[Figure]:
    """`renmai serve`: from the moment a card is saved until its open page is painted anew."""
    id = bench.ids[len(bench.ids) // 3]
    times = repaint_times(bench.book, id, lambda: bench.say(id), bench.runs)
    return bench.figures("serve", {"renmai": times})


ROWS: dict[str, Callable[[Bench], list[Figure]]] = {
    "cold": cold,
    "line": line,
    "memory": memory,
    "copy": copy,
    "commands": commands,
    "check": check,
    "serve": serve,
    "search": search,
}

#: Rows that say how cost grows with the book; the others are measured at the largest size alone.
GROWING = ("cold",)
