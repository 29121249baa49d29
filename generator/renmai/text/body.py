"""The body of a record: which of its lines are headings and list items, and which mean nothing.

A line scanner for the part of Markdown that `format.md` gives a meaning to, after CommonMark.
What lies in code fences, indented code, inline code and HTML comments is passed over: it is
masked, so that no later step has to know about it. A masked line has the length of the
original, so columns found in the one hold in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

import msgspec

_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+(.*))?$")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_BREAK = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)])([ \t\u3000]+|$)")
#: What an escape, inline code or a comment begins with.
_INLINE = re.compile(r"\\.|`+|<!--")
_COMMENT = re.compile(r"<!--.*?-->")

#: Stand for a character of inline code and of a comment: no white space, no word.
CODE = "\ufffc"
COMMENT = "\ufffb"

#: More list marks than this on one line are text: nobody nests so deep.
_MARKS_A_LINE = 50


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


class _Scanner:
    """Finds blocks line by line; what is inline is masked when its paragraph has ended.

    Differs from CommonMark on purpose: a list mark begins an item at any indent but in code, an
    item's text may stand far from its mark, and a comment is one wherever it ends.
    """

    def __init__(self, lines: list[str], has_inline: bool) -> None:
        self.lines, self.masked = lines, list(lines)
        self.has_inline = has_inline
        self.headings: list[Heading] = []
        self.items: list[Item] = []
        self.open: list[tuple[Item, int]] = []  # open items with the column of their content
        self.empty = -1  # the line of an item that has nothing behind its mark
        self.fence = ""
        self.comment = False
        self.paragraph = -1  # the first line of the open paragraph, or -1
        self.quoted = False  # whether that paragraph stands in a quote

    def run(self) -> None:
        for number, line in enumerate(self.lines):
            content = line.lstrip(" \t")
            if self.comment:
                self._comment_line(number, 0)
            elif content:
                self._line(number, content, _width(line[: len(line) - len(content)]))
            else:
                self._blank(number)
                continue
            for item, _ in self.open:
                item.end = number + 1
        self._end_paragraph(len(self.lines))

    def _blank(self, number: int) -> None:
        self._end_paragraph(number)
        if self.empty == number - 1 and self.open and self.open[-1][0].line == self.empty:
            self.open.pop()  # an item begins with one empty line at most

    def _line(self, number: int, content: str, indent: int) -> None:
        inside = len(self.open)
        while inside and indent < self.open[inside - 1][1]:
            inside -= 1
        deep = indent - (self.open[inside - 1][1] if inside else 0) >= 4
        interrupts = self.paragraph >= 0
        if interrupts:
            same = inside == len(self.open) and not self.quoted
            if same and not deep and (under := _SETEXT.match(content)):
                self._underlined(number, 1 if under[1][0] == "=" else 2)
                return
            if not _interrupts(content, deep, same):
                self._text(number)
                return
            self._end_paragraph(number)
            if self.comment:
                self._comment_line(number, 0)
                return
        if inside < len(self.open):
            del self.open[inside:]
            self.fence = ""  # a fence ends with the item that it stands in
        if self.fence:
            self._fence_line(number, content, deep)
        elif deep and not interrupts:
            self.masked[number] = ""
        else:
            self._block(number, content, indent)

    def _fence_line(self, number: int, content: str, deep: bool) -> None:
        self.masked[number] = ""
        marks = content.rstrip(" \t")
        if not deep and marks.startswith(self.fence) and not marks.strip(self.fence[0]):
            self.fence = ""

    def _block(self, number: int, content: str, indent: int) -> None:
        """A line that begins something: a list item, comment, fence, heading, break or text."""
        is_break = _BREAK.match(content)
        if not is_break and (mark := _ITEM.match(content)):
            self._item(number, content, indent, mark)
        elif content.startswith("<!--"):
            self._comment_line(number, len(self.lines[number]) - len(content))
        elif fence := _FENCE.match(content):
            self.fence = fence[1] or fence[2]
            self.masked[number] = ""
        elif heading := _HEADING.match(content):
            self._mask_inline(number, number + 1)
            text = self.masked[number][-len(heading[2]) :] if heading[2] else ""
            self._heading(number, len(heading[1]), _CLOSING_HASHES.sub("", text), atx=True)
        elif not is_break:
            self._text(number)
            self.quoted = content[0] == ">"

    def _text(self, number: int) -> None:
        if self.paragraph < 0:
            self.paragraph = number
        elif self.open and self.open[-1][0].paragraph_end == number:
            self.open[-1][0].paragraph_end = number + 1

    def _underlined(self, number: int, level: int) -> None:
        start = self.paragraph
        self._end_paragraph(number)
        self._heading(start, level, " ".join(self.masked[start:number]), atx=False)

    def _heading(self, number: int, level: int, text: str, atx: bool) -> None:
        if not self.open:  # a heading within a list item opens no section
            text = text.replace(COMMENT, "").strip()
            self.headings.append(Heading(number, level, text, atx))

    def _item(self, number: int, content: str, indent: int, mark: re.Match[str]) -> None:
        """Open the item, and those that begin behind its mark on the same line."""
        for _ in range(_MARKS_A_LINE):
            content = content[mark.end() :]
            column = len(self.lines[number]) - len(content)
            item = Item(number, column, len(self.open), number + 1, number + 1)
            self.items.append(item)
            indent += len(mark[1])
            space = _width(mark[2], indent)
            indent += space if content and space <= 4 else 1
            self.open.append((item, indent))
            again = None if _BREAK.match(content) else _ITEM.match(content)
            if again is None:
                if content:
                    self._block(number, content, indent)
                else:
                    self.empty = number
                return
            mark = again
        self._text(number)

    def _comment_line(self, number: int, start: int) -> None:
        """A line of a comment, which begins at `start`, and what stands behind its end."""
        line = self.lines[number]
        close = line.find("-->", start if self.comment else start + 2)
        self.comment = close < 0
        end = len(line) if close < 0 else close + 3
        rest = _COMMENT.sub(lambda found: COMMENT * len(found[0]), line[end:])
        self.masked[number] = line[:start] + COMMENT * (end - start) + rest

    def _end_paragraph(self, end: int) -> None:
        if self.paragraph >= 0:
            self._mask_inline(self.paragraph, end)
            self.paragraph = -1

    def _mask_inline(self, start: int, end: int) -> None:
        """Mask inline code and comments in these lines, which are one paragraph."""
        if self.has_inline:
            text = "\n".join(self.lines[start:end])
            masked, is_open = _without_inline(text, self._closes_behind(end))
            self.masked[start:end] = masked.split("\n")
            self.comment = is_open

    def _closes_behind(self, line: int) -> bool:
        """Whether a comment that is open at the start of a line has an end."""
        return self._last_close >= line

    @cached_property
    def _last_close(self) -> int:
        behind = range(len(self.lines) - 1, -1, -1)
        return next((number for number in behind if "-->" in self.lines[number]), -1)


def _interrupts(content: str, deep: bool, same: bool) -> bool:
    """Whether a line begins something rather than going on with the paragraph before it.

    `deep`: at the indent of code, where only a list item may begin. `same`: it lies in the item
    that the paragraph lies in, where an empty item or a number other than 1 begins no list.
    """
    is_break = _BREAK.match(content)
    if not is_break and (mark := _ITEM.match(content)):
        return not same or (
            bool(content[mark.end() :]) and (mark[1] in "-*+" or mark[1][:-1] == "1")
        )
    return not deep and bool(
        is_break
        or _HEADING.match(content)
        or _FENCE.match(content)
        or content.startswith((">", "<!--"))
    )


def _without_inline(text: str, closes_behind: bool) -> tuple[str, bool]:
    """A paragraph with inline code and comments masked, and whether a comment runs on behind it.

    One that the paragraph does not end does, when it has an end at all (`closes_behind`).
    """
    runs: dict[int, list[int]] = {}
    for found in re.finditer("`+", text):
        runs.setdefault(len(found[0]), []).append(found.start())
    pieces: list[str] = []
    done = position = 0
    last_close = text.rfind("-->")
    while token := _INLINE.search(text, position):
        start, position = token.span()
        stop, filler = -1, CODE
        if token[0] == "<!--":
            filler = COMMENT
            if start + 2 <= last_close:
                stop = text.find("-->", start + 2) + 3
            elif closes_behind:
                return "".join([*pieces, text[done:start], _fill(text[start:], filler)]), True
        elif token[0][0] == "`":
            stop = _code_end(runs.get(len(token[0]), []), start, len(token[0]))
        if stop >= 0:
            pieces += [text[done:start], _fill(text[start:stop], filler)]
            done = position = stop
    return "".join([*pieces, text[done:]]), False


def _code_end(runs: list[int], start: int, length: int) -> int:
    """The end of the inline code that a run of backticks at `start` opens; -1 if none does."""
    following = bisect_right(runs, start)
    return runs[following] + length if following < len(runs) else -1


def _fill(text: str, filler: str) -> str:
    return "\n".join(filler * len(line) for line in text.split("\n"))


def _width(space: str, column: int = 0) -> int:
    """The columns that white space takes from `column` on, tabs going to multiples of four."""
    if "\t" not in space:
        return len(space)
    before = column % 4
    return len((" " * before + space).expandtabs(4)) - before
