"""Maps and lists in brackets, merged into one pair of brackets as one side has them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from typing import Any

import msgspec

from renmai.merge.choice import merged_order, pick, settled
from renmai.merge.items import items_of, one_alone, plainest
from renmai.merge.pieces import Piece

#: What has a meaning in brackets, and in a plain text outside of them has none.
_SIGNS = frozenset(",[]{}")


class Raw(msgspec.Struct, frozen=True):
    """A value as it is written in brackets, and what it means."""

    raw: str
    value: Any


def merge(base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Raw | None:
    """The merged value of a key or an item; None where both changed it to different ones.

    Where a side has no such key it counts as empty.
    """
    sides = [side for side in (ours, theirs) if side and not side.is_absent]
    maps = [side.block.kind == "map" for side in sides]
    if any(maps) and not all(maps):
        return None
    parts_of = _keys if all(maps) else items_of
    parts = [dict(parts_of(each)) for each in (base, ours, theirs)]
    template = _Template(*("{}" if all(maps) else "[]"))
    for side, own in zip((theirs, ours), (parts[2], parts[1]), strict=True):
        if side and own and side.block.parts and not one_alone(side):
            template = _of(side, own)
    return _joined(*parts, template, is_map=all(maps))


def _keys(piece: Piece | None) -> dict[str, Piece]:
    if piece is None or piece.block.kind != "map":
        return {}
    return {part.block.key: part for part in piece.parts}


class _Template(msgspec.Struct):
    """The brackets of one side: what stands before each part of it, and behind the last."""

    opening: str
    closing: str
    between: str = ", "
    before: dict[Hashable, str] = {}


def _of(side: Piece, parts: Mapping[Any, Piece]) -> _Template:
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
    base: Mapping[Any, Piece],
    ours: Mapping[Any, Piece],
    theirs: Mapping[Any, Piece],
    template: _Template,
    *,
    is_map: bool,
) -> Raw | None:
    """The parts of a value, each merged, between the brackets of the template."""
    merged: dict[Hashable, tuple[str, Raw]] = {}
    for key in dict.fromkeys((*base, *ours, *theirs)):
        part = _part(base.get(key), ours.get(key), theirs.get(key), is_map)
        if isinstance(part, _Disputed):
            return None
        if part:
            merged[key] = part
    order = merged_order(list(base), list(ours), list(theirs), kept=merged)
    pieces: list[str] = []
    for key in order:
        gap = template.before.get(key, template.between) if pieces else ""
        pieces += [gap, merged[key][0]]
    raw = template.opening + "".join(pieces) + template.closing
    if is_map:
        return Raw(raw, {key: merged[key][1].value for key in order})
    return Raw(raw, [merged[key][1].value for key in order])


class _Disputed:
    """Both changed a part to different values."""


def _part(
    base: Piece | None, ours: Piece | None, theirs: Piece | None, is_map: bool
) -> tuple[str, Raw] | _Disputed | None:
    """One key or item as written, and its value; None where it is gone."""
    side = ours or theirs
    if side is None:
        return None
    if ours is None or theirs is None:
        if base is None:
            return _written(side)
        if base.value == side.value:
            return None
        return _Disputed() if is_map else _written(side)
    values = [each.value if each else _Disputed for each in (base, ours, theirs)]
    if settled(*values):
        side = ours if pick(*values) is values[1] else theirs
        return _written(side)
    if ours.block.parts and theirs.block.parts and (inner := merge(base, ours, theirs)):
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
