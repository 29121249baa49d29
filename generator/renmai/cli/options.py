"""The options and arguments of commands, and the types of their values.

What help says of an option stands in the catalogue; what a type refuses is worded there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.shell_completion import CompletionItem

from renmai.cli.failures import Failure
from renmai.cli.session import Session
from renmai.text.values import Duration, parse_date, parse_duration
from renmai.words import LANGUAGES

if TYPE_CHECKING:
    ParamType = click.ParamType[Any]
else:
    ParamType = click.ParamType

_Param = click.Parameter | None
_Context = click.Context | None


def session_of(context: click.Context) -> Session:
    """The session of the run that `context` belongs to."""
    session = context.find_object(Session)
    if session is None:
        session = context.find_root().obj = Session()
    return session


class Option(click.Option):
    """An option whose help stands in the catalogue under `key`.

    `is_global`: it stands before or behind every command.
    """

    def __init__(
        self, declared: Sequence[str], key: str, is_global: bool = False, **attributes: Any
    ) -> None:
        super().__init__(declared, **attributes)
        self.key, self.is_global = key, is_global


def option(*declared: str, **attributes: Any) -> Option:
    """An option; its long name is its key in the catalogue."""
    long = next(name for name in declared if name.startswith("--"))
    return Option(declared, long.removeprefix("--"), **attributes)


def argument(name: str, **attributes: Any) -> click.Argument:
    return click.Argument([name], **attributes)


def refuse(key: str, param: _Param, context: _Context, **args: Any) -> NoReturn:
    """Refuse the value of `param` with the sentence `cli.error.<key>`; exit code 2."""
    name = param.opts[0] if isinstance(param, click.Option) else ""
    command = context.command_path if context else ""
    raise Failure(f"cli.error.{key}", command=command, option=name, **args)


class DateType(ParamType):
    """A day, `2026-11-21`."""

    name = "date"

    def convert(self, value: Any, param: _Param, ctx: _Context) -> date:
        day = value if isinstance(value, date) else parse_date(value)
        return day or refuse("bad-date", param, ctx, value=value)


class DurationType(ParamType):
    """`14d`, `2w`, `3m`, `1y` or `never`."""

    name = "duration"

    def convert(self, value: Any, param: _Param, ctx: _Context) -> Duration:
        duration = value if isinstance(value, Duration) else parse_duration(value)
        return duration or refuse("bad-duration", param, ctx, value=value)


class Since(ParamType):
    """A day, `2026-11-21`, or how long ago one was, `90d`."""

    name = "since"

    def convert(self, value: Any, param: _Param, ctx: _Context) -> date:
        if isinstance(value, date):
            return value
        span = parse_duration(value)
        if span is not None and ctx is not None:
            return span.before(session_of(ctx).today) or date.min
        return parse_date(value) or refuse("bad-since", param, ctx, value=value)


class ChoiceType(ParamType):
    """One word out of `words`; the refusal names them."""

    name = "choice"

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)

    def convert(self, value: Any, param: _Param, ctx: _Context) -> str:
        if value in self.words:
            return str(value)
        key = "bad-choice" if isinstance(param, click.Option) else "bad-choice-argument"
        return refuse(key, param, ctx, value=value, choices=", ".join(self.words))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(word) for word in self.words if word.startswith(incomplete)]


class PortType(ParamType):
    """A port to listen on."""

    name = "port"

    def convert(self, value: Any, param: _Param, ctx: _Context) -> int:
        text = str(value)
        if text.isascii() and text.isdecimal() and 0 < int(text) <= HIGHEST_PORT:
            return int(text)
        return refuse("bad-number", param, ctx, value=value, least=1, most=HIGHEST_PORT)


class DirectoryType(ParamType):
    """A folder that exists."""

    name = "directory"

    def convert(self, value: Any, param: _Param, ctx: _Context) -> Path:
        path = Path(value)
        return path if path.is_dir() else refuse("no-directory", param, ctx, path=value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type="dir")]


class RecordType(ParamType):
    """A reference to a record; the shell completes ids of `folders` (empty: of the whole book)."""

    name = "reference"

    def __init__(self, *folders: str) -> None:
        self.folders = folders

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from renmai.cli.completing import record_items

        return record_items(session_of(ctx), self.folders, incomplete)


HIGHEST_PORT = 65535

DATE = DateType()
DURATION = DurationType()
DIRECTORY = DirectoryType()
PORT = PortType()
LANGUAGE = ChoiceType(LANGUAGES)
RECORD = RecordType()
