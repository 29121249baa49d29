"""Front matter in the standard order: the schema's, with keys that it does not know behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renmai.model.records import Record
from renmai.problems import Report
from renmai.text.blocks import Block, blocks, front_of
from renmai.text.frontmatter import BOM, decode, split
from renmai.text.schema import fields_of
from renmai.text.yamltree import Mapping, Node, Scalar, Sequence as Items, read_yaml


def in_order(data: bytes, sort: type[Record], report: Report) -> bytes:
    """A record's bytes with the keys of its front matter in the standard order.

    Each key goes with its comments, and no other byte changes; unknown keys follow in the order
    in which they stand. What breaks the file goes to `report`, and the bytes come back as they
    are; so they do where the order is right, and where another would change what the file says.
    """
    if split(data, report) is None or report.problems:
        return data
    text = data.decode("utf-8")
    bom = BOM if text.startswith(BOM) else ""
    text = text.removeprefix(BOM)
    place = front_of(text)
    front = text[place] if place else ""
    made = _ordered(front, list(fields_of(sort)))
    if not place or made == front or _said(made) != _said(front):
        return data
    return f"{bom}{text[: place.start]}{made}{text[place.stop :]}".encode()
