"""Front matter as blocks: the exact characters of each key with its comments, at every depth.

The places come from YAML's own marks, never from a pattern, so flow style over several lines,
block scalars and quoted keys are what YAML says they are.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from typing import Any, Literal

import msgspec
import yaml

from renmai.problems import Report
from renmai.text.yamltree import read_yaml

#: As for reading: the C parser where there is one.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_KEEPS_BLANKS = re.compile(r"[|>][0-9]?\+")
#: What may stand between two items of a list, before the dash.
_GAP = re.compile(r"(?:\s|#[^\n]*)*")
#: Speaks to the editor about the whole file, so it stays on top.
_MODELINE = re.compile(r"#\s*(?:yaml-language-server:|vim?:|-\*-)")


class Block(msgspec.Struct):
    """A key of a map with its value, or an item of a list; `parts` are the blocks of its value.

    All places are offsets in the text. `start` is where the key or the item's dash stands;
    `value` and `stop` are the ends of the value. In block style `top` is where the blank lines
    and comments above begin, and `end` the place behind the last line: a comment behind the value
    and comments below it that are indented deeper than the key are its own. The first key of
    `- a: 1` begins where it stands. In flow style (`flow`) a block has no lines of its own: `top`
    is `start`, `end` is `stop`. `key` is "" for an item.
    """

    key: str
    top: int
    start: int
    value: int
    stop: int
    end: int
    kind: Literal["scalar", "map", "list"]
    flow: bool
    parts: list[Block]


def front_of(text: str) -> slice | None:
    """Where the lines between the two `---` stand in a file's text (its BOM left out)."""
    if not _FENCE.match(text):
        return None
    edges = list(itertools.islice(_FENCE.finditer(text), 2))
    return slice(edges[0].end() + 1, edges[1].start()) if len(edges) == 2 else None


def blocks(front: str) -> list[Block] | None:
    """The keys of front matter (the lines between its two `---`), which tile the text.

    What stands above the first `top` is about the whole: a comment that a blank line parts from
    the first key, or one that speaks to an editor; what stands behind the last `end` is as well.
    None where the text is not a map in block style, where it breaks a rule of `format.md`, or
    where two keys share a line.
    """
    report = Report("")
    read_yaml(front, report)
    if report.problems:
        return None
    root = yaml.compose(front, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        return None
    lines = _Lines(front)
    found = _parts(root, lines)
    lines.share_out(found, 0, len(front))
    found[0].top = max(found[0].top, lines.header_end(found[0]))
    return None if _share_a_line(found) else found


def _share_a_line(made: list[Block]) -> bool:
    """Whether two blocks in block style share a line: YAML ends lines where editors do not."""
    beside = any(after.start < before.end for before, after in itertools.pairwise(made))
    return beside or any(_share_a_line(block.parts) for block in made)


def _parts(node: yaml.Node, lines: _Lines) -> list[Block]:
    """The blocks of a value, with no lines yet."""
    flow = bool(getattr(node, "flow_style", False))
    if isinstance(node, yaml.MappingNode):
        return [
            _block(key.value, key.start_mark.index, value, flow, lines) for key, value in node.value
        ]
    made: list[Block] = []
    place = node.start_mark.index
    for item in node.value if isinstance(node, yaml.SequenceNode) else ():
        start = item.start_mark.index
        if not flow:
            gap = _GAP.match(lines.text, place)
            start = gap.end() if gap else place
        made.append(_block("", start, item, flow, lines))
        place = max(made[-1].stop, start + 1)
    return made


def _block(key: str, start: int, node: yaml.Node, flow: bool, lines: _Lines) -> Block:
    value, stop = node.start_mark.index, _stop(node, lines.text)
    kind: Literal["scalar", "map", "list"] = "scalar"
    if isinstance(node, yaml.CollectionNode):
        kind = "map" if isinstance(node, yaml.MappingNode) else "list"
    return Block(key, start, start, value, stop, stop, kind, flow, _parts(node, lines))


def _stop(node: yaml.Node, text: str) -> int:
    """Behind the last character of a value, its comments and the blank lines below it left out."""
    begin, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.CollectionNode):
        if node.flow_style or not node.value:
            return int(end)
        # One in block style ends for the parser where the next key begins.
        last = node.value[-1]
        return _stop(last[1] if isinstance(node, yaml.MappingNode) else last, text)
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    if style in ("|", ">") and not _KEEPS_BLANKS.match(text, begin):
        return int(begin) + len(text[begin:end].rstrip())
    return int(end)


class _Lines:
    """The lines of a text, which end at line feeds alone, as for editors and git."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def share_out(self, made: list[Block], first: int, last: int) -> None:
        """Give blocks in block style the lines between these places, and their parts theirs."""
        for number, block in enumerate(made):
            if block.flow:
                return
            following = made[number + 1].start if number + 1 < len(made) else last
            block.top = made[number - 1].end if number else self._above(block, first)
            block.end = self._end(block, following)
            self.share_out(block.parts, block.start + 1, block.end)

    def header_end(self, block: Block) -> int:
        """Where the header ends in what stands above the first block."""
        above = self.text[: block.start]
        header, place, commented = 0, 0, False
        for line in above[: above.rfind("\n") + 1].splitlines(keepends=True):
            place += len(line)
            said = line.strip()
            if (commented and not said) or _MODELINE.match(said):
                header = place
            commented = commented or bool(said)
        return header

    def _above(self, block: Block, first: int) -> int:
        """Where the blank lines and comments above a block begin, not before `first`."""
        top = self._line_of(block.start)
        if self.starts[top] < first:
            return block.start
        while top and self.starts[top - 1] >= first and self._is_idle(top - 1):
            top -= 1
        return self.starts[top]

    def _end(self, block: Block, limit: int) -> int:
        """Behind the last line before `limit` that belongs to a block."""
        column = block.start - self.starts[self._line_of(block.start)]
        number = end = bisect_left(self.starts, block.stop)
        while number + 1 < len(self.starts) and self.starts[number + 1] <= limit:
            line = self._line(number)
            content = line.lstrip()
            if content[:1] == "#" and len(line) - len(content) > column:
                end = number + 1
            elif content:
                break
            number += 1
        return self.starts[end] if end < len(self.starts) else len(self.text)

    def _is_idle(self, number: int) -> bool:
        """Whether a line is blank or a comment."""
        return self._line(number).lstrip()[:1] in ("", "#")

    def _line(self, number: int) -> str:
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def _line_of(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1
