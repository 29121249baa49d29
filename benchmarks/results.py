"""Figures, kept in a file, so that rows can be measured one by one and put together."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """What was measured of a tool for a book of so many people: seconds, bytes, or pages."""

    row: str
    tool: str
    people: int
    values: list[float]

    @property
    def median(self) -> float:
        """The middle one: neither a slow nor a lucky run moves it."""
        return median(self.values)


class Machine(msgspec.Struct, frozen=True):
    """What it was measured on, and when."""

    date: str
    cores: int
    memory: int
    python: str
    system: str


class Results(msgspec.Struct):
    """All figures so far, the versions of the tools, and the machine of the last run."""

    machine: Machine | None = None
    versions: dict[str, str] = {}
    figures: list[Figure] = []

    def add(self, figure: Figure) -> None:
        """Add a figure in place of an earlier one of the same row, tool and size."""
        key = figure.row, figure.tool, figure.people
        kept = [old for old in self.figures if (old.row, old.tool, old.people) != key]
        self.figures = [*kept, figure]

    def find(self, row: str, tool: str, people: int) -> Figure | None:
        """The figure of a row, a tool and a size."""
        for each in self.figures:
            if (each.row, each.tool, each.people) == (row, tool, people):
                return each
        return None

    def sizes(self, row: str) -> list[int]:
        """The sizes that a row was measured for, the least first."""
        return sorted({each.people for each in self.figures if each.row == row})

    def tools(self, row: str, people: int) -> list[str]:
        """The tools that a row was measured for at a size, renmai first."""
        found = {each.tool for each in self.figures if (each.row, each.people) == (row, people)}
        return sorted(found, key=lambda tool: (tool != "renmai", tool))


def load(path: Path) -> Results:
    """The results in a file; none where there is no such file."""
    return msgspec.json.decode(path.read_bytes(), type=Results) if path.is_file() else Results()


def save(results: Results, path: Path) -> None:
    """Write the results to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))


def machine() -> Machine:
    """This machine, today."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        memory = 0
    today = datetime.now(UTC).date().isoformat()
    return Machine(today, cores or 1, memory, platform.python_version(), platform.system())
