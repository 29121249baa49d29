"""The body of a record: which of its lines are headings and list items, and which mean nothing.

A line scanner for the part of Markdown that `format.md` gives a meaning to, after CommonMark.
What lies in code fences, indented code, inline code and HTML comments is passed over: it is
masked, so that no later step has to know about it. A masked line has the length of the
original, so columns found in the one hold in the other.
"""

from __future__ import annotations

import re

import msgspec

from renmai.text.inline import COMMENT, mask_comments, mask_inline
from renmai.text.marks import FENCE, HEADING, interrupts, is_break, mark_of, width_of

_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")

#: How nearly all items begin: a dash where the line begins, then a date or words.
_PLAIN_ITEM = re.compile(r"- (?=[^\s\-*+_#`~<>0-9]|[0-9]{4}-)")

#: What a line that does not simply go on with a paragraph begins with.
_BEGINNINGS = frozenset("-*+_#`~=><0123456789")
_LEAVES = frozenset("-*_#`~<")  # of what is neither text nor a quote or an item
#: List marks and quotes within so many others are text: nobody nests so deep.
_DEEPEST = 100


class Heading(msgspec.Struct):
    """`line` counts from 0 in the body; `atx`: written with #s rather than underlined."""

    line: int
    level: int
    text: str
    atx: bool


class Item(msgspec.Struct):
    """A list item. Lines count from 0 in the body, columns from 0 in the line.

    `depth` is 0 for a top-level item; `column` is where its text begins; `end` is the line
    behind the last that belongs to it; `paragraph_end` the line behind its first paragraph.
    """

    line: int
    column: int
    depth: int
    end: int
    paragraph_end: int


class Body(msgspec.Struct):
    """A scanned body: its lines as written, the same with what means nothing masked."""

    lines: list[str]
    masked: list[str]
    headings: list[Heading]
    items: list[Item]


