"""Notes so simple that they need no Markdown: paragraphs and quotes of one line, plain lists and
tables, with a blank line between any two.

They look just as if they had gone through Markdown and nh3.
"""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup

from renmai.site.simple import Resolve, simple_line

#: What begins each line of a list, whether the first or another one.
_BULLET, _NUMBER = re.compile(r"- "), re.compile(r"[0-9]{1,9}\. ")
_LISTS = ("- ", "1. ")
#: What parts the head of a table from its rows.
_RULE = re.compile(r"\|(?: ?-{3,} ?\|)+")


class _Intricate(Exception):
    """What only Markdown can tell."""


def simple_notes(text: str, resolve: Resolve) -> Markup | None:
    """Notes of words that `simple_line` knows, in blocks; None for all else."""
    blocks = text.split("\n\n")
    # Two lists in a row may be one, each of whose items is a paragraph.
    if any(a.startswith(_LISTS) and b.startswith(_LISTS) for a, b in pairwise(blocks)):
        return None
    try:
        return Markup("".join([_block(block, resolve) for block in blocks]))
    except _Intricate:
        return None


def _block(block: str, resolve: Resolve) -> str:
    match block[:2]:
        case "| ":
            return _table(block.split("\n"), resolve)
        case "- ":
            return _list("ul", _BULLET, block, resolve)
        case "1.":
            return _list("ol", _NUMBER, block, resolve)
        case "> ":
            return f"<blockquote>\n<p>{_words(block[2:], resolve)}</p>\n</blockquote>\n"
    return f"<p>{_words(block, resolve)}</p>\n"


def _words(text: str, resolve: Resolve) -> str:
    """Words that begin with a letter, stress or a reference: nothing else can begin there."""
    if not (text[:1].isalpha() or text.startswith(("*", "[["))) or text[-1] == " ":
        raise _Intricate
    if (simple := simple_line(text, resolve)) is None:
        raise _Intricate
    return simple


def _list(tag: str, mark: re.Pattern[str], block: str, resolve: Resolve) -> str:
    items = []
    for line in block.split("\n"):
        if (found := mark.match(line)) is None:
            raise _Intricate
        items.append(f"<li>{_words(line[found.end() :], resolve)}</li>\n")
    return f"<{tag}>\n{''.join(items)}</{tag}>\n"


def _table(lines: list[str], resolve: Resolve) -> str:
    """A head, a rule, and at least one row; all with as many cells."""
    head, rule, *body = lines if len(lines) > 2 else ["", "", ""]
    columns = head.count("|")
    if not _RULE.fullmatch(rule) or any(line.count("|") != columns for line in lines):
        raise _Intricate
    top = _row("th", head, resolve)
    rows = "".join([_row("td", line, resolve) for line in body])
    return f'<table tabindex="0">\n<thead>\n{top}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n'


def _row(tag: str, line: str, resolve: Resolve) -> str:
    cells = line[2:-2].split(" | ")
    if line[:2] != "| " or line[-2:] != " |" or line.count("|") != len(cells) + 1:
        raise _Intricate
    shown = [f"<{tag}>{_words(cell, resolve)}</{tag}>\n" for cell in cells]
    return f"<tr>\n{''.join(shown)}</tr>\n"
