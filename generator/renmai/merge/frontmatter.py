"""Front matter merged by key, maps by key at every depth, lists by item.

Each step gives text and value together: the text is what will be written, the value what it
must be read as.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from renmai.merge import flow
from renmai.merge.items import Known, items_of, one_alone, plainest
from renmai.merge.lines import conflict, lines_of, shifted
from renmai.merge.pieces import Piece
from renmai.merge.versions import Versions, merged_order, under


class Merged(msgspec.Struct):
    """Lines of front matter, what they mean, and how many conflicts are marked in them."""

    text: str
    value: Any = None
    conflicts: int = 0


#: A key or an item in the three versions; None where it is not there.
Three = Versions[Piece | None]


def merge_keys(keys: Versions[list[Piece]], column: int = 0, lists: Collection[str] = ()) -> Merged:
    """The keys of a map, each merged, as lines that begin at `column`.

    `lists` are the keys whose values are lists though one alone may stand there.
    """
    sides = keys.each(lambda side: {piece.block.key: piece for piece in side})
    merged: dict[str, Merged] = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        three = under(sides, key)
        if found := _merge_key(three, column, key in lists):
            merged[key] = found
    order = merged_order(sides.each(list), merged)
    return Merged(
        "".join(merged[key].text for key in order),
        {key: merged[key].value for key in order},
        sum(each.conflicts for each in merged.values()),
    )


def _merge_key(three: Three, column: int, is_list: bool) -> Merged | None:
    """One key; None where it is gone."""
    base, ours, theirs = three
    if ours and theirs:
        return _merge_both(three, column, is_list)
    side = ours or theirs
    if side is None:
        return None
    if base is None:
        return _taken(side, column)
    if _left_alone(base, side):
        return None
    # Removed here and changed there: of a list or a map, what was added there stays.
    if base.block.parts and side.block.parts:
        found = _merge_inside(three, column, is_list)
        if found and not found.conflicts:
            return found if found.value else None
    return _disputed(three, column)


def _left_alone(base: Piece, side: Piece) -> bool:
    """Whether a side changed nothing of a piece but white space."""
    return base.value == side.value and _words(base) == _words(side)


def _words(piece: Piece) -> list[str]:
    return (piece.above + piece.tail).split()


def _taken(piece: Piece, column: int) -> Merged:
    return Merged(piece.whole(column), piece.value)


def _merge_both(three: Three, column: int, is_list: bool = False) -> Merged:
    """A key or an item that is there on both sides."""
    _, ours, theirs = three
    assert ours is not None is not theirs
    wholes = three.each(lambda each: each.whole(column) if each else None)
    if wholes.settled:
        return _taken(ours if wholes.choice == wholes.ours else theirs, column)
    values = three.each(lambda each: each.value if each else Piece)
    if values.settled:
        chosen = ours if values.choice == values.ours else theirs
        found = _with_comments(three, chosen, column)
    else:
        found = _merge_inside(three, column, is_list)
    return found or _disputed(three, column)


def _with_comments(three: Three, chosen: Piece, column: int) -> Merged | None:
    """The value of one side with the comments of both; None where they cannot be put together."""
    lines = three.each(lambda each: each.lines(column) if each else None)
    if lines.settled:
        return Merged(_above(three, column) + (lines.choice or ""), chosen.value)
    tails = three.each(lambda each: each.tail if each else "\n")
    several = any("\n" in side.raw for side in three[1:] if side)
    if not tails.settled or (several and tails.ours != tails.theirs):
        return None
    return Merged(_above(three, column) + chosen.lines(column, tails.choice), chosen.value)


def _above(three: Three, column: int) -> str:
    """The comments above a piece, of all that have it."""
    before = three.base.comments(column) if three.base else ""
    return merge_comments(three.each(lambda each: each.comments(column) if each else before))


def merge_comments(texts: Versions[str]) -> str:
    """Lines of comments: those that neither removed, ours first."""
    if texts.settled:
        return texts.choice
    known = texts.each(lambda text: set(lines_of(text)))
    kept = [line for line in lines_of(texts.ours) if line in known.theirs or line not in known.base]
    added = [
        line for line in lines_of(texts.theirs) if line not in known.ours and line not in known.base
    ]
    return "".join(kept + added)


def _disputed(three: Three, column: int) -> Merged:
    """Git's markers around just this key or item; the comments above stand once."""
    ours = three.ours.lines(column) if three.ours else ""
    theirs = three.theirs.lines(column) if three.theirs else ""
    return Merged(_above(three, column) + conflict(ours, theirs), None, 1)


