"""A record merged whole: front matter, body, and what holds the file together."""

from __future__ import annotations

import itertools
from collections.abc import Collection

import msgspec

from renmai.merge.align import shared
from renmai.merge.body import merge_body
from renmai.merge.frontmatter import Merged, merge_comments, merge_keys
from renmai.merge.lines import LeftToGit, MergeLines, lines_of, with_line_ends_of
from renmai.merge.net import holds
from renmai.merge.version import EMPTY, Version, is_empty, read_version
from renmai.merge.versions import Versions
from renmai.model.records import RECORDS
from renmai.text.frontmatter import BOM
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
    base = _begun(ours, theirs) if is_empty(files.base) else read_version(files.base)
    if base is None:
        return None
    try:
        return _merge(Versions(base, ours, theirs), folder, files.ours, _bounded(merge_lines))
    except LeftToGit:
        return None


def _begun(ours: Version, theirs: Version) -> Version:
    """The ancestor of a record that both devices began: an empty one.

    What the record is held together by, and which lines both wrote, is no change of either side.
    """
    edges = {key: getattr(ours, key) for key in ("opening", "closing", "bom", "last_feed")}
    body = "".join(shared(lines_of(ours.body), lines_of(theirs.body)))
    return msgspec.structs.replace(EMPTY, body=body, **edges)


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
    if not holds(text, front, body):
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
