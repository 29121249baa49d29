"""One version of a record file, taken apart; and the bytes of a merged one put together."""

from __future__ import annotations

from typing import Any

import msgspec

from renmai.merge.pieces import Piece, pieces_of, plain
from renmai.problems import Report
from renmai.text.blocks import blocks, front_of
from renmai.text.frontmatter import BOM, split
from renmai.text.yamltree import Mapping


class Version(msgspec.Struct, frozen=True):
    """A version with line feeds alone and one at the end, whatever the file has.

    `opening` and `closing` are the two `---` lines; `header` and `footer` are the lines of the
    front matter that belong to no key; `keys` is None where the keys have no lines of their own.
    `values` is what the front matter means.
    """

    opening: str = "---\n"
    header: str = ""
    keys: list[Piece] | None = []
    footer: str = ""
    closing: str = "---\n"
    body: str = ""
    front: str = ""
    values: Any = {}
    bom: bool = False
    last_feed: bool = True


#: An ancestor that is an empty file: both devices began the record.
EMPTY = Version()


def is_empty(data: bytes) -> bool:
    """Whether there is nothing in a file but white space and a BOM."""
    return not data.removeprefix(BOM.encode()).strip()


def read_version(data: bytes) -> Version | None:
    """The version that these bytes are; None where a broken file must be left to git."""
    report = Report("")
    parts = split(data, report)
    if parts is None or parts.values is None or report.problems:
        return None
    text = data.decode("utf-8")
    bom = text.startswith(BOM)
    text = text.removeprefix(BOM).replace("\r\n", "\n")
    last_feed = text.endswith("\n")
    text += "" if last_feed else "\n"
    place = front_of(text)
    assert place, "`split` has found the front matter"
    front, rest = text[place], text[place.stop :]
    closing, body = rest[: rest.index("\n") + 1], rest[rest.index("\n") + 1 :]
    keys = _keys(front, parts.values)
    return Version(
        opening=text[: place.start],
        header=front[: keys[0].block.top] if keys else front,
        keys=keys,
        footer=front[keys[-1].block.end :] if keys else "",
        closing=closing,
        body=body,
        front=front,
        values=plain(parts.values),
        bom=bom,
        last_feed=last_feed,
    )


def _keys(front: str, tree: Mapping) -> list[Piece] | None:
    """The keys of the front matter; None where they do not stand on lines of their own."""
    if not tree.values:
        return []
    found = blocks(front)
    return None if found is None else pieces_of(front, found, tree)
