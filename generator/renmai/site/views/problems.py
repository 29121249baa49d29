"""Problems: what `check` says, file by file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from renmai.model.reading import id_of
from renmai.problems import Problem
from renmai.site.paths import page_href
from renmai.site.views.lens import Lens
from renmai.words import Words


class ProblemLine(Struct, frozen=True):
    """One problem, worded."""

    line: int
    severity: str
    label: str
    code: str
    message: str


class ProblemFile(Struct, frozen=True):
    """A file, the page that it has, and what is wrong in it."""

    path: str
    href: str | None
    problems: list[ProblemLine]


class ProblemsPage(Struct, frozen=True):
    """All problems."""

    title: str
    status: str
    files: list[ProblemFile]


def problems_page(lens: Lens, problems: Iterable[Problem]) -> ProblemsPage:
    """All problems by path and line."""
    words, found = lens.words, sorted(problems)
    return ProblemsPage(
        title=words("site.nav.problems"),
        status=words("site.problems.status", n=len(found)),
        files=[
            ProblemFile(path, _href(lens, path), [_line(words, problem) for problem in group])
            for path, group in groupby(found, key=lambda problem: problem.path)
        ],
    )


def _href(lens: Lens, path: str) -> str | None:
    """The page of the record in a file; None where another file has its id, or it has none."""
    record = lens.book.record(id_of(path)) if path.endswith(".md") else None
    return page_href(record) if record is not None and record.path == path else None


def _line(words: Words, problem: Problem) -> ProblemLine:
    label = words(f"site.problems.{problem.severity}")
    message = words.problem(problem)
    return ProblemLine(problem.line, problem.severity, label, problem.code, message)
