"""`renmai build`: the site of a book in its folder, each file written when it is another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from renmai.cores import cores
from renmai.problems import Problem
from renmai.site.folder import SiteFolder
from renmai.site.increment.building import build
from renmai.site.increment.order import Order, Tell
from renmai.site.increment.shelf import Shelf
from renmai.site.target import SiteError, one_line, target_of
from renmai.site.wish import Wish, wishing, words_of
from renmai.storage.opening import BrokenSettings, NoBook, open_book
from renmai.storage.readings import recall_readings, remember_readings

__all__ = ["BuildReport", "SiteError", "build_site"]


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
        order = Order(Shelf(root), target.site_name, wish.day, language, jobs or cores(), tell)
        try:
            recall_readings(root)
            built, _ = build(open_book(root), SiteFolder(Path(target.site_dir)), order)
            remember_readings(root)
        except NoBook as error:
            raise SiteError(words_of(None)("site.plugin.no_book", folder=error.where)) from error
        except BrokenSettings as error:
            raise SiteError(f"{error.path}:{error.problem.line}") from error
        except OSError as error:
            raise SiteError(one_line(error)) from error
    return BuildReport(Path(target.site_dir), built.pages, built.problems)
