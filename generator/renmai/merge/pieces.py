"""A piece of front matter in one version: a key or an item with its lines, value and parts."""

from __future__ import annotations

from typing import Any

import msgspec

from renmai.merge.lines import shifted
from renmai.text.blocks import Block
from renmai.text.yamltree import Mapping, Node, Scalar, Sequence


class Piece(msgspec.Struct, frozen=True, eq=False):
    """A key of a map, or an item of a list; `text` is the front matter that it stands in."""

    text: str
    block: Block
    node: Node

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.block.start) + 1

    @property
    def column(self) -> int:
        return self.block.start - self.line_start

    @property
    def above(self) -> str:
        """The blank lines and comments above, as written."""
        return self.text[self.block.top : self.line_start]

    @property
    def raw(self) -> str:
        """The value as written."""
        return self.text[self.block.value : self.block.stop]

    @property
    def head(self) -> str:
        """The key, or the dash, as written, with what stands before the value."""
        return self.text[self.block.start : self.block.value]

    @property
    def tail(self) -> str:
        """What stands behind the value: a comment, and the comments below."""
        return "\n" if self.block.flow else self.text[self.block.stop : self.block.end]

    @property
    def is_block(self) -> bool:
        """Whether the value is a map or a list with lines of its own."""
        return bool(self.block.parts) and not self.block.parts[0].flow

    @property
    def value(self) -> Any:
        return plain(self.node)

    @property
    def is_absent(self) -> bool:
        return isinstance(self.node, Scalar) and self.node.absent

    @property
    def parts(self) -> list[Piece]:
        """The keys or items of the value."""
        if isinstance(self.node, Scalar):
            return []
        return pieces_of(self.text, self.block.parts, self.node)

    def lines(self, column: int, tail: str | None = None) -> str:
        """Its own lines, without those above, as they stand when it begins at `column`.

        `tail` is what stands behind the value instead of its own.
        """
        if self.block.flow:
            return self._unfolded(column)
        text = " " * self.column + self.text[self.block.start : self.block.stop]
        return shifted(text + (self.tail if tail is None else tail), column - self.column)

    def comments(self, column: int) -> str:
        """The lines above, as they stand when it begins at `column`."""
        return shifted(self.above, column - self.column)

    def whole(self, column: int) -> str:
        """All its lines, as they stand when it begins at `column`."""
        return self.comments(column) + self.lines(column)

    def _unfolded(self, column: int) -> str:
        """A key or item within brackets as a line of its own."""
        head = "- "
        if self.block.key:
            key = self.text[self.block.start : self.block.value].rstrip()
            head = key.removesuffix(":").rstrip() + ": "
        first, *more = self.raw.split("\n")
        deeper = " " * (column + 2)
        return "\n".join([" " * column + head + first, *(deeper + line for line in more)]) + "\n"


def pieces_of(text: str, blocks: list[Block], node: Node) -> list[Piece]:
    """The pieces of a map or a list, whose blocks are these."""
    if isinstance(node, Mapping):
        return [Piece(text, block, node.values[block.key]) for block in blocks]
    if isinstance(node, Sequence):
        return [Piece(text, *pair) for pair in zip(blocks, node.items, strict=True)]
    return []


def plain(node: Node) -> Any:
    """A value as Python has it: dict, list, text, or None where it is absent."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if not isinstance(node, Scalar) or node.absent else node.value
