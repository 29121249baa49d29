"""Rows of cells as aligned lines, whatever the width of the terminal and of the characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from renmai.cli.cells import fit, pad, visible, width, wrap
from renmai.cli.output import Line, Span

GAP = "  "

#: Where nothing limits the lines, a longer cell breaks its own row rather than all the others.
_LONGEST = 40

#: With less room than this, the last column goes below the others.
_LEAST = 20

#: No column gets narrower than this for the sake of the others.
_NARROWEST = 6


class Column(NamedTuple):
    """How a column is set: `right` aligned; at most `most` columns of a terminal wide."""

    right: bool = False
    most: int = _LONGEST


Row = Sequence[Span | str]


def table(
    rows: Sequence[Row], columns: Sequence[Column], limit: int | None, indent: str = ""
) -> list[list[Line]]:
    """The lines of each row, set under one another within `limit` columns (None: no limit).

    `columns` describes all columns but the last, which is wrapped.
    """
    cells = [[_safe(cell) for cell in row] for row in rows]
    widths = [_column_width(cells, number, column) for number, column in enumerate(columns)]
    taken = _shrink(widths, width(indent) + len(GAP) * len(widths), limit)
    lines: list[list[Line]] = []
    for row in cells:
        *head, last = row
        line: list[Span | str] = [indent]
        for cell, column, wide in zip(head, columns, widths, strict=True):
            text = cell.text if limit is None else fit(cell.text, wide)
            line += [Span(pad(text, wide, right=column.right), cell.style), GAP]
        lines.append(_with_last(line, last, taken, limit, indent))
    return lines


def _safe(cell: Span | str) -> Span:
    return Span(visible(cell)) if isinstance(cell, str) else Span(visible(cell.text), cell.style)


def _column_width(cells: Sequence[Sequence[Span]], number: int, column: Column) -> int:
    return min(max((width(row[number].text) for row in cells), default=0), column.most)


def _shrink(widths: list[int], besides: int, limit: int | None) -> int:
    """Narrow the widest columns until all fit; what they take then, with what stands besides."""
    while limit and sum(widths) + besides > limit and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return sum(widths) + besides


def _with_last(
    line: list[Span | str], last: Span, taken: int, limit: int | None, indent: str
) -> list[Line]:
    """`line` with its last cell: beside it, wrapped, or below where there is no room beside it."""
    if not last.text:
        return [line]
    if limit is None or taken + width(last.text) <= limit:
        return [[*line, last]]
    if limit - taken >= _LEAST:
        first, *more = wrap(last.text, limit - taken)
        return [[*line, Span(first, last.style)], *_hanging(more, " " * taken, last.style)]
    below = indent + " " * 4
    return [line, *_hanging(wrap(last.text, limit - len(below)), below, last.style)]


def _hanging(texts: Sequence[str], indent: str, style: str) -> list[Line]:
    return [[indent, Span(text, style)] for text in texts]
