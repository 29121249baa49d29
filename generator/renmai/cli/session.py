"""What one run of the program works with: the book, the day, the language, opened when needed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from renmai.cli.failures import Failure
from renmai.early import early_value
from renmai.words import LANGUAGES, Words

if TYPE_CHECKING:
    from renmai.model.book import Book
    from renmai.problems import Problem
    from renmai.rules.facts import Facts
    from renmai.rules.followups import FollowUp
    from renmai.settings import Settings
    from renmai.storage.opening import Opened
    from renmai.text.values import Duration


class Session:
    """The global options of a run, and what follows from them.

    It is made before the arguments are parsed, so that help and usage errors come in the right
    language wherever `--lang` and `-C` stand; parsing then sets the attributes to what is true.
    """

    def __init__(self, args: Sequence[str] = ()) -> None:
        self.directory = Path(early_value(args, "-C") or ".")
        self.given_language = early_value(args, "--lang")
        self.given_today: date | None = None
        self.json = False

    @cached_property
    def words(self) -> Words:
        """The catalogue of `--lang`, else of the book, else of the locale."""
        if self.given_language in LANGUAGES:
            return Words(self.given_language)
        try:
            return Words(self.settings.language)
        except Failure:
            return Words(locale_language(os.environ))

    @cached_property
    def today(self) -> date:
        """`--today`, else the local date."""
        return self.given_today or date.today()

    @cached_property
    def root(self) -> Path:
        """The folder of the book, found by walking up. Raises Failure when there is none."""
        from renmai.cli.wording import short_path
        from renmai.storage.opening import BrokenSettings, NoBook, find_book

        # `..` is resolved by the letter, as the shell shows it: links are not followed.
        start = Path(os.path.abspath(self.directory))
        try:
            return find_book(start)
        except NoBook:
            here = str(self.directory) == "."
            key = "cli.error.no-book-here" if here else "cli.error.no-book"
            raise Failure(key, path=str(self.directory)) from None
        except BrokenSettings as broken:
            raise Failure(
                "cli.error.broken-settings",
                path=short_path(broken.path),
                line=broken.problem.line,
                problem=broken.problem,
            ) from None

    @cached_property
    def settings(self) -> Settings:
        """The book's settings alone, without reading a record."""
        from renmai.storage.opening import open_settings

        return open_settings(self.root)

    @cached_property
    def opened(self) -> Opened:
        """The book as read from the disk."""
        from renmai.storage.opening import open_book
        from renmai.storage.readings import recall_readings

        recall_readings(self.root)
        return open_book(self.root)

    def close(self) -> None:
        """Keep for the next run what was looked up in this one."""
        if "opened" in self.__dict__:
            from renmai.storage.readings import remember_readings

            remember_readings(self.root)

    @cached_property
    def book(self) -> Book:
        return self.opened.book

    @property
    def problems(self) -> list[Problem]:
        """Every problem of the book on that day, by path and line."""
        found = [*self.opened.problems, *self.facts.book_problems]
        return sorted(found, key=lambda each: (each.path, each.line, each.code))

    @cached_property
    def facts(self) -> Facts:
        """What follows from the book today."""
        from renmai.rules.facts import Facts

        return Facts(self.book, self.today, self.opened.settings)

    def facts_around(self, *ids: str) -> Facts:
        """What follows today about these records, and of no others."""
        from renmai.rules.facts import Facts

        return Facts(self.book.around(ids), self.today, self.opened.settings)

    def follow_ups(self, horizon: Duration | None = None) -> list[FollowUp]:
        """The follow-ups in order, up to the horizon (None: all there are)."""
        from renmai.storage.due import remembered_follow_ups

        return remembered_follow_ups(self.opened, self.today, horizon)


def locale_language(environment: Mapping[str, str]) -> str:
    """The language of the locale: `zh`, or else `en`."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
