"""Front matter in the standard order: the schema's, with keys that it does not know behind."""

from __future__ import annotations

import re
from typing import Any

from renmai.model.records import Record
from renmai.problems import Report
from renmai.text.blocks import blocks, front_of
from renmai.text.frontmatter import BOM, split
from renmai.text.schema import fields_of
from renmai.text.yamltree import Mapping, Node, Scalar, Sequence, read_yaml

_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")


def in_order(data: bytes, sort: type[Record], report: Report) -> bytes:
    """A record's bytes with the keys of its front matter in the standard order.

    Each key goes with its comments, and no other byte changes; unknown keys follow in the order
    in which they stand. What breaks the file goes to `report`, and the bytes come back as they
    are; so they do where the order is right, and where another would change what the file says.
    """
    parts = split(data, report)
    if parts is None or parts.values is None or report.problems:
        return data
    place = {key: number for number, key in enumerate(fields_of(sort))}
    keys = list(parts.values.values)
    order = sorted(keys, key=lambda key: place.get(key, len(place)))
    if keys == order:
        return data
    text = data.decode("utf-8")
    bom = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    lines = front_of(text)
    if lines is None:
        return data
    front = text[lines]
    made = _ordered(front, order)
    if said(made) != said(front):
        return data
    return f"{bom}{text[: lines.start]}{made}{text[lines.stop :]}".encode()


def said(front: str) -> Any:
    """What front matter says, wherever in it that stands; None when it is broken."""
    report = Report("")
    tree = read_yaml(front, report)
    return None if report.problems else _plain(tree)


def _ordered(front: str, order: list[str]) -> str:
    """`front` with its keys in that order; the header stays on top, the foot at the end."""
    found = blocks(front)
    if found is None:
        return front
    pieces = {block.key: front[block.top : block.end] for block in found}
    # Blank lines part keys from what stands above them: on top stand those that stood there.
    old, new = found[0].key, order[0]
    if old != new:
        (on_top, old_text), (between, new_text) = map(_without_blanks, (pieces[old], pieces[new]))
        pieces[old], pieces[new] = between + old_text, on_top + new_text
    body = "".join(pieces[key] for key in order)
    return front[: found[0].top] + body + front[found[-1].end :]


def _without_blanks(lines: str) -> tuple[str, str]:
    """The blank lines that lines begin with, and the rest."""
    blank = _BLANK_LINES.match(lines)
    end = blank.end() if blank else 0
    return lines[:end], lines[end:]


def _plain(node: Node | None) -> Any:
    if isinstance(node, Scalar):
        return node.value, node.absent
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.values.items()}
    return None
