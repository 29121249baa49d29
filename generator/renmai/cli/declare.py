"""How a command is declared: one decorator that adds the global options and the session.

@declare("due", option("--all", "everything", is_flag=True))
def command(session: Session, everything: bool) -> None: ...
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import click
from click.shell_completion import CompletionItem

from renmai.cli import helping, output
from renmai.cli.failures import Failure
from renmai.cli.options import (
    DATE,
    DIRECTORY,
    LANGUAGE,
    Option,
    session_of,
)


class Command(click.Command):
    """A command with our help and our refusals; `has_json`: it understands `--json`."""

    allow_extra_args = True

    def __init__(self, *args: Any, has_json: bool = True, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.has_json = has_json

    def get_help(self, ctx: click.Context) -> str:
        return helping.page(self, ctx, session_of(ctx).words)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with in_context(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Failure("cli.error.extra-argument", command=ctx.command_path, argument=rest[0])
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        if session_of(ctx).json and not self.has_json:
            raise Failure("cli.error.no-json", command=ctx.command_path)
        return super().invoke(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return helping.option_items(self, ctx, incomplete, session_of(ctx).words)


@contextlib.contextmanager
def in_context(context: click.Context) -> Iterator[None]:
    """Tell a usage error which command it is about; click's parser leaves that out of some."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or context
        raise


def declare(
    name: str, *params: click.Parameter, has_json: bool = True
) -> Callable[[Callable[..., None]], Command]:
    """Make a function of (session, **its own options) the command `name`."""

    def decorate(function: Callable[..., None]) -> Command:
        return Command(
            name,
            params=[*params, *global_options(has_json)],
            callback=click.pass_obj(function),
            add_help_option=False,
            has_json=has_json,
        )

    return decorate


def global_options(has_json: bool = True) -> list[click.Parameter]:
    """The options that stand before or behind every command; they set the session."""
    options: list[click.Parameter] = [
        _global("-C", "directory", type=DIRECTORY, metavar="DIR"),
        _global("--today", "given_today", type=DATE, metavar="DATE"),
        _global("--lang", "given_language", type=LANGUAGE, metavar="en|zh"),
    ]
    if has_json:
        options.append(_global("--json", "json", is_flag=True, default=None))
    return [*options, eager_flag("-h", "--help", show=_show_help)]


def eager_flag(*names: str, show: Callable[[click.Context, click.Parameter, bool], None]) -> Option:
    """A flag that shows something and ends the run, whatever else stands there."""
    return Option(
        names,
        key=names[-1].lstrip("-"),
        is_global=True,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
    )


def _global(name: str, attribute: str, **attributes: Any) -> Option:
    def store(context: click.Context, param: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(session_of(context), attribute, value)

    return Option(
        [name, attribute],
        key=name.lstrip("-"),
        is_global=True,
        expose_value=False,
        callback=store,
        **attributes,
    )


def _show_help(context: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        output.write_text(context.get_help())
        context.exit()
