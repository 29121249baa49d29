"""`python -m benchmarks --people 100,1000,10000 --runs 3`: measure and show; note with --write."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import report
from benchmarks.measure import Failed
from benchmarks.results import load, machine, save
from benchmarks.rows import GROWING, ROWS, Bench

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs/performance.md", "zh": ROOT / "docs/zh/performance.md"}


def main(args: list[str] | None = None) -> int:
    """Run what was asked for; 0, or 1 when something did not build what it should have."""
    asked = _parser().parse_args(args)
    kept = asked.results or asked.work / "results.json"
    results = load(kept)
    wanted = set(asked.tools.split(",")) if asked.tools else None
    rows = asked.rows.split(",") if asked.rows else list(ROWS)
    sizes = sorted({int(size) for size in asked.people.split(",")})
    try:
        for people in [] if asked.show else sizes:
            bench = Bench(asked.work, people, asked.runs, wanted, asked.peers)
            results.machine = machine()
            results.versions |= {tool.name: tool.version() for tool in bench.tools}
            for row in rows:
                if row in GROWING or people == sizes[-1]:
                    print(f"{row}, {people} people", file=sys.stderr, flush=True)
                    for figure in ROWS[row](bench):
                        results.add(figure)
                    save(results, kept)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    print(report.text_of(results))
    if asked.write:
        for language, page in PAGES.items():
            report.write(results, page, language)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="renmai and its peers side by side, on a made-up book.",
    )
    work = ROOT / "build" / "bench"
    add = parser.add_argument
    add("--people", default="100,1000", help="sizes of the book, with commas between")
    add("--runs", type=int, default=3, help="how often each is measured")
    add("--rows", default="", help=f"what to measure: {','.join(ROWS)}; all unless given")
    add("--tools", default="", help="which tools: renmai,mkdocs,zensical,hugo; all that are found")
    add("--peers", type=Path, default=ROOT / "build" / "peers",
        help="an environment that `make bench-peers` made")  # fmt: skip
    add("--work", type=Path, default=work, help="where the books and sites are made")
    add("--results", type=Path,
        help="the figures so far; new ones are added, and take the place of the same")  # fmt: skip
    add("--show", action="store_true", help="measure nothing, show the figures so far")
    add("--write", action="store_true", help="write the tables into docs/performance.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
