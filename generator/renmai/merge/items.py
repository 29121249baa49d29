"""How the items of a list are known: a text by itself, a map by what it is about."""

from __future__ import annotations

from typing import Any

from renmai.merge.pieces import Piece
from renmai.merge.versions import numbered
from renmai.text.blocks import Block
from renmai.text.references import REFERENCE, target_text
from renmai.text.values import nfc
from renmai.text.yamltree import Mapping, Node, Scalar, Sequence

#: A map in a list is known by the first of these that it has.
_KNOWN_BY = (("who",), ("date", "what"), ("a", "b"))

Known = tuple[str, ...]


def items_of(piece: Piece | None) -> dict[tuple[Known, int], Piece]:
    """The items of a list by what they are known by; one value alone is a list of one."""
    if piece is None or piece.is_absent:
        return {}
    if piece.block.kind != "list" or one_alone(piece):
        return {(known(piece.node), 1): _as_item(piece)}
    items = piece.parts
    return dict(zip(numbered(known(item.node) for item in items), items, strict=True))


def _as_item(piece: Piece) -> Piece:
    """A value that stands alone, as it would stand in brackets."""
    block = piece.block
    bare = Block(
        key="",
        top=block.value,
        start=block.value,
        value=block.value,
        stop=block.stop,
        end=block.stop,
        kind=block.kind,
        flow=True,
        parts=block.parts,
    )
    return Piece(piece.text, bare, piece.node)


def one_alone(piece: Piece) -> bool:
    """Whether a value is one reference in brackets without quotes, which YAML reads as lists."""
    return isinstance(piece.node, Sequence) and _reference(piece.node) is not None


def _reference(node: Sequence) -> str | None:
    """The text of `[[li]]`, which YAML reads as a list in a list."""
    inner = node.items[0] if len(node.items) == 1 else None
    if isinstance(inner, Sequence) and len(inner.items) == 1:
        text = inner.items[0]
        return text.value if isinstance(text, Scalar) else None
    return None


def plainest(ours: Piece, theirs: Piece) -> Piece:
    """Of one item written in two ways (`li` and `"[[li]]"`) one, whichever side is ours."""
    return min(ours, theirs, key=lambda piece: (len(piece.raw), piece.raw))


def known(node: Node) -> Known:
    """What an item is known by, as texts."""
    if isinstance(node, Scalar):
        return ("text", _text(node))
    if isinstance(node, Mapping):
        for keys in _KNOWN_BY:
            values = [node.values.get(key) for key in keys]
            if all(value is not None and _is_known(value) for value in values):
                return (*keys, *(_text(value) for value in values if value is not None))
    if isinstance(node, Sequence) and (name := _reference(node)) is not None:
        return ("text", target_text(name))
    return ("value", repr(canonical(node)))


def _is_known(value: Node) -> bool:
    if isinstance(value, Scalar):
        return not value.absent
    return isinstance(value, Sequence) and _reference(value) is not None


def _text(node: Node) -> str:
    """A text; of a reference in brackets what it names."""
    if isinstance(node, Sequence):
        return target_text(_reference(node) or "")
    text = node.value.strip() if isinstance(node, Scalar) else ""
    found = REFERENCE.fullmatch(text)
    return target_text(found[1]) if found else nfc(text)


def canonical(node: Node) -> Any:
    """A value in which the order of keys means nothing."""
    if isinstance(node, Mapping):
        return sorted((key, canonical(value)) for key, value in node.values.items())
    if isinstance(node, Sequence):
        return [canonical(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else ""
