"""Writes the pages of a book as Markdown into a folder, and touches nothing else that is in it."""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import date
from pathlib import Path, PurePosixPath

from msgspec import Struct

from renmai.model.records import RECORDS
from renmai.problems import Problem
from renmai.rules.facts import Facts
from renmai.site.dump.lens import MarkdownLens
from renmai.site.dump.pages import markdown_pages
from renmai.site.media import pictures, wanted_pictures
from renmai.storage.opening import open_book
from renmai.words import Words

#: Names the files that are ours, one a line, so that the next dump knows them.
LIST = ".renmai-dump"


class Endangered(Exception):
    """The folder is one in which pages would take the place of records, or lie among them."""


class Foreign(Exception):
    """`path` stands where a page would, and is none of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Dumped(Struct, frozen=True):
    """What was written: the folder, how many pages, and the problems of the book."""

    folder: Path
    pages: int
    problems: list[Problem]


def dump_site(root: Path, folder: Path, today: date, language: str | None = None) -> Dumped:
    """Write the pages of the book at `root` as Markdown into `folder`; `language` is the book's.

    Files of an earlier dump are replaced and removed, those of anybody else left alone. Raises
    Endangered and Foreign before anything is written, storage's NoBook and BrokenSettings, and
    OSError.
    """
    refuse_danger(root, folder)
    opened = open_book(root)
    facts = Facts(opened.book, today, opened.settings)
    shown = pictures(root, wanted_pictures(opened.book))
    media = {path: place for path, (place, _) in shown.items()}
    lens = MarkdownLens(facts, Words(language or opened.settings.language), media)
    problems = sorted([*opened.problems, *facts.book_problems])
    pages = dict(markdown_pages(lens, problems))
    copies = dict(shown.values())
    _write(folder, pages, copies)
    return Dumped(folder, len(pages), problems)


def refuse_danger(root: Path, folder: Path) -> None:
    """Raise Endangered unless pages below `folder` are no danger to the book at `root`."""
    target = os.path.realpath(folder) + os.sep
    book = os.path.realpath(root) + os.sep
    if book.startswith(target):
        raise Endangered
    for name in (*RECORDS, ".git", ".renmai"):
        if target.startswith(os.path.realpath(root / name) + os.sep):
            raise Endangered


def _write(folder: Path, pages: dict[str, str], copies: dict[str, Path]) -> None:
    ours = _ours(folder)
    paths = [*pages, *copies]
    parents = {PurePosixPath(path).parent for path in paths}
    for parent in parents:
        # A link may lead anywhere, to the records as well.
        straight = os.path.join(os.path.realpath(folder), *parent.parts)
        if os.path.realpath(folder / parent) != straight:
            raise Foreign(folder / parent)
    for path in paths:
        if path not in ours and os.path.lexists(folder / path):
            raise Foreign(folder / path)
    for parent in parents:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    # What is ours is named before it is written: whenever this ends, the next dump knows it.
    _list(folder, ours | set(paths))
    for path, text in pages.items():
        _put(folder / path, text.encode("utf-8", "replace"))
    for path, source in copies.items():
        shutil.copyfile(source, folder / path)
    for path in ours - set(paths):
        with contextlib.suppress(FileNotFoundError):
            (folder / path).unlink()
    _list(folder, set(paths))


def _ours(folder: Path) -> set[str]:
    """The files that an earlier dump wrote and that are still files."""
    try:
        lines = (folder / LIST).read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return set()
    tops = {*RECORDS, "media"}
    found = set()
    for line in lines:
        parts = PurePosixPath(line).parts
        # The list may have come with the folder from somebody else.
        if ".." in parts or not (len(parts) == 1 or (len(parts) == 2 and parts[0] in tops)):
            continue
        place = folder / line
        if place.is_file() and not place.is_symlink():
            found.add(line)
    return found


def _list(folder: Path, paths: set[str]) -> None:
    (folder / LIST).write_text("".join(f"{path}\n" for path in sorted(paths)), "utf-8")


def _put(place: Path, data: bytes) -> None:
    """Write a file; one that holds the same already keeps its time, by which generators go."""
    with contextlib.suppress(FileNotFoundError):
        if place.read_bytes() == data:
            return
    place.write_bytes(data)
