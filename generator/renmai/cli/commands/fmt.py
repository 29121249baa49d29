"""`renmai fmt`: front matter in the standard order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial

from renmai.cli import output
from renmai.cli.declare import declare
from renmai.cli.failures import NO, Failure, Stop
from renmai.cli.finding import find_record
from renmai.cli.options import RECORD, argument, option
from renmai.cli.output import Span
from renmai.cli.session import Session
from renmai.cli.writing import Rehearsal, as_typed, dry_run_option, failures, writer
from renmai.edit.order import in_order
from renmai.model.reading import Source
from renmai.model.records import RECORDS
from renmai.problems import Problem, Report


@declare(
    "fmt",
    argument("refs", nargs=-1, type=RECORD, metavar="[REF|PATH]..."),
    option("--check", "only_check", is_flag=True),
    dry_run_option(),
    has_json=False,
)
def command(session: Session, refs: tuple[str, ...], only_check: bool, dry_run: bool) -> None:
    sources = _named(session, refs) if refs else session.book.sources
    broken: list[Problem] = []
    changing = _changing(session, sources, broken)
    if changing and not only_check:
        with writer(session, as_typed("fmt", *refs), dry_run) as pen:
            for source in changing:
                pen.edit(source.path, partial(_ordered, source))
    _say(session, changing, broken, done="" if dry_run else "would" if only_check else "did")
    if broken or (only_check and changing):
        raise Stop(NO)


def _changing(session: Session, sources: Iterable[Source], broken: list[Problem]) -> list[Source]:
    """Those whose keys are not in order; what breaks the others goes to `broken`."""
    rehearsal = Rehearsal(session.root)
    changing = []
    with failures():
        for source in sources:
            if unreadable := [each for each in source.problems if each.code == "unreadable"]:
                broken += unreadable
                continue
            report = Report(source.path)
            old, new = rehearsal.edit(source.path, partial(_ordered, source, report=report))
            broken += report.problems[:1]
            if new != old:
                changing.append(source)
    return changing


def _ordered(source: Source, data: bytes, report: Report | None = None) -> bytes:
    return in_order(data, RECORDS[source.folder], report or Report(source.path))


def _named(session: Session, refs: Sequence[str]) -> list[Source]:
    """The records that were named: each by its file, the folder it lies in, or a reference."""
    found: dict[str, Source] = {}
    by_path = {source.path: source for source in session.book.sources}
    for ref in refs:
        real = os.path.abspath(session.directory / ref)
        path = os.path.relpath(real, session.root).replace(os.sep, "/")
        if not os.path.lexists(real):
            path = find_record(session.book, ref).path
        within = [each for each in by_path if each == path or each.startswith(f"{path}/")]
        if path == ".":
            within = list(by_path)
        if not within:
            raise Failure("fmt.error.no-record", NO, path=ref)
        found |= {each: by_path[each] for each in within}
    return list(found.values())


def _say(
    session: Session, changing: Sequence[Source], broken: Sequence[Problem], done: str
) -> None:
    """Each file that changes, on standard output; each that is left alone, on the other."""
    words = session.words
    if done:
        output.write_lines([[Span(words(f"fmt.{done}", path=each.path))] for each in changing])
    lines = [
        words("fmt.broken", path=each.path, line=each.line, problem=words.problem(each))
        for each in broken
    ]
    if not changing and not broken:
        lines.append(words("fmt.nothing"))
    output.write_message(lines)
