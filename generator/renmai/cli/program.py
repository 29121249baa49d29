"""The program: its commands by name, each loaded when it is called, and one run of it."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from renmai import __version__
from renmai.cli import helping, output
from renmai.cli.declare import eager_flag, global_options, in_context
from renmai.cli.failures import NO, USAGE, Failure, Stop, from_click, from_machine, nearest
from renmai.cli.options import session_of
from renmai.cli.session import Session

NAME = "renmai"
COMPLETION_VARIABLE = "_RENMAI_COMPLETE"

#: As a shell says of what was stopped by Ctrl-C.
INTERRUPTED = 130

#: In the order that help lists them; `renmai.cli.commands.NAME` holds `command`.
COMMANDS = (
    "init",
    "new",
    "log",
    "due",
    "done",
    "snooze",
    "undo",
    "agenda",
    "show",
    "history",
    "find",
    "list",
    "matches",
    "path",
    "circles",
    "ledger",
    "influence",
    "brief",
    "check",
    "fmt",
    "build",
    "serve",
    "sync",
    "completion",
)
#: What git calls, and nobody types: neither listed nor completed.
PLUMBING = ("merge-driver",)


class Program(click.Group):
    """The group of all commands. Neither help nor completion of their names loads one."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> Any:
        """Run the program as a process does: failures worded by us, then exit with the code."""
        code = run(sys.argv[1:] if args is None else args)
        if args is None:
            _leave(code)
        if extra.get("standalone_mode", True):
            sys.exit(code)
        return code

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with in_context(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in (*COMMANDS, *PLUMBING):
            return None
        module = cmd_name.replace("-", "_")
        found: click.Command = import_module(f"renmai.cli.commands.{module}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in (*COMMANDS, *PLUMBING) and not ctx.resilient_parsing:
            near = nearest(name, COMMANDS)
            key = "no-such-command-near" if near else "no-such-command"
            raise Failure(f"cli.error.{key}", command=ctx.command_path, name=name, near=near)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        return helping.page(self, ctx, session_of(ctx).words, COMMANDS)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        words = session_of(ctx).words
        names = [
            CompletionItem(name, help=helping.summary(name, words))
            for name in COMMANDS
            if name.startswith(incomplete)
        ]
        return names + helping.option_items(self, ctx, incomplete, words)


def _show_version(context: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        output.write_text(f"{NAME} {__version__}")
        context.exit()


program = Program(
    NAME,
    params=[eager_flag("--version", show=_show_version), *global_options()],
    add_help_option=False,
)


def run(args: Sequence[str]) -> int:
    """Run the program on `args` (without its name); the exit code."""
    session = Session(args)
    try:
        if instruction := os.environ.get(COMPLETION_VARIABLE):
            from renmai.cli.completing import answer

            return answer(program, session, instruction)
        with program.make_context(NAME, list(args), obj=session) as context:
            program.invoke(context)
        return 0
    except Stop as stop:
        return stop.code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        output.write_message(error.format_message().split("\n"))
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        output.write_message(["", session.words("cli.error.interrupted")])
        return INTERRUPTED
    except click.ClickException as error:
        return _report(from_click(error), session)
    except OSError as error:
        return _report(from_machine(error), session)
    except Failure as failure:
        return _report(failure, session)
    finally:
        session.close()


def _leave(code: int) -> NoReturn:
    """End the process without freeing, one by one, all objects that a run has made."""
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # closed before we began
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # nobody reads on: Python's own ending knows what to do
    os._exit(code)


def _report(failure: Failure, session: Session) -> int:
    """Say what failed on standard error. Where the answer is "no", `--json` has it as null."""
    if failure.code == NO and session.json:
        output.write_json(None)
    output.write_message([f"{NAME}: {failure.sentence(session.words)}"])
    return failure.code
