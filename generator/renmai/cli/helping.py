"""Help pages: what a command is for, examples, options; in the reader's language.

Click lays out its own help by `len`, which tears Chinese columns apart, and words it by gettext;
so the page is ours. It stands in the catalogues: `cli.command.NAME` has `summary`, `examples` and,
where there is more to say, `text`; an option's help is `cli.command.NAME.option.KEY`, or
`cli.option.KEY` where it means the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from click.shell_completion import CompletionItem

from renmai.cli.cells import pad, width, wrap
from renmai.cli.options import Option
from renmai.cli.output import terminal_width
from renmai.words import Words

PAGE_WIDTH = 88
_TERM_WIDTH = 48

Row = tuple[str, str]


def page(
    command: click.Command, context: click.Context, words: Words, commands: Iterable[str] = ()
) -> str:
    """The help page of `command`; `commands` names those below it."""
    columns = min(terminal_width() or PAGE_WIDTH, PAGE_WIDTH)
    key = catalogue_key(command)
    options = [param for param in command.get_params(context) if isinstance(param, Option)]
    rows = [(spelling(param, context), _help(param, key, words)) for param in options]
    common = [row for row, param in zip(rows, options, strict=True) if param.is_global]
    own = [row for row, param in zip(rows, options, strict=True) if not param.is_global]
    sections = [
        ("examples", examples(words(f"{key}.examples"))),
        ("commands", [(name, summary(name, words)) for name in commands]),
        ("options", own),
        ("common", common),
    ]
    lines = [_usage(command, context, words), "", *wrap(words(f"{key}.summary"), columns)]
    if words.has(f"{key}.text"):
        lines += ["", *wrap(words(f"{key}.text"), columns)]
    for name, rows in sections:
        if rows:
            lines += ["", words(f"cli.help.{name}"), *definitions(rows, columns)]
    return "\n".join(lines)


def catalogue_key(command: click.Command) -> str:
    """Where the words of `command` stand in the catalogues."""
    return f"cli.command.{command.name}"


def summary(name: str, words: Words) -> str:
    """What the command `name` does, in one sentence."""
    return words(f"cli.command.{name}.summary")


def spelling(param: Option, context: click.Context) -> str:
    """`--within DURATION`, `-h, --help`."""
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {param.make_metavar(context)}"


def option_items(
    command: click.Command, context: click.Context, incomplete: str, words: Words
) -> list[CompletionItem]:
    """The options of `command` that begin with `incomplete`, for the shell."""
    key = catalogue_key(command)
    return [
        CompletionItem(name, help=_help(param, key, words))
        for param in command.get_params(context)
        if isinstance(param, Option)
        for name in param.opts
        if incomplete.startswith("-") and name.startswith(incomplete)
    ]


def _help(param: Option, key: str, words: Words) -> str:
    own = f"{key}.option.{param.key}"
    return words(own if words.has(own) else f"cli.option.{param.key}")


def _usage(command: click.Command, context: click.Context, words: Words) -> str:
    pieces = [context.command_path]
    pieces += [
        param.make_metavar(context)
        for param in command.get_params(context)
        if isinstance(param, click.Argument)
    ]
    if isinstance(command, click.Group):
        pieces.append(words("cli.help.a-command"))
    return words("cli.help.usage", line=" ".join([*pieces, words("cli.help.any-options")]))


def examples(text: str) -> list[Row]:
    """The lines `command  # what it does` of a text in the catalogue, as rows."""
    parts = (line.partition(" # ") for line in text.strip().splitlines())
    return [(example.strip(), says.strip()) for example, _, says in parts]


def definitions(rows: Sequence[Row], columns: int) -> list[str]:
    """Terms and what they mean in two columns; a long term has a line of its own."""
    explained = [width(term) for term, meaning in rows if meaning]
    term_width = min(max(explained, default=0), _TERM_WIDTH, columns * 3 // 5)
    lines = []
    for term, meaning in rows:
        first, *more = wrap(meaning, columns - term_width - 4)
        if width(term) <= term_width:
            lines.append(f"  {pad(term, term_width)}  {first}".rstrip())
        else:
            lines += [f"  {term}", *([" " * (term_width + 4) + first] if first else [])]
        lines += [" " * (term_width + 4) + line for line in more]
    return lines