def scan_body(text: str) -> Body:
    """Scan a body. Never fails, and takes time in proportion to its length."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    scanner = _Scanner(lines, has_inline="`" in text or "<!--" in text)
    scanner.run()
    return Body(lines, scanner.masked, scanner.headings, scanner.items)


class _At(msgspec.Struct):
    """Where the reading of a line is: `content` is what is left of it, without white space.

    `indent` is how far that stands in from where its quote or item begins; `column` is its
    column in the line. Tabs go to multiples of four.
    """

    content: str
    indent: int
    column: int

    def behind(self, length: int, most: int) -> _At:
        """Behind a mark of so many characters and at most so many columns of white space."""
        rest = self.content[length:]
        content = rest.lstrip(" \t\u3000")
        start = self.column + length
        space = width_of(rest[: len(rest) - len(content)], start)
        return _At(content, max(space - most, 0), start + space)


class _Scanner:
    """Finds blocks line by line; what is inline is masked when its paragraph has ended.

    Differs from CommonMark on purpose: a list mark begins an item at any indent but that of code,
    and an item's text may stand far from its mark.
    """

    def __init__(self, lines: list[str], has_inline: bool) -> None:
        self.lines, self.masked = lines, list(lines)
        self.has_inline = has_inline
        self.headings: list[Heading] = []
        self.items: list[Item] = []
        #: The quotes (None) and items that are open, with the columns that an item takes.
        self.open: list[tuple[Item | None, int]] = []
        self.empty = -1  # the line of an item that has nothing behind its mark
        self.fence, self.comment = "", False
        self.paragraph = -1  # the first line of the open paragraph, or -1

    def run(self) -> None:
        for number, line in enumerate(self.lines):
            if _PLAIN_ITEM.match(line) and (self.open or not (self.fence or self.comment)):
                self._plain_item(number)
                continue
            content = line.lstrip(" \t")
            indent = width_of(line[: len(line) - len(content)]) if content != line else 0
            inside, at = self._enter(_At(content, indent, indent))
            if not at.content:
                self._blank(number, inside)
                continue
            self._line(number, inside, at)
            for item, _ in self.open:
                if item:
                    item.end = number + 1
        self._end_paragraph(len(self.lines))

    def _plain_item(self, number: int) -> None:
        """An item that lies in nothing, with words behind its mark: what `_line` makes of it."""
        if self.has_inline:
            self._end_paragraph(number)
        self._leave(0)
        item = Item(number, 2, 0, number + 1, number + 1)
        self.items.append(item)
        self.open.append((item, 2))
        self.paragraph = number

    def _enter(self, at: _At) -> tuple[int, _At]:
        """How many of the open quotes and items a line lies in, and where it is within them."""
        for inside, (item, width) in enumerate(self.open):
            if item is None:
                if not at.content.startswith(">"):
                    return inside, at
                at = at.behind(1, most=1)
            elif at.content:
                if at.indent < width:
                    return inside, at
                at.indent -= width
        return len(self.open), at

    def _leave(self, inside: int) -> None:
        """Close all but so many quotes and items, with what was open in them."""
        if inside < len(self.open):
            del self.open[inside:]
            self.fence, self.comment = "", False

    def _blank(self, number: int, inside: int) -> None:
        self._end_paragraph(number)
        self._leave(inside)
        item = self.open[-1][0] if self.open else None
        if item and item.line == self.empty == number - 1:
            self.open.pop()  # an item begins with one empty line at most

    def _line(self, number: int, inside: int, at: _At) -> None:
        same, deep = inside == len(self.open), at.indent >= 4
        mark = mark_of(at.content)
        if goes_on := self.paragraph >= 0:
            if at.content[0] not in _BEGINNINGS:
                self._text(number)
                return
            if same and not deep and (under := _SETEXT.match(at.content)):
                self._underlined(number, 1 if under[1][0] == "=" else 2)
                return
            # As Markdown renderers do, an item is left at an indent that would be code within it.
            code = deep and (same or self.open[inside][0] is None)
            if not interrupts(at.content, mark, code, same):
                self._text(number)
                return
            self._end_paragraph(number)
        self._leave(inside)
        if self.comment:
            self._comment_line(number, 0)
        elif self.fence:
            self._fence_line(number, at.content, deep)
        elif deep and not (goes_on and mark):
            self.masked[number] = ""
        else:
            self._block(number, at, mark)

    def _fence_line(self, number: int, content: str, deep: bool) -> None:
        self.masked[number] = ""
        marks = content.rstrip(" \t")
        if not deep and marks.startswith(self.fence) and not marks.strip(self.fence[0]):
            self.fence = ""

    def _block(self, number: int, at: _At, mark: re.Match[str] | None) -> None:
        """A line that begins something: quotes and items, and what stands in them."""
        while len(self.open) < _DEEPEST:
            if at.content.startswith(">"):
                self.open.append((None, 0))
                at = at.behind(1, most=1)
                if at.indent >= 4:
                    self.masked[number] = ""
                    return
            elif mark:
                at = self._item(number, at, mark)
            else:
                break
            if not at.content:
                self.empty = number
                return
            mark = mark_of(at.content)
        self._leaf(number, at.content)

    def _item(self, number: int, at: _At, mark: re.Match[str]) -> _At:
        text = at.content[mark.end() :]
        column = len(self.lines[number]) - len(text)
        item = Item(number, column, len(self.open), number + 1, number + 1)
        self.items.append(item)
        length = len(mark[1])
        space = width_of(mark[2], at.column + length)
        taken = space if text and space <= 4 else 1
        self.open.append((item, at.indent + length + taken))
        return at.behind(length, most=taken)

    def _leaf(self, number: int, content: str) -> None:
        """A comment, fence, heading, break or text."""
        if content[0] not in _LEAVES:
            self._text(number)
        elif content.startswith("<!--"):
            self._comment_line(number, len(self.lines[number]) - len(content))
        elif fence := FENCE.match(content):
            self.fence = fence[1] or fence[2]
            self.masked[number] = ""
        elif heading := HEADING.match(content):
            self._mask_inline(number, number + 1)
            text = self.masked[number][-len(heading[2]) :] if heading[2] else ""
            self._heading(number, len(heading[1]), _CLOSING_HASHES.sub("", text), atx=True)
        elif not is_break(content):
            self._text(number)

    def _text(self, number: int) -> None:
        if self.paragraph < 0:
            self.paragraph = number
            return
        item = self.open[-1][0] if self.open else None
        if item and item.paragraph_end == number:
            item.paragraph_end = number + 1

    def _underlined(self, number: int, level: int) -> None:
        start = self.paragraph
        self._end_paragraph(number)
        self._heading(start, level, " ".join(self.masked[start:number]), atx=False)

    def _heading(self, number: int, level: int, text: str, atx: bool) -> None:
        if not self.open:  # a heading within a quote or an item opens no section
            text = text.replace(COMMENT, "").strip()
            self.headings.append(Heading(number, level, text, atx))

    def _comment_line(self, number: int, start: int) -> None:
        """A line of a comment, which begins at `start`, and what stands behind its end."""
        line = self.lines[number]
        close = line.find("-->", start if self.comment else start + 2)
        self.comment = close < 0
        end = len(line) if close < 0 else close + 3
        self.masked[number] = line[:start] + COMMENT * (end - start) + mask_comments(line[end:])

    def _end_paragraph(self, end: int) -> None:
        if self.paragraph >= 0:
            self._mask_inline(self.paragraph, end)
            self.paragraph = -1

    def _mask_inline(self, start: int, end: int) -> None:
        """Mask inline code and comments in these lines, which are one paragraph."""
        if self.has_inline:
            text = "\n".join(self.lines[start:end])
            self.masked[start:end] = mask_inline(text).split("\n")
