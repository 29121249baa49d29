"""`renmai build`: the site of a book in its folder, each file written when it is another."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct

from renmai.problems import Problem
from renmai.site.book import Site, make_site
from renmai.site.crew import Crew, cores, pieces
from renmai.site.folder import Entry, SiteFolder
from renmai.site.statics import statics
from renmai.site.target import SiteError, one_line, target_of
from renmai.site.wish import Wish, wishing, words_of
from renmai.storage import BrokenSettings, NoBook

__all__ = ["BuildReport", "SiteError", "build_site"]

#: Told how many files are done, and of how many.
Tell = Callable[[int, int], None]

#: A process takes so many pages at a time.
_PIECE = 16
#: For fewer pages than this, another process costs more than it brings.
_FEW = 200


class BuildReport(Struct, frozen=True):
    """What a build did: the folder, how many pages the site has, the problems of the book."""

    site_dir: Path
    pages: int
    problems: list[Problem]


def build_site(
    root: Path,
    *,
    today: date | None = None,
    language: str | None = None,
    jobs: int | None = None,
    tell: Tell | None = None,
) -> BuildReport:
    """Build the site of the book at `root` into MkDocs' `site_dir`, with `jobs` processes.

    `today` is the local date unless given, `language` the book's, `jobs` the number of cores.
    Problems of the book do not stop it; raises SiteError when there is no building at all
    (settings that MkDocs refuses, a folder in the way).
    """
    wish = Wish(today, language)
    with wishing(wish):
        target = target_of(root)
        try:
            site = make_site(root, target.site_name, wish.day, language)
            write_site(site, SiteFolder(Path(target.site_dir)), jobs or cores(), tell)
        except NoBook as error:
            raise SiteError(words_of(None)("site.plugin.no_book", folder=error.where)) from error
        except BrokenSettings as error:
            raise SiteError(f"{error.path}:{error.problem.line}") from error
        except OSError as error:
            raise SiteError(one_line(error)) from error
    pages = sum(path.endswith(".html") for path in site.pages.paths)
    return BuildReport(Path(target.site_dir), pages, site.problems)


def write_site(site: Site, folder: SiteFolder, jobs: int, tell: Tell | None = None) -> None:
    """Write all of a site that the folder does not hold yet. Raises OSError."""
    fixed = list(statics())
    every = [output.path for output in fixed] + site.pages.paths + list(site.pictures)
    folder.begin(every)
    done = 0

    def note(entries: dict[str, Entry]) -> None:
        nonlocal done
        folder.note(entries)
        done += len(entries)
        if tell:
            tell(done, len(every))

    def make(paths: Iterable[str]) -> dict[str, Entry]:
        return {path: folder.put(path, encoded(site.pages.make(path))) for path in paths}

    records = list(site.pages.records)
    site.prepare()
    with Crew(pieces(records, _PIECE), make, jobs if len(records) > _FEW else 1) as crew:
        note({path: folder.put(path, encoded(content)) for path, content in fixed})
        note({path: folder.put(path, file.read_bytes()) for path, file in site.pictures.items()})
        for path in site.pages.tops:
            note(make([path]))
        for entries in crew.results():
            note(entries)
    folder.end(secrets.token_hex(8))


def encoded(content: str) -> bytes:
    """The bytes of a file of the site."""
    return content.encode("utf-8", "replace")
