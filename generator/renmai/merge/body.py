"""The body of a record: entries and tasks one by one, the text between them by lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from renmai.merge.contents import Content, MergeBodies, left_alone, merge_content
from renmai.merge.layout import Side, gaps, prose_of
from renmai.merge.lines import MergeLines
from renmai.merge.matching import Id, Known, match
from renmai.merge.ordering import ordered, places_of
from renmai.merge.prose import below_item, merge_prose
from renmai.merge.units import Unit, read_units
from renmai.merge.versions import Versions


class MergedBody(msgspec.Struct):
    """A body with the units that it must be read as having, but those in conflict, in order.

    `prose` are the other lines of the three versions; None where one version was taken whole.
    """

    text: str
    units: list[str]
    conflicts: int = 0
    prose: Versions[Counter[str]] | None = None


def merge_body(texts: Versions[str], merge_lines: MergeLines) -> MergedBody:
    """Merge bodies whose lines end in line feeds alone."""
    if texts.settled:
        return MergedBody(texts.choice, [unit.lines for unit in read_units(texts.choice).all])
    units = texts.each(read_units)
    known = match(units.each(lambda each: each.all))
    kept = _kept(known)
    places = places_of(known, kept)
    order = ordered(known, places)

    def bodies(nested: Versions[str]) -> tuple[str, int]:
        merged = merge_body(nested, merge_lines)
        return merged.text, merged.conflicts

    sides = Versions(*map(Side, texts, known, units.each(lambda each: each.headings)))
    between = [merge_prose(gap, merge_lines) for gap in gaps(sides, order, places)]
    contents = [_content(each, known, bodies) for each in order]
    parts = [between[0][0]]
    for each, content, (text, _) in zip(order, contents, between[1:], strict=True):
        parts += [content.lines, text if each[0] == "heading" else below_item(text)]
    return MergedBody(
        "".join(parts),
        [content.lines for content in contents if not content.conflicts],
        sum(content.conflicts for content in contents) + sum(count for _, count in between),
        Versions(*map(prose_of, texts, units.each(lambda each: each.all))),
    )


def _kept(known: Known) -> set[Id]:
    """What is there in the merge: all but what one side removed and the other left alone."""
    kept = {each for each in known.ours if each in known.theirs or each not in known.base}
    kept |= {each for each in known.theirs if each not in known.base}
    for side in (known.ours, known.theirs):
        kept |= {
            each
            for each, unit in side.items()
            if each in known.base and not left_alone(known.base[each], unit)
        }
    for side in (known.ours, known.theirs):
        kept |= set(_needed(side, kept))
    return kept


def _needed(side: dict[Id, Unit], kept: set[Id]) -> Iterable[Id]:
    """The log headings and the tasks that something is below that is kept."""
    ids = list(side)
    headings = {unit.place: each for each, unit in side.items() if unit.sort == "heading"}
    for each in ids:
        if each not in kept:
            continue
        unit = side[each]
        if unit.place in headings:
            yield headings[unit.place]
        while unit.parent >= 0:
            yield ids[unit.parent]
            unit = side[ids[unit.parent]]


def _content(each: Id, known: Known, bodies: MergeBodies) -> Content:
    ours, theirs = known.ours.get(each), known.theirs.get(each)
    if ours and theirs:
        return merge_content(known.base.get(each), ours, theirs, bodies)
    side = ours or theirs
    assert side, "what is kept is on a side"
    return Content(side.lines, side.done)
