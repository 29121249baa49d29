"""A book in a folder, written from a dict, and the program run on it as a user would run it.

Nothing here knows how the program is written: books go in, text and JSON come out. Each document
that comes out is held to the shapes that the specification names, so that every test of this
folder checks them as well.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from renmai.cli.program import program

TODAY = "2026-11-21"

FOLDERS = ("contacts", "events", "communities")
SEVERITIES = ("error", "warning", "hint")
KINDS = (
    "recontact",
    "card",
    "task",
    "follow_up",
    "checklist",
    "second_meeting",
    "gathering",
    "birthday",
    "cadence",
)

# What a user's shell may say and a test must not depend on.
PLAIN_ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "400", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def day(offset: int = 0, today: str = TODAY) -> str:
    """The day so many days from today, as ISO text."""
    return (date.fromisoformat(today) + timedelta(days=offset)).isoformat()


def record(front: str = "", body: str = "") -> str:
    """A file: front matter, of which the first line is line 2, and a body right behind it."""
    front = front.strip("\n")
    return f"---\n{front}\n---\n{body}" if front else f"---\n---\n{body}"


def contact(front: str = "", log: Sequence[str] = (), body: str = "", name: str = "N") -> str:
    """A contact with a name; its log entries stand without their list mark."""
    return record(f"name: {name}\n{front}", body + _log(log))


def event(
    date: str = "2026-11-19",
    front: str = "",
    people: Sequence[str] = (),
    log: Sequence[str] = (),
    body: str = "",
) -> str:
    """An event; its people are flow maps without the braces: `who: li, met: yes`."""
    listed = "".join(f"\n  - {{{person}}}" for person in people)
    front = f"title: T\ndate: {date}\n{front}".rstrip("\n")
    return record(front + (f"\npeople:{listed}" if people else ""), body + _log(log))


def community(front: str = "", log: Sequence[str] = (), body: str = "") -> str:
    """A community with a name."""
    return record(f"name: C\n{front}", body + _log(log))


def met(who: str, more: str = "") -> str:
    """A person met at an event, for `event(people=…)`."""
    return f"who: {who}, met: yes" + (f", {more}" if more else "")


def _log(entries: Sequence[str]) -> str:
    return "\n## Log\n\n" + "".join(f"- {entry}\n" for entry in entries) if entries else ""


def line_of(text: str, part: str) -> int:
    """The line, from 1, on which a part of a text stands."""
    assert text.count(part) == 1, f"{part!r} must stand once"
    return text[: text.index(part)].count("\n") + 1


class Problem(NamedTuple):
    """A row of `check --json`, without its message."""

    path: str
    line: int
    severity: str
    code: str


class Book:
    """A book on disk and the commands on it."""

    def __init__(
        self, root: Path, files: Mapping[str, str | bytes] = {}, settings: str = ""
    ) -> None:
        self.root = root
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
        self.write("mkdocs.yml", mkdocs(settings))
        for path, text in files.items():
            self.write(path, text)

    def write(self, path: str, text: str | bytes) -> Path:
        """Write one file, to the byte."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    # --- running

    def run(self, *args: str, today: str | None = TODAY, code: int | None = None) -> Result:
        """Run the program in this process; whatever happens, it must not raise."""
        whole = ["-C", str(self.root), *(["--today", today] if today else []), *args]
        return run(*whole, code=code)

    def process(
        self, *args: str, today: str | None = TODAY, timeout: float = 30
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the program in a process of its own, and no longer than `timeout` seconds."""
        whole = ["-C", str(self.root), *(["--today", today] if today else []), *args]
        return process(*whole, timeout=timeout)

    def json(self, *args: str, today: str | None = TODAY, code: int | None = 0) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.run(*args, "--json", today=today, code=code).stdout)

    # --- check

    def check(self, *args: str, today: str = TODAY) -> dict[str, Any]:
        """`check --json`, held to its shape and its exit code."""
        result = self.run("check", *args, "--json", today=today)
        document: dict[str, Any] = json.loads(result.stdout)
        _check_shape(document)
        failed = document["errors"] or ("--strict" in args and document["warnings"])
        assert result.exit_code == (1 if failed else 0), result.output
        return document

    def problems(self, *, hints: bool = False, today: str = TODAY) -> list[Problem]:
        """The errors and warnings (and hints) of the book, in the order in which they came."""
        rows = (_problem(row) for row in self.check(today=today)["problems"])
        return [row for row in rows if hints or row.severity != "hint"]

    def at(self, path: str, **options: Any) -> list[tuple[int, str, str]]:
        """The problems of one file, without its path."""
        return [row[1:] for row in self.problems(**options) if row.path == path]

    def codes(self, path: str | None = None, **options: Any) -> list[str]:
        """The codes of the problems of one file, or of the book."""
        return [row.code for row in self.problems(**options) if path in (None, row.path)]

    def message(self, code: str, *args: str) -> str:
        """The words of the one problem with this code."""
        rows = [row for row in self.check(*args)["problems"] if row["code"] == code]
        assert len(rows) == 1, rows
        return str(rows[0]["message"])

    # --- due

    def due(self, *args: str, today: str = TODAY) -> list[dict[str, Any]]:
        """The items of `due --json`, held to their shape, their arithmetic and their order."""
        document = self.json("due", *args, today=today)
        assert document["today"] == today
        items: list[dict[str, Any]] = document["items"]
        _due_shape(items, today)
        _due_order(items)
        return items

    def dues(self, kind: str, today: str = TODAY) -> list[tuple[str, str]]:
        """`(id, due)` of all items of one kind, however far ahead."""
        items = self.due("--all", today=today)
        return [(item["id"], item["due"]) for item in items if item["kind"] == kind]

    def due_of(self, kind: str, ident: str, today: str = TODAY) -> str | None:
        """The due date of the one item of this kind about this record, or None."""
        found = [due for about, due in self.dues(kind, today) if about == ident]
        assert len(found) <= 1, found
        return found[0] if found else None

    # --- show

    def show(self, ref: str, today: str = TODAY) -> dict[str, Any]:
        """`show REF --json`."""
        document: dict[str, Any] = self.json("show", ref, today=today)
        return document

    def interactions(self, ref: str, today: str = TODAY) -> list[dict[str, Any]]:
        """The interactions of a contact, newest first."""
        rows: list[dict[str, Any]] = self.show(ref, today)["interactions"]
        dates = [row["date"] for row in rows]
        assert dates == sorted(dates, reverse=True), "newest first"
        return rows


def mkdocs(settings: str = "") -> str:
    """A minimal mkdocs.yml; the settings are the lines of a YAML map, the first on line 4."""
    head = "site_name: t\nplugins:\n  - renmai"
    if not settings:
        return head + "\n"
    lines = settings.strip("\n").split("\n")
    return head + ":\n" + "".join(f"      {line}\n" for line in lines)


def run(*args: str, code: int | None = None, cwd: Path | None = None) -> Result:
    """Run the program in this process, from a folder if one is named."""
    before = Path.cwd()
    if cwd is not None:
        os.chdir(cwd)
    try:
        result = CliRunner().invoke(program, list(args), env=PLAIN_ENVIRONMENT)
    finally:
        os.chdir(before)
    if result.exc_info is not None and not isinstance(result.exception, (SystemExit, type(None))):
        raise AssertionError("".join(traceback.format_exception(*result.exc_info)))
    assert "Traceback" not in result.stderr
    assert result.exit_code in (0, 1, 2), result.output
    if code is not None:
        assert result.exit_code == code, result.output
    return result


def process(
    *args: str, timeout: float = 30, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("renmai")), *args],
        env={**os.environ, **PLAIN_ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        cwd=cwd,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    assert done.returncode in (0, 1, 2), done
    return done


def _problem(row: Mapping[str, Any]) -> Problem:
    return Problem(row["path"], row["line"], row["severity"], row["code"])


def _check_shape(document: Mapping[str, Any]) -> None:
    problems = document["problems"]
    for row in problems:
        assert isinstance(row["path"], str)
        assert not row["path"].startswith(("/", "./"))
        assert isinstance(row["line"], int)
        assert row["line"] >= 1
        assert row["severity"] in SEVERITIES
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", row["code"]), row
        assert isinstance(row["message"], str)
        assert row["message"].strip()
    for severity in SEVERITIES:
        count = sum(row["severity"] == severity for row in problems)
        assert document[f"{severity}s"] == count
    assert isinstance(document["files"], int)
    places = [(row["path"], row["line"]) for row in problems]
    assert places == sorted(places), "ordered by path and line"


def _due_shape(items: Iterable[Mapping[str, Any]], today: str) -> None:
    for item in items:
        assert item["kind"] in KINDS
        assert isinstance(item["id"], str)
        assert isinstance(item["title"], str)
        days = (date.fromisoformat(today) - date.fromisoformat(item["due"])).days
        assert item["days_overdue"] == days
        assert isinstance(item["days_overdue"], int)
        if item["kind"] == "cadence":
            assert isinstance(item["ratio"], (int, float))
            assert item["ratio"] == round(item["ratio"], 2)
        else:
            assert item["ratio"] is None
        if item["kind"] in ("recontact", "second_meeting"):
            assert isinstance(item["about"], str)
        else:
            assert item["about"] is None
        assert isinstance(item["reason"], str)
        assert item["reason"].strip()
        assert item["path"].split("/")[0] in FOLDERS
        assert isinstance(item["line"], int)
        assert item["line"] >= 1


def _due_order(items: Sequence[Mapping[str, Any]]) -> None:
    """The order of rules.md, but for what the rounded ratio hides."""
    keys = [_order_key(item) for item in items]
    assert keys == sorted(keys), [(i["kind"], i["id"], i["due"], i["ratio"]) for i in items]


def _order_key(item: Mapping[str, Any]) -> tuple[Any, ...]:
    days = item["days_overdue"]
    tie = (KINDS.index(item["kind"]), item["id"], item["path"], item["line"])
    if days > 0 and item["kind"] != "cadence":
        return (1, -days, *tie)
    if days > 0:
        return (2, -item["ratio"])
    if days == 0:
        return (3, *tie)
    return (4, -days, *tie)
