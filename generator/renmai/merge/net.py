"""The net: a merge is read again before it is written, and given up where it lost something."""

from __future__ import annotations

from collections import Counter
from typing import Any

from renmai.merge.body import MergedBody
from renmai.merge.frontmatter import Merged
from renmai.merge.layout import prose_of
from renmai.merge.lines import BETWEEN, OURS, THEIRS, lines_of
from renmai.merge.pieces import plain
from renmai.merge.units import read_units
from renmai.merge.versions import Versions
from renmai.problems import Report
from renmai.text.frontmatter import split


def holds(text: str, front: Merged, body: MergedBody) -> bool:
    """Whether a merge, read again, is what it should be, whichever way its conflicts end."""
    if not front.conflicts + body.conflicts:
        return _reads_as(text, front, body, whole=True)
    texts = (_resolved(text, ours) for ours in (True, False))
    return all(_reads_as(text, front, body, whole=False) for text in texts)


def _reads_as(text: str, front: Merged, body: MergedBody, *, whole: bool) -> bool:
    report = Report("")
    parts = split(text.encode("utf-8"), report)
    if parts is None or parts.values is None or report.problems:
        return False
    if not front.conflicts and _bare(plain(parts.values)) != _bare(front.value):
        return False
    units = read_units(parts.body).all
    found = [unit.lines for unit in units]
    if not whole:
        return Counter(body.units) <= Counter(found)
    return found == body.units and _has_prose(prose_of(parts.body, units), body.prose)


def _has_prose(found: Counter[str], sides: Versions[Counter[str]] | None) -> bool:
    """Whether each line of prose stands as often as both sides' changes come to.

    What both added or both removed may be one change or two.
    """
    for line in {line for side in (found, *(sides or ())) for line in side}:
        if sides is None:
            break
        before = sides.base[line]
        ours, theirs = sides.ours[line] - before, sides.theirs[line] - before
        both = before + ours + theirs
        either = both if ours * theirs < 0 else before + max(ours, theirs, key=abs)
        if not min(both, either) <= found[line] <= max(both, either):
            return False
    return True


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
