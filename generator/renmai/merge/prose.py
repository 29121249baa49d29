"""Text that is neither entry nor task: by lines, blank lines at its ends by themselves."""

from __future__ import annotations

import re

import msgspec

from renmai.merge.lines import MergeLines, is_blank, lines_of
from renmai.merge.versions import Versions

#: What begins something new right below a list item; any other text would become part of it.
_BEGINS = re.compile(
    r"[ \t]*(?:#{1,6}\s|>|`{3}|~{3}|<!--|(?:[-*+]|[0-9]{1,9}[.)])\s|([-*_])(?:[ \t]*\1){2,}\s*$)"
)


class Gap(msgspec.Struct, frozen=True):
    """What stands between two units of the merge in one version.

    `above` and `below`: whether the units before and behind it are those of this version.
    """

    text: str
    above: bool
    below: bool


class _Apart(msgspec.Struct, frozen=True):
    """A text and the blank lines around it, None where they say nothing."""

    text: str
    above: str | None
    below: str | None


def merge_prose(gaps: Versions[Gap], merge_lines: MergeLines) -> tuple[str, int]:
    """The text between two units, and its conflicts. Blank lines alone are never in conflict."""
    if gaps.settled and all(gap.above and gap.below for gap in gaps):
        return gaps.choice.text, 0
    apart = gaps.each(_apart)
    inner = apart.each(lambda each: each.text)
    text, conflicts = (inner.choice, 0) if inner.settled else merge_lines(inner)
    if not text:
        sure = gaps.each(lambda gap: _only_blank(gap) if gap.above and gap.below else None)
        return _blank(gaps.each(_only_blank) if sure == (None, None, None) else sure), 0
    above, below = apart.each(lambda each: each.above), apart.each(lambda each: each.below)
    return _blank(above) + text + _blank(below), conflicts


def below_item(text: str) -> str:
    """Text as it can stand right below a list item: apart from it."""
    first = text.partition("\n")[0]
    return text if not text or is_blank(first) or _BEGINS.match(first) else "\n" + text


def _apart(gap: Gap) -> _Apart:
    lines = lines_of(gap.text)
    start = 0
    while start < len(lines) and is_blank(lines[start]):
        start += 1
    end = len(lines)
    while end > start and is_blank(lines[end - 1]):
        end -= 1
    if start == end:
        return _Apart("", None, None)
    above, below = "".join(lines[:start]), "".join(lines[end:])
    text = "".join(lines[start:end])
    return _Apart(text, above if gap.above else None, below if gap.below else None)


def _only_blank(gap: Gap) -> str | None:
    """The blank lines between two units; None where there is text between them."""
    return gap.text if is_blank(gap.text) else None


def _blank(texts: Versions[str] | Versions[str | None]) -> str:
    """Blank lines as the side has them that changed them; where both did, the more."""
    base, ours, theirs = texts
    if ours is None or theirs is None:
        return ours or theirs or ""
    known = Versions(base or "", ours, theirs)
    if known.settled:
        return known.choice
    return max(known[1:], key=lambda text: (text.count("\n"), text))
