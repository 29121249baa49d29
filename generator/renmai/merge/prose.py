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


class _Text(msgspec.Struct, frozen=True):
    """A text and the blank lines around it; where there is no text, `above` has them all."""

    above: str
    text: str
    below: str


def merge_prose(texts: Versions[str], merge_lines: MergeLines) -> tuple[str, int]:
    """The text between two units, and its conflicts. Blank lines alone are never in conflict."""
    if texts.settled:
        return texts.choice, 0
    apart = texts.each(_apart)
    inner = apart.each(lambda each: each.text)
    text, conflicts = (inner.choice, 0) if inner.settled else merge_lines(inner)
    if not text:
        return _blank(apart.each(lambda each: each.above + each.below)), 0
    above = _edge(apart.each(lambda each: each.above if each.text else None))
    below = _edge(apart.each(lambda each: each.below if each.text else None))
    return above + text + below, conflicts


def below_item(text: str) -> str:
    """Text as it can stand right below a list item: apart from it."""
    first = text.partition("\n")[0]
    return text if not text or is_blank(first) or _BEGINS.match(first) else "\n" + text


def _apart(text: str) -> _Text:
    lines = lines_of(text)
    start = 0
    while start < len(lines) and is_blank(lines[start]):
        start += 1
    end = len(lines)
    while end > start and is_blank(lines[end - 1]):
        end -= 1
    return _Text("".join(lines[:start]), "".join(lines[start:end]), "".join(lines[end:]))


def _edge(ends: Versions[str | None]) -> str:
    """The blank lines at an end of the text, of the versions that have some text."""
    base, ours, theirs = ends
    if ours is None or theirs is None:
        return ours or theirs or ""
    return _blank(Versions(base or "", ours, theirs))


def _blank(texts: Versions[str]) -> str:
    """Blank lines as the side has them that changed them; where both did, the more."""
    if texts.settled:
        return texts.choice
    return max(texts[1:], key=lambda text: (text.count("\n"), text))
