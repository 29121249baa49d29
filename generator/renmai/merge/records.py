"""A record merged whole: front matter, body, and what holds the file together."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection
from typing import Any

import msgspec

from renmai.merge.body import MergedBody, merge_body
from renmai.merge.frontmatter import Merged, merge_comments, merge_keys
from renmai.merge.lines import (
    BETWEEN,
    OURS,
    THEIRS,
    LeftToGit,
    MergeLines,
    lines_of,
    with_line_ends_of,
)
from renmai.merge.pieces import plain
from renmai.merge.units import read_units
from renmai.merge.version import EMPTY, Version, is_empty, read_version
from renmai.merge.versions import Versions
from renmai.model.records import RECORDS
from renmai.problems import Report
from renmai.text.frontmatter import BOM, split
from renmai.text.schema import fields_of
from renmai.text.types import ListOf

#: Texts between two entries or tasks that both sides changed, in one file.
_MOST_TEXTS = 200


class MergedRecord(msgspec.Struct, frozen=True):
    """The bytes of the merged file, and how many conflicts are marked in them."""

    data: bytes
    conflicts: int


def merge_record(
    files: Versions[bytes], folder: str, merge_lines: MergeLines
) -> MergedRecord | None:
    """Merge two versions of a record of `folder`; None where it must be left to git.

    That is where one of the three cannot be parsed (an empty ancestor is an empty record), where
    both changed front matter that is not written a key a line, and where the merge, read again,
    would not hold all that it should.
    """
    ours, theirs = read_version(files.ours), read_version(files.theirs)
    if ours is None or theirs is None:
        return None
    if is_empty(files.base):  # it says nothing of how a record is held together
        edges = {key: getattr(ours, key) for key in ("opening", "closing", "bom", "last_feed")}
        base: Version | None = msgspec.structs.replace(EMPTY, **edges)
    else:
        base = read_version(files.base)
    if base is None:
        return None
    try:
        return _merge(Versions(base, ours, theirs), folder, files.ours, _bounded(merge_lines))
    except LeftToGit:
        return None


def _bounded(merge_lines: MergeLines) -> MergeLines:
    """By lines so many times at most: who changed more is no person, and each takes its time."""
    calls = itertools.count()

    def bounded(texts: Versions[str]) -> tuple[str, int]:
        if next(calls) == _MOST_TEXTS:
            raise LeftToGit
        return merge_lines(texts)

    return bounded


def _merge(
    versions: Versions[Version], folder: str, ours: bytes, merge_lines: MergeLines
) -> MergedRecord | None:
    front = _front(versions, folder)
    body = merge_body(versions.each(lambda each: each.body), merge_lines)
    opening = versions.each(lambda each: each.opening).choice
    closing = versions.each(lambda each: each.closing).choice
    text = opening + front.text + closing + body.text
    if not _holds(text, front, body):
        return None
    if not versions.each(lambda each: each.last_feed).choice:
        text = text.removesuffix("\n")
    text = with_line_ends_of(text, ours)
    bom = BOM if versions.each(lambda each: each.bom).choice else ""
    return MergedRecord((bom + text).encode("utf-8"), front.conflicts + body.conflicts)


def _front(versions: Versions[Version], folder: str) -> Merged:
    fronts = versions.each(lambda each: each.front)
    if fronts.settled:
        chosen = versions.ours if fronts.choice == fronts.ours else versions.theirs
        return Merged(chosen.front, chosen.values)
    base, ours, theirs = versions.each(lambda each: each.keys)
    if base is None or ours is None or theirs is None:
        raise LeftToGit
    merged = merge_keys(Versions(base, ours, theirs), lists=_lists(folder))
    header = merge_comments(versions.each(lambda each: each.header))
    footer = merge_comments(versions.each(lambda each: each.footer))
    return Merged(header + merged.text + footer, merged.value, merged.conflicts)


def _lists(folder: str) -> Collection[str]:
    """The keys of a record whose values are lists."""
    fields = fields_of(RECORDS[folder])
    return {key for key, field in fields.items() if isinstance(field.type, ListOf)}


def _holds(text: str, front: Merged, body: MergedBody) -> bool:
    """The net: whether the merge, read again, is what it should be, however conflicts end."""
    if not front.conflicts + body.conflicts:
        return _reads_as(text, front, body.units, exactly=True)
    texts = (_resolved(text, ours) for ours in (True, False))
    return all(_reads_as(text, front, body.units, exactly=False) for text in texts)


def _reads_as(text: str, front: Merged, units: list[str], *, exactly: bool) -> bool:
    report = Report("")
    parts = split(text.encode("utf-8"), report)
    if parts is None or parts.values is None or report.problems:
        return False
    if not front.conflicts and _bare(plain(parts.values)) != _bare(front.value):
        return False
    found = [unit.lines for unit in read_units(parts.body).all]
    if exactly:
        return found == units
    return Counter(units) <= Counter(found)


def _bare(value: Any) -> Any:
    """A value without what is empty, which means the same as what is not there."""
    if isinstance(value, dict):
        bare = {key: _bare(each) for key, each in value.items()}
        return {key: each for key, each in bare.items() if each is not None} or None
    if isinstance(value, list):
        return [each for each in map(_bare, value) if each is not None] or None
    return value


def _resolved(text: str, ours: bool) -> str:
    """The text with every conflict resolved for one side."""
    lines, side = [], 0  # 0: both, 1: ours, 2: theirs
    for line in lines_of(text):
        if line == OURS:
            side = 1
        elif line == BETWEEN and side == 1:
            side = 2
        elif line == THEIRS and side == 2:
            side = 0
        elif side in (0, 1 if ours else 2):
            lines.append(line)
    return "".join(lines)
