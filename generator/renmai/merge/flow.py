"""Maps and lists in brackets, merged into one pair of brackets as one side has them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from renmai.merge.items import items_of, one_alone, plainest
from renmai.merge.pieces import Piece
from renmai.merge.versions import Versions, merged_order, under

H = TypeVar("H", bound=Hashable)

#: What has a meaning in brackets, and in a plain text outside of them has none.
_SIGNS = frozenset(",[]{}")


class Raw(msgspec.Struct, frozen=True):
    """A value as it is written in brackets, and what it means."""

    raw: str
    value: Any


def merge(three: Versions[Piece | None]) -> Raw | None:
    """The merged value of a key or an item; None where both changed it to different ones.

    Where a side has no such key it counts as empty.
    """
    maps = [side.block.kind == "map" for side in three[1:] if side and not side.is_absent]
    if all(maps):
        return _joined(three, three.each(_keys), _Template("{", "}"), is_map=True)
    if any(maps):
        return None
    return _joined(three, three.each(items_of), _Template("[", "]"), is_map=False)


def _keys(piece: Piece | None) -> dict[str, Piece]:
    if piece is None or piece.block.kind != "map":
        return {}
    return {part.block.key: part for part in piece.parts}


class _Template(msgspec.Struct, Generic[H]):
    """The brackets of one side: what stands before each part of it, and behind the last."""

    opening: str
    closing: str
    between: str = ", "
    before: dict[H, str] = {}


def _of(side: Piece, parts: Mapping[H, Piece]) -> _Template[H]:
    text, block = side.text, side.block
    pieces = list(parts.values())
    gaps = {
        key: text[previous.block.stop : piece.block.start]
        for previous, (key, piece) in zip(pieces, list(parts.items())[1:], strict=False)
    }
    between = next((gap for gap in gaps.values() if "#" not in gap), ", ")
    opening = text[block.value : pieces[0].block.start]
    return _Template(opening, text[pieces[-1].block.stop : block.stop], between, gaps)


def _joined(
    three: Versions[Piece | None],
    parts: Versions[dict[H, Piece]],
    template: _Template[H],
    *,
    is_map: bool,
) -> Raw | None:
    """The parts of a value, each merged, between the brackets of the first side that has any."""
    for side, own in ((three.theirs, parts.theirs), (three.ours, parts.ours)):
        if side and own and side.block.parts and not one_alone(side):
            template = _of(side, own)
    merged: dict[H, tuple[str, Raw]] = {}
    for key in dict.fromkeys(key for side in parts for key in side):
        part = _part(under(parts, key), is_map)
        if isinstance(part, _Disputed):
            return None
        if part:
            merged[key] = part
    order = merged_order(parts.each(list), merged)
    pieces: list[str] = []
    for key in order:
        pieces += [template.before.get(key, template.between) if pieces else "", merged[key][0]]
    raw = template.opening + "".join(pieces) + template.closing
    if is_map:
        return Raw(raw, {key: merged[key][1].value for key in order})
    return Raw(raw, [merged[key][1].value for key in order])


class _Disputed:
    """Both changed a part to different values."""


def _part(three: Versions[Piece | None], is_map: bool) -> tuple[str, Raw] | _Disputed | None:
    """One key or item as written, and its value; None where it is gone."""
    base, ours, theirs = three
    if ours is None or theirs is None:
        side = ours or theirs
        if side is None or (base and base.value == side.value):
            return None
        return _Disputed() if base and is_map else _written(side)
    values = three.each(lambda each: each.value if each else _Disputed)
    if values.settled:
        return _written(ours if values.choice is values.ours else theirs)
    if ours.block.parts and theirs.block.parts and (inner := merge(three)):
        return ours.head + inner.raw, inner
    return _Disputed() if is_map else _written(plainest(ours, theirs))


def _written(piece: Piece) -> tuple[str, Raw]:
    """A key or an item as it can stand in brackets."""
    raw = piece.raw
    if piece.block.kind == "scalar" and (
        "\n" in raw or (raw[:1] not in ("'", '"') and not _SIGNS.isdisjoint(raw))
    ):
        raw = json.dumps(piece.value, ensure_ascii=False)
    return piece.head + raw, Raw(raw, piece.value)
