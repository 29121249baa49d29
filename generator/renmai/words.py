"""The words of the program: every sentence a user sees, in English and in Chinese.

A catalogue is a folder of TOML files, `locales/<language>/*.toml`; a key is the dotted path of
its text. `{name}` in a text is filled from the arguments. Where a language tells one from many,
a text is a table with `one` and `other`, chosen by the argument `n`.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renmai.caching import made_of
from renmai.problems import Problem
from renmai.text.values import Birthday, Duration, LunarDate, PartialDate

if TYPE_CHECKING:
    from renmai.rules.followup import FollowUp

LANGUAGES = ("en", "zh")

#: Texts by key; one with several forms as these by name.
Catalogue = dict[str, str | dict[str, str]]

#: The files of a catalogue, those first that every command needs.
_FILES = (
    "core.toml",
    "cli.toml",
    "fields.toml",
    "site.toml",
    "net.toml",
    "insight.toml",
    "brief.toml",
    "writing.toml",
    "new.toml",
    "sync.toml",
    "build.toml",
)

#: The files of those keys, by their first part, that are asked for most: no other is looked into.
_HOMES = {
    **dict.fromkeys(("field", "choice", "relation", "circle"), "fields.toml"),
    **dict.fromkeys(("brief", "draft"), "brief.toml"),
    **{name: f"{name}.toml" for name in ("site", "net", "insight")},
}

_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


class Words:
    """The words of one language: `words("due.overdue", n=3)`."""

    def __init__(self, language: str) -> None:
        """`language` is `en` or `zh`; raises KeyError of another."""
        if language not in LANGUAGES:
            raise KeyError(language)
        self.language = language
        self._found: dict[str, str | dict[str, str] | None] = {}
        self._dates: dict[datetime.date, str] = {}

    def __call__(self, key: str, /, **args: Any) -> str:
        """The text at `key`, filled in. Raises KeyError when there is none."""
        text = self._found.get(key) or self._find(key)
        if text is None:
            raise KeyError(f"{self.language}: {key}")
        if isinstance(text, dict):
            text = text["one" if args.get("n") == 1 and "one" in text else "other"]
        return text.format_map(args) if "{" in text else text

    def has(self, key: str) -> bool:
        """Whether the catalogue has a text at `key`."""
        return self._find(key) is not None

    def problem(self, problem: Problem) -> str:
        """The sentence of a problem: what is wrong, what was expected, how to mend it."""
        key = f"problem.{problem.code}"
        if self._find(key) is None:
            key += f".{problem.variant or 'default'}"
        args = dict(problem.args)
        terms = {name: self(term, **args) for name, term in problem.terms}
        return self(key, **args, **terms)

    def reason(self, item: FollowUp) -> str:
        """Why a follow-up arises, in a few words."""
        args = {name: self._told(value) for name, value in item.args.items()}
        return self(f"reason.{item.reason}", **args)

    def _told(self, value: object) -> object:
        """A value in a reason: dates in the language, durations as how often, the rest as is."""
        if isinstance(value, datetime.date):
            return self.date(value)
        if isinstance(value, Duration):
            return self.every(value)
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, (PartialDate, LunarDate)):
            return self.partial(value)
        return value

    def date(self, day: datetime.date) -> str:
        """`21 Nov 2026`, `2026年11月21日`."""
        text = self._dates.get(day)
        if text is None:
            name = self(f"month.{day.month}")
            text = self("date.day", year=day.year, month=day.month, name=name, day=day.day)
            self._dates[day] = text
        return text

    def weekday(self, day: datetime.date) -> str:
        """`Sat`, `周六`."""
        return self(f"weekday.{day.isoweekday()}")

    def partial(self, value: Birthday) -> str:
        """A partial or a lunar date: `Nov 2026`, `2026`, `21 Nov`; `农历正月十五`."""
        if isinstance(value, LunarDate):
            return self._lunar(value)
        if value.year and value.month and value.day:
            return self.date(datetime.date(value.year, value.month, value.day))
        name = self(f"month.{value.month}") if value.month else ""
        shape = "month_day" if value.day else "month" if value.month else "year"
        return self(f"date.{shape}", year=value.year, month=value.month, name=name, day=value.day)

    def duration(self, value: Duration) -> str:
        """`3 months`, `3 个月`; `never`."""
        if value.is_never:
            return self("duration.never")
        return self(f"duration.{_UNITS[value.unit]}", n=value.count)

    def every(self, value: Duration) -> str:
        """How often: `every month`, `every 3 months`, `每 3 个月`; `never`."""
        if value.is_never:
            return self("duration.never")
        return self(f"every.{_UNITS[value.unit]}", n=value.count)

    def listed(self, parts: Iterable[str]) -> str:
        """`a, b`; `a、b`."""
        return self("list.separator").join(parts)

    def _lunar(self, value: LunarDate) -> str:
        return self(
            "date.lunar_year" if value.year else "date.lunar",
            year=value.year,
            leap=self("date.leap") if value.leap else "",
            month=self(f"lunar_month.{value.month}"),
            day=self(f"lunar_day.{value.day}"),
        )

    def _find(self, key: str) -> str | dict[str, str] | None:
        try:
            return self._found[key]
        except KeyError:
            home = _HOMES.get(key[: key.find(".")])
            pages = (_catalogue(self.language, file) for file in ([home] if home else _FILES))
            text = next((page[key] for page in pages if key in page), None)
            return self._found.setdefault(key, text)


@functools.cache
def _catalogue(language: str, file: str) -> Catalogue:
    source = Path(__file__).parent / "locales" / language / file
    if not source.is_file():
        return {}
    return made_of(source, f"words/{language}-{file}", Catalogue, _flat)


def _flat(text: str) -> Catalogue:
    # Not needed where the catalogue is known.
    import tomllib

    flat: Catalogue = {}
    _flatten(tomllib.loads(text), "", flat)
    return flat


def _flatten(table: dict[str, Any], prefix: str, flat: Catalogue) -> None:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str) or "other" in value:
            flat[key] = value
        else:
            _flatten(value, f"{key}.", flat)
