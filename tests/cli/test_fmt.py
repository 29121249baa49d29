"""`renmai fmt`: which files it puts in order, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import MakeBook
from tests.cli.running import run

MIXED = "---\ncity: Y  # where\nname: Ada\n---\ncity: stays\n"
SORTED = "---\nname: Ada\ncity: Y  # where\n---\ncity: stays\n"


@pytest.fixture
def book(make_book: MakeBook) -> Path:
    return make_book(
        {
            "contacts/ada.md": MIXED,
            "contacts/work/bo.md": SORTED.replace("Ada", "Bo"),
            "contacts/work/cy.md": MIXED.replace("Ada", "Cy").replace("\n", "\r\n"),
            "events/e.md": "---\ndate: 2026-11-21\ntitle: E\n---\n",
            "communities/c.md": "---\nrole: owner\nname: C\n",
            "README.md": MIXED,
        }
    )


def text(book: Path, path: str) -> str:
    return (book / path).read_bytes().decode()


def test_the_whole_book_but_what_is_broken(book: Path) -> None:
    broken = text(book, "communities/c.md")
    said = run("fmt", cwd=book)
    assert said.out.splitlines() == [
        "contacts/ada.md: in order now",
        "contacts/work/cy.md: in order now",
        "events/e.md: in order now",
    ]
    assert said.code == 1
    assert said.err.startswith("communities/c.md:1: ")
    assert text(book, "contacts/ada.md") == SORTED
    assert text(book, "contacts/work/cy.md") == SORTED.replace("Ada", "Cy").replace("\n", "\r\n")
    assert text(book, "events/e.md") == "---\ntitle: E\ndate: 2026-11-21\n---\n"
    assert text(book, "communities/c.md") == broken
    assert text(book, "README.md") == MIXED
    (book / "communities/c.md").unlink()
    again = run("fmt", cwd=book)
    assert (again.out, again.code, again.err.count("\n")) == ("", 0, 1)


@pytest.mark.parametrize("ref", ["ada", "Ada", "contacts/ada.md", "./contacts/../contacts/ada.md"])
def test_one_record_by_reference_or_path(ref: str, book: Path) -> None:
    said = run("fmt", ref, cwd=book)
    assert (said.out, said.err, said.code) == ("contacts/ada.md: in order now\n", "", 0)
    assert text(book, "contacts/ada.md") == SORTED
    assert text(book, "contacts/work/cy.md") != SORTED


def test_a_folder_and_paths_from_within_the_book(book: Path) -> None:
    said = run("fmt", "contacts/work", "events/e.md", cwd=book)
    assert [line.split(":")[0] for line in said.out.splitlines()] == [
        "contacts/work/cy.md",
        "events/e.md",
    ]
    assert run("fmt", "ada.md", cwd=book / "contacts").code == 0
    assert text(book, "contacts/ada.md") == SORTED
    assert "c.md" in run("fmt", ".", cwd=book).err


def test_check_and_dry_run_change_nothing(book: Path) -> None:
    (book / "communities/c.md").unlink()
    said = run("fmt", "--check", cwd=book)
    assert (said.code, said.out.count("\n"), said.err) == (1, 3, "")
    shown = run("fmt", "ada", "--dry-run", cwd=book)
    assert shown.code == 0
    assert "+name: Ada\n" in shown.out
    assert text(book, "contacts/ada.md") == MIXED
    assert run("fmt", "--check", "bo", cwd=book).code == 0


@pytest.mark.parametrize("ref", ["README.md", "mkdocs.yml", "nobody", "..", "/"])
def test_what_is_no_record(ref: str, book: Path) -> None:
    said = run("fmt", ref, cwd=book)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert text(book, "contacts/ada.md") == MIXED


def test_the_example_book_is_in_order() -> None:
    said = run("fmt", "--check", cwd=Path(__file__).parents[2])
    assert (said.out, said.code) == ("", 0)


def test_one_write_that_undo_takes_back(book: Path) -> None:
    run("fmt", cwd=book)
    writes = [path for path in (book / ".renmai").rglob("*") if "journal" in str(path)]
    assert writes
    if run("undo", "--help", cwd=book).code == 0:
        run("undo", cwd=book)
        assert text(book, "contacts/ada.md") == MIXED
        assert text(book, "events/e.md").startswith("---\ndate")
