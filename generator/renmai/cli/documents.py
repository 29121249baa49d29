"""The JSON documents of the commands, as cli.md describes them: an interface.

Pure functions from facts to what `json.dumps` takes. Keys stand in the documented order; dates
are ISO text. Keys beyond cli.md's come behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renmai.cli.wording import SEVERITIES
from renmai.model.records import Event
from renmai.problems import Problem
from renmai.words import Words

if TYPE_CHECKING:
    from renmai.rules.find import Found
    from renmai.rules.followups import FollowUp

Document = dict[str, Any]


def check(problems: Sequence[Problem], files: int, words: Words) -> Document:
    """`problems` in order; `files` is the number of record files, readable or not."""
    return {
        "files": files,
        **counts(problems),
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "severity": problem.severity,
                "code": problem.code,
                "message": words.problem(problem),
            }
            for problem in problems
        ],
    }


def counts(problems: Sequence[Problem]) -> Document:
    """How many of `problems` there are of each severity."""
    severities = [problem.severity for problem in problems]
    return {f"{severity}s": severities.count(severity) for severity in SEVERITIES}


def built(site: Path, pages: int, problems: Sequence[Problem]) -> Document:
    """What `build` did: the folder of the site, its pages, the book's problems."""
    return {"site": str(site), "pages": pages, **counts(problems)}


def due(items: Iterable[FollowUp], today: date, words: Words) -> Document:
    return {"today": iso(today), "items": [follow_up(item, words) for item in items]}


def follow_up(item: FollowUp, words: Words) -> Document:
    """An item of `due`."""
    return {
        "kind": item.kind,
        "id": item.id,
        "title": item.title,
        "about": item.about,
        "due": iso(item.due),
        "days_overdue": item.days_overdue,
        "ratio": None if item.ratio is None else rounded(float(item.ratio)),
        "reason": words.reason(item),
        "path": item.path,
        "line": item.line,
    }


def event_item(meeting: Event, today: date, details: str) -> Document:
    """An event in the shape of an item of `due`, for `agenda`."""
    return {
        "kind": "event",
        "id": meeting.id,
        "title": meeting.label,
        "about": None,
        "due": iso(meeting.date),
        "days_overdue": (today - meeting.date).days if meeting.date else 0,
        "ratio": None,
        "reason": details,
        "path": meeting.path,
        "line": 1,
    }


def found(hits: Iterable[Found]) -> Document:
    return {
        "items": [
            {
                "id": each.record.id,
                "kind": each.record.SORT,
                "title": each.record.label,
                "score": each.score,
                "hits": [{"where": hit.where, "text": hit.text} for hit in each.places],
                "path": each.record.path,
            }
            for each in hits
        ]
    }


def rounded(value: float) -> float:
    """Two places, and no minus before a zero."""
    return round(float(value), 2) + 0.0


def iso(day: date | None) -> str | None:
    """A day as JSON has it: ISO text, or null."""
    return day.isoformat() if day else None
