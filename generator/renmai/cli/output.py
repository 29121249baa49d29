"""What goes to standard output: lines of styled spans, or one JSON document.

Lines are plain unless standard output is a terminal and `NO_COLOR` is not set. Every span is made
safe here, so that no control character of a file gets through.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple, TextIO

import click

from renmai.cli.cells import UNSAFE, visible


class Span(NamedTuple):
    """A piece of a line; `style` is a name of `STYLES` or empty."""

    text: str
    style: str = ""


Line = Sequence[Span | str]

#: In a narrower terminal lines are as if it were this wide.
NARROWEST = 32

#: The styles, as click names them.
STYLES: dict[str, dict[str, Any]] = {
    "heading": {"bold": True},
    "strong": {"bold": True},
    "name": {"bold": True},
    "faint": {"fg": "bright_black"},
    "overdue": {"fg": "red"},
    "today": {"fg": "yellow"},
    "coming": {"fg": "green"},
    "code": {"fg": "cyan"},
    "hot": {"fg": "red"},
    "warm": {"fg": "yellow"},
    "cool": {"fg": "cyan"},
    "cold": {"fg": "bright_black"},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "hint": {"fg": "blue"},
}

#: Who says one of these on Windows takes styles; its older console would show them as they are.
_WINDOWS = ("WT_SESSION", "TERM_PROGRAM", "ANSICON")


def terminal_width(stream: TextIO | None = None) -> int | None:
    """The columns of the terminal (or of `COLUMNS`); None when output is no terminal."""
    stream = stream or sys.stdout
    if os.environ.get("COLUMNS", "").isdecimal() or is_terminal(stream):
        import shutil  # only for a terminal

        return max(shutil.get_terminal_size().columns, NARROWEST)
    return None


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def colourful(stream: TextIO | None) -> bool:
    """Whether escape sequences may be written to `stream`."""
    if sys.platform == "win32" and not any(os.environ.get(name) for name in _WINDOWS):
        return False
    return (
        is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def plain(line: Line) -> str:
    """`line` without its styles, safe to show, without spaces at its end."""
    return "".join(visible(part if isinstance(part, str) else part.text) for part in line).rstrip()


def styled(line: Line) -> str:
    """`line` as `plain` has it, with its styles."""
    spans = [Span(part) if isinstance(part, str) else part for part in line]
    shown = len(plain(spans))
    parts = []
    for span in spans:
        text = visible(span.text)[:shown]
        shown -= len(text)
        style = STYLES.get(span.style)
        parts.append(click.style(text, **style) if style and text else text)
    return "".join(parts)


def write_lines(lines: Sequence[Line]) -> None:
    """Write `lines` to standard output."""
    if not lines:
        return
    shown = styled if colourful(sys.stdout) else plain
    _write("".join(shown(line) + "\n" for line in lines))


def write_json(document: Any) -> None:
    """Write `document` as the one JSON document of standard output, in UTF-8 whatever the locale.

    Keys keep their order. What a terminal could take for a command is written as `\\u…`, and so
    is a lone surrogate (of a file name that is no UTF-8): it reads back as the same text.
    """
    import json  # only for those who ask for it

    text = json.dumps(document, ensure_ascii=False, indent=2)
    # Harmless to a JSON parser, not to a terminal; they stand only in strings.
    text = re.sub(f"[{UNSAFE}]", lambda found: f"\\u{ord(found[0]):04x}", text)
    _write(text + "\n", "utf-8")


def write_text(text: str) -> None:
    """Write `text`, which is ours and may have several lines, to standard output."""
    _write(text + "\n")


def write_message(lines: Sequence[str]) -> None:
    """Write `lines` to standard error."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write("".join(visible(line) + "\n" for line in lines))
        sys.stderr.flush()
    except BrokenPipeError:
        _silence(sys.stderr)


def _write(text: str, encoding: str = "") -> None:
    """Write `text`. A reader that has left (`| head`) is no error: the rest is dropped."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            stream.write(text)
        else:
            stream.flush()
            buffer.write(text.encode(encoding or stream.encoding, "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError:
        # Told by whoever called; Python would tell it once more, when it flushes what is left.
        _silence(stream)
        raise


def _silence(stream: TextIO) -> None:
    """Send what else is written to `stream` nowhere, also what Python flushes at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
