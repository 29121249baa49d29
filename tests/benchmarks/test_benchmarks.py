"""The benchmark runs on a small book, builds what it says, and its figures are put together right.

How fast anything is, is judged by the benchmark and not here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.__main__ import PAGES, main
from benchmarks.book import TODAY, add_line, write_book
from benchmarks.measure import Failed, peak_memory, timed
from benchmarks.results import Figure, Machine, Results, load, save
from benchmarks.rows import ROWS
from benchmarks.tools import MkDocs, Renmai
from renmai.rules.facts import Facts
from renmai.storage.opening import open_book

PEOPLE = 20


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Results]:
    """A run on two sizes: of renmai, and of the MkDocs that it is installed with."""
    work = tmp_path_factory.mktemp("bench")
    args = ["--results", str(work / "r.json"), "--peers", sys.prefix, "--runs", "1"]
    args += ["--tools", "renmai,mkdocs"]
    sizes = f"4,{PEOPLE}"
    assert main([*args, "--work", str(work), "--rows", "cold,line", "--people", sizes]) == 0
    rows = ["--rows", "copy,commands,check", "--people", str(PEOPLE)]
    assert main([*args, "--work", str(work / "again"), *rows]) == 0
    return work, load(work / "r.json")


def test_rows_measured_apart_are_put_together(measured: tuple[Path, Results]) -> None:
    _, results = measured
    found = {(each.row, each.tool, each.people) for each in results.figures}
    tools = ("renmai", "mkdocs")
    assert found == {
        *(("cold", tool, size) for tool in tools for size in (4, PEOPLE)),
        *(("line", tool, PEOPLE) for tool in tools),
        *((row, "renmai", PEOPLE) for row in ("due", "show", "find", "check")),
        ("copy", "cp", PEOPLE),
    }
    assert all(len(each.values) == 1 and each.values[0] > 0 for each in results.figures)
    assert results.machine
    assert results.machine.cores >= 1
    assert set(results.versions) == set(tools)


def test_both_built_every_page(measured: tuple[Path, Results]) -> None:
    book, peers = (measured[0] / f"{name}-{PEOPLE}" for name in ("book", "peers"))
    pages = sum(1 for _ in (peers / "docs").rglob("*.md"))
    assert pages == sum(1 for _ in (book / "site").rglob("*.html")) - 1
    MkDocs("mkdocs", peers).verify(pages)
    with pytest.raises(Failed):
        MkDocs("mkdocs", peers).verify(pages + 5)
    with pytest.raises(Failed):
        Renmai(book).verify(pages, "me", "what nobody wrote")


def test_the_tables(measured: tuple[Path, Results]) -> None:
    text = report.text_of(measured[1])
    for said in ("| renmai |", "| MkDocs + Material |", "1.00 ×", "`renmai due`", "`cp -r`"):
        assert said in text
    for parts in report.PARTS.values():
        assert parts(Results(), "en") == "", "nothing measured, nothing said"


def test_figures() -> None:
    results = Results()
    results.add(Figure("cold", "renmai", 100, [9.0]))
    results.add(Figure("cold", "renmai", 100, [3.0, 1.0, 2.0]))
    results.add(Figure("cold", "hugo", 100, [1.0]))
    results.add(Figure("cold", "renmai", 1000, [20.0]))
    assert len(results.figures) == 3
    figure = results.find("cold", "renmai", 100)
    assert figure
    assert figure.median == 2.0
    assert results.tools("cold", 100) == ["renmai", "hugo"]
    growth = report.PARTS["growth"](results, "en").splitlines()
    assert growth[0] == "| tool | 100 | 1,000 | growth per tenfold |"
    assert growth[2] == "| renmai | 2.00 s | 20.0 s | 10.00 × |"
    results.add(Figure("cold", "hugo", 1000, [10.0]))
    assert "| Hugo | 10.0 s | 10.0 s – 10.0 s (1) | 0.50 × |" in report.text_of(results)


@pytest.mark.parametrize(
    ("row", "value", "shown"),
    [
        ("cold", 0.0456, "46 ms"),
        ("cold", 1.234, "1.23 s"),
        ("cold", 75.04, "75.0 s"),
        ("memory", 310_400_000, "310 MB"),
        ("index", 5_220_000, "5.2 MB"),
    ],
)
def test_amounts(row: str, value: float, shown: str) -> None:
    assert report.amount(row, value) == shown


@pytest.mark.parametrize("language", PAGES)
def test_the_tables_have_their_places(language: str, tmp_path: Path) -> None:
    """Each table is written where the page has its place, and nothing else is changed."""
    page = tmp_path / "page.md"
    page.write_text(PAGES[language].read_text("utf-8"), "utf-8")
    machine = Machine("2026-11-21", 2, 24 * 2**30, "3.11.7", "Linux")
    results = Results(machine, {"renmai": "0.1.0"}, [Figure("cold", "renmai", 100, [1.0])])
    report.write(results, page, language)
    once = page.read_text("utf-8")
    assert "| renmai | 1.00 s |" in once
    assert "24 GiB" in once
    report.write(results, page, language)
    assert page.read_text("utf-8") == once
    for name in report.PARTS:
        assert f"<!-- bench: {name} -->" in once


def test_results_are_kept(tmp_path: Path) -> None:
    results = Results(None, {"hugo": "1.2"}, [Figure("line", "hugo", 5, [1.5])])
    save(results, tmp_path / "deep/r.json")
    assert load(tmp_path / "deep/r.json") == results
    assert load(tmp_path / "none.json") == Results()


def test_the_book_is_like_a_real_one(tmp_path: Path) -> None:
    ids = write_book(tmp_path / "a", 300)
    assert write_book(tmp_path / "b", 300) == ids
    one, other = (
        {file.name: file.read_bytes() for file in (tmp_path / name).rglob("*.md")}
        for name in ("a", "b")
    )
    assert one == other, "the same for the same size and seed"
    assert write_book(tmp_path / "c", 300, seed=2) != ids
    opened = open_book(tmp_path / "a")
    facts = Facts(opened.book, TODAY, opened.settings)
    assert not [p for p in [*opened.problems, *facts.book_problems] if p.severity == "error"]
    book = opened.book
    assert len(book.contacts) == 301
    assert all(len(contact.log) == 10 for contact in book.contacts.values())
    assert (len(book.events), len(book.communities)) == (6, 1)
    assert book.me
    for wanted in (
        any(each.relations for each in book.others),
        any(each.tasks for each in book.others),
        any(each.cadence for each in book.others),
        any(entry.deep for each in book.others for entry in each.log),
        facts.matches.introductions,
        facts.ties,
        facts.follow_ups,
    ):
        assert wanted


def test_a_line_more(tmp_path: Path) -> None:
    id = write_book(tmp_path, 3)[1]
    add_line(tmp_path / f"contacts/{id}.md", "one more")
    log = open_book(tmp_path).book.contacts[id].log
    assert (len(log), log[-1].text, log[-1].day) == (11, "one more", TODAY)


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="exit code 3"):
        timed([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(Failed, match="exit code 3"):
        peak_memory([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no /proc")
def test_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    half = "import sys, time; held = bytearray(60_000_000); time.sleep(0.5)"
    both = f"import subprocess, sys; c = subprocess.Popen([sys.executable, '-c', {half!r}]); {half}"
    peak = peak_memory([sys.executable, "-c", f"{both}; c.wait()"], tmp_path)
    assert peak
    assert 120e6 < peak < 220e6


def test_every_row_says_what_it_is() -> None:
    for row in ROWS.values():
        assert row.__doc__