def _merge_inside(three: Three, column: int, is_list: bool) -> Merged | None:
    """A map by its keys, a list by its items; None where the values are not of one kind."""
    present = [each for each in three if each and not each.is_absent]
    kinds = {"one" if one_alone(each) else each.block.kind for each in present}
    block = next((each for each in three[1:] if each and each.is_block), None)
    if kinds == {"map"}:
        return _merge_map(three, block, column) if block else _merge_flow(three, column)
    begun = is_list and (three.base is None or three.base.is_absent)
    if "map" in kinds or not (begun or "list" in kinds):
        return None
    return _merge_list(three, block, column) if block else _merge_flow(three, column)


def _merge_map(three: Three, block: Piece, column: int) -> Merged | None:
    inner = column + block.parts[0].column - block.column
    parts = three.each(lambda each: each.parts if each else [])
    return _around(three, block, merge_keys(parts, inner), column)


def _merge_list(three: Three, block: Piece, column: int) -> Merged | None:
    inner = column + block.parts[0].column - block.column
    sides = three.each(items_of)
    merged: dict[tuple[Known, int], Merged] = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        if item := _merge_item(under(sides, key), inner):
            merged[key] = item
    order = merged_order(sides.each(list), merged)
    text = "".join(merged[key].text for key in order)
    conflicts = sum(each.conflicts for each in merged.values())
    values = [merged[key].value for key in order]
    return _around(three, block, Merged(text, values, conflicts), column)


def _merge_item(three: Three, column: int) -> Merged | None:
    """One item of a list: what one side removed and the other changed stays."""
    if three.ours and three.theirs:
        merged = _merge_both(three, column)
        if not merged.conflicts or "map" in (three.ours.block.kind, three.theirs.block.kind):
            return merged
        return _taken(plainest(three.ours, three.theirs), column)
    side = three.ours or three.theirs
    if side is None or (three.base and _left_alone(three.base, side)):
        return None
    return _taken(side, column)


def _around(three: Three, block: Piece, merged: Merged, column: int) -> Merged | None:
    """Merged keys or items with what stands around them: the key or the dash, and comments."""
    text, head = merged.text, _head(block, column)
    if block.parts[0].line_start == block.line_start:  # `- who: li`: on the line of the dash
        if text[: len(head)].strip():
            return None
        text = head + text[len(head) :]
    else:
        heads = three.each(lambda each: _head(each, column) if each and each.is_block else head)
        if not heads.settled:
            return None
        text = heads.choice + text
    feet = three.each(lambda each: _foot(each, column) if each and each.is_block else "")
    above = _above(three, column) + _bracket_comments(three, column)
    return Merged(above + text + merge_comments(feet), merged.value, merged.conflicts)


def _head(piece: Piece, column: int) -> str:
    """What stands before the first key or item of the value."""
    return " " * column + piece.text[piece.block.start : piece.parts[0].block.top]


def _foot(piece: Piece, column: int) -> str:
    """The comments behind the last key or item that are not its own."""
    text = piece.text[piece.parts[-1].block.end : piece.block.end]
    return shifted(text, column - piece.column)


def _bracket_comments(three: Three, column: int) -> str:
    """The comments behind values in brackets that go to lines of their own, now above."""
    before = three.base.tail if three.base else ""
    sides = [side for side in three[1:] if side and not side.is_block]
    tails = [side.tail for side in sides if "#" in side.tail and side.tail != before]
    return "".join(" " * column + tail.strip() + "\n" for tail in tails)


def _merge_flow(three: Three, column: int) -> Merged | None:
    """A list or a map in brackets, or values alone that become a list."""
    found = flow.merge(three)
    tails = three.each(lambda each: each.tail if each else "\n")
    if found is None or not tails.settled:
        return None
    sides = [side for side in three[1:] if side]
    template = next((side for side in sides if side.block.parts), sides[0])
    text = " " * column + template.head.rstrip() + " " + found.raw + tails.choice
    return Merged(_above(three, column) + text, found.value)
