"""Expected failures: one line that says what to do, and an exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterable

import click

from renmai.problems import Problem
from renmai.words import Words

#: The answer is "no": problems found, no such record.
NO = 1
#: Wrong usage, or no book.
USAGE = 2


class Failure(Exception):
    """What was asked for cannot be done; `key` of the catalogue words it with `args`.

    `code` is the exit code. `command`, where given, is the command whose help explains more.
    """

    def __init__(self, key: str, code: int = USAGE, command: str = "", **args: object) -> None:
        super().__init__(key)
        self.key, self.code, self.command, self.args_ = key, code, command, args

    def sentence(self, words: Words) -> str:
        """The one line, in the language of `words`."""
        args = dict(self.args_)
        if isinstance(problem := args.get("problem"), Problem):
            args["problem"] = words.problem(problem)
        if "errno" in args and words.has(known := f"cli.errno.{args.pop('errno')}"):
            args["reason"] = words(known)
        more = words("cli.error.see-help", command=self.command) if self.command else ""
        return words(self.key, **args) + more


class Stop(Exception):
    """The command is done, and ends with an exit code: what there is to say was said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" when none is near."""
    import difflib  # only for what is misspelt

    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")


def from_click(error: click.ClickException) -> Failure:
    """`error` as a failure of ours, worded by the catalogue."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else ""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, command)
    if isinstance(error, click.BadOptionUsage):
        key = "option-needs-value" if _takes_value(error) else "option-takes-no-value"
        return Failure(f"cli.error.{key}", command=command, option=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(context) if error.param and context else ""
        return Failure("cli.error.missing-argument", command=command, argument=name)
    if context and isinstance(context.command, click.Group):
        return Failure("cli.error.missing-command", command=command)
    return Failure("cli.error.usage", command=command, message=error.format_message())


def _no_such_option(error: click.NoSuchOption, command: str) -> Failure:
    known = []
    if error.ctx is not None:
        for param in error.ctx.command.get_params(error.ctx):
            known += [name for name in param.opts if name.startswith("--")]
    near = nearest(error.option_name, known)
    key = "no-such-option-near" if near else "no-such-option"
    return Failure(f"cli.error.{key}", command=command, option=error.option_name, near=near)


def _takes_value(error: click.BadOptionUsage) -> bool:
    """Whether the option of `error` wants a value (and did not get one)."""
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    return not any(
        isinstance(param, click.Option) and param.is_flag and error.option_name in param.opts
        for param in params
    )


def from_machine(error: OSError) -> Failure:
    """A file or a stream that the machine refused."""
    name = errno.errorcode.get(error.errno or 0, "")
    path = error.filename if isinstance(error.filename, str) else ""
    key = "machine-path" if path else "machine"
    return Failure(f"cli.error.{key}", path=path, errno=name, reason=error.strerror or str(error))
