"""`renmai check`: every problem of the book."""

from __future__ import annotations

from renmai.cli import documents, output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Stop
from renmai.cli.options import option
from renmai.cli.output import Line, Span
from renmai.cli.session import Session
from renmai.cli.wording import counted
from renmai.problems import Problem
from renmai.words import Words


@declare("check", option("--strict", is_flag=True))
def command(session: Session, strict: bool) -> None:
    problems, files = session.problems, len(session.book.sources)
    words = session.words
    if session.json:
        output.write_json(documents.check(problems, files, words))
    else:
        output.write_lines([_line(problem, words) for problem in problems])
        # Not on standard output, where every line is a problem for other programs to read.
        output.write_message([summary(problems, files, words)])
    wrong = {"error", "warning"} if strict else {"error"}
    if any(problem.severity in wrong for problem in problems):
        raise Stop(NO)


def summary(problems: list[Problem], files: int, words: Words) -> str:
    """`34 files: 1 error, 2 warnings`."""
    said = counted(problems, words) or words("cli.check.clean")
    return words("cli.check.summary", files=words("cli.check.files", n=files), problems=said)


def _line(problem: Problem, words: Words) -> Line:
    return [
        Span(f"{problem.path}:{problem.line}", "faint"),
        ": ",
        Span(f"{problem.severity}[{problem.code}]", problem.severity),
        f" {words.problem(problem)}",
    ]
