"""The body of a record: which of its lines are headings and list items, and which mean nothing.

A line scanner for the part of Markdown that `format.md` gives a meaning to, after CommonMark.
What lies in code fences, indented code, inline code and HTML comments is passed over: it is
masked, so that no later step has to know about it. A masked line has the length of the
original, so columns found in the one hold in the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+(.*))?$")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_BREAK = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)])([ \t\u3000]+|$)")
_INLINE = re.compile(r"`+|<!--")
#: What ends a paragraph that is still being read.
_STARTS_BLOCK = re.compile(
    r"[ \t]*(?:$|#{1,6}(?:[ \t]|$)|[-*+][ \t]|[0-9]{1,9}[.)][ \t]|`{3}|~{3})"
)

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
    def __init__(self, lines: list[str], has_inline: bool) -> None:
        self.lines, self.masked = lines, list(lines)
        self.has_inline, self.inline_until = has_inline, 0
        self.headings: list[Heading] = []
        self.items: list[Item] = []
        self.open: list[tuple[Item, int]] = []  # open items with the column of their content
        self.fence = ""
        self.paragraph = -1  # the first line of the open paragraph, or -1
        self.comments_end = True  # whether a `-->` may lie ahead

    def run(self) -> None:
        for number in range(len(self.lines)):
            line = self.masked[number]
            content = line.lstrip(" \t")
            if content:
                self._line(number, content, _width(line[: len(line) - len(content)]))
            else:
                self.paragraph = -1

    def _line(self, number: int, content: str, indent: int) -> None:
        lazy = self._close_items(number, content, indent)
        base = self.open[-1][1] if self.open else 0
        if self.fence:
            self._fence_line(number, content, indent - base)
        elif indent - base >= 4 and self.paragraph < 0:
            self.masked[number] = ""
        else:
            if self.has_inline and number >= self.inline_until:
                self._mask_inline(number)
                content = self.masked[number].lstrip(" \t")
            if content:
                # Four columns in, a line that goes on with a paragraph begins nothing but a list.
                self._block(number, content, indent, lazy, deep=indent - base >= 4)
        for item, _ in self.open:
            item.end = number + 1

    def _close_items(self, number: int, content: str, indent: int) -> bool:
        """Close the items that this line lies outside of; True for a lazy continuation."""
        if not self.open or indent >= self.open[-1][1]:
            return False
        if self.paragraph >= 0 and not self.fence and not _interrupts(content):
            return True
        while self.open and indent < self.open[-1][1]:
            self.open.pop()
            self.fence = ""  # a fence ends with the item that it stands in
        self.paragraph = -1
        return False

    def _fence_line(self, number: int, content: str, indent: int) -> None:
        self.masked[number] = ""
        marks = content.rstrip(" \t")
        if indent < 4 and marks.startswith(self.fence) and not marks.strip(self.fence[0]):
            self.fence = ""

    def _block(
        self, number: int, content: str, indent: int, lazy: bool = False, deep: bool = False
    ) -> None:
        """A line that is no code: a list item, fence, heading, break or text."""
        is_break = not deep and _BREAK.match(content)
        if not is_break and (mark := _ITEM.match(content)) and self._may_begin(mark):
            self._item(number, content, indent, mark)
        elif deep:
            self._text(number)
        elif fence := _FENCE.match(content):
            self.fence = fence[1] or fence[2]
            self.masked[number] = ""
            self.paragraph = -1
        elif heading := _HEADING.match(content):
            self._heading(number, len(heading[1]), _CLOSING_HASHES.sub("", heading[2] or ""))
        elif self.paragraph >= 0 and not lazy and (under := _SETEXT.match(content)):
            text = " ".join(self.masked[self.paragraph : number])
            self._heading(self.paragraph, 1 if under[1][0] == "=" else 2, text, atx=False)
        elif is_break or content[0] in (COMMENT, ">"):
            self.paragraph = -1
        else:
            self._text(number)

    def _text(self, number: int) -> None:
        if self.paragraph < 0:
            self.paragraph = number
        elif self.open and self.open[-1][0].paragraph_end == number:
            self.open[-1][0].paragraph_end = number + 1

    def _heading(self, number: int, level: int, text: str, atx: bool = True) -> None:
        if not self.open:  # a heading within a list item opens no section
            text = text.replace(COMMENT, "").strip()
            self.headings.append(Heading(number, level, text, atx))
        self.paragraph = -1

    def _may_begin(self, mark: re.Match[str]) -> bool:
        """Within plain text, an empty item or a number other than 1 begins no list."""
        if self.paragraph < 0:
            return True
        return bool(mark[2]) and (mark[1] in "-*+" or mark[1][:-1] == "1")

    def _item(self, number: int, content: str, indent: int, mark: re.Match[str]) -> None:
        """Open the item, and those that begin behind its mark on the same line."""
        for _ in range(_MARKS_A_LINE):
            content = content[mark.end() :]
            column = len(self.masked[number]) - len(content)
            item = Item(number, column, len(self.open), number + 1, number + 1)
            self.items.append(item)
            space = _width(mark[2])
            indent += len(mark[1]) + (space if content and space <= 4 else 1)
            self.open.append((item, indent))
            self.paragraph = -1
            again = None if _BREAK.match(content) else _ITEM.match(content)
            if again is None:
                if content:
                    self._block(number, content, indent)
                return
            mark = again
        self._text(number)

    def _mask_inline(self, number: int) -> None:
        """Mask inline code and comments from this line to the end of its paragraph."""
        if not _INLINE.search(self.masked[number]) or self._opens_fence(number):
            return
        end = number + 1
        while end < len(self.lines) and not _STARTS_BLOCK.match(self.lines[end]):
            end += 1
        self.inline_until = end
        text = "\n".join(self.masked[number:end])
        runs: dict[int, list[int]] = {}
        for found in re.finditer("`+", text):
            runs.setdefault(len(found[0]), []).append(found.start())
        pieces: list[str] = []
        done = position = 0
        while token := _INLINE.search(text, position):
            start, position = token.span()
            if token[0] == "<!--":
                stop, filler = self._comment(text, start, number, end), COMMENT
            else:
                stop, filler = _code_end(runs[len(token[0])], start, len(token[0])), CODE
            if stop >= 0:
                pieces += [text[done:start], _fill(text[start:stop], filler)]
                done = position = stop
        masked = "".join([*pieces, text[done:]]).split("\n")
        self.masked[number:end] = masked

    def _comment(self, text: str, start: int, number: int, end: int) -> int:
        """Where in `text` the comment at `start` ends; -1 if it is none.

        One that the paragraph does not end is masked to its end in the lines behind; one with
        no end at all runs to the file's when it begins a line, and is no comment otherwise.
        """
        if (close := text.find("-->", start + 4)) >= 0:
            return close + 3
        begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        last = self._comment_end(end)
        if last < 0 and not begins_line:
            return -1
        until = len(self.lines) if last < 0 else last
        self.masked[end:until] = [""] * (until - end)
        if last >= 0:
            close = self.lines[last].find("-->") + 3
            self.masked[last] = COMMENT * close + self.lines[last][close:]
        self.inline_until = until
        return len(text)

    def _comment_end(self, start: int) -> int:
        """The first line from `start` on that holds `-->`, or -1."""
        if self.comments_end:
            for line in range(start, len(self.lines)):
                if "-->" in self.lines[line]:
                    return line
        self.comments_end = False
        return -1

    def _opens_fence(self, number: int) -> bool:
        content = self.masked[number].lstrip(" \t")
        for _ in range(_MARKS_A_LINE):
            mark = _ITEM.match(content)
            if not mark:
                break
            content = content[mark.end() :]
        return bool(_FENCE.match(content))


def _interrupts(content: str) -> bool:
    """Whether a line begins a block of its own rather than going on with a paragraph."""
    return bool(
        _ITEM.match(content)
        or _HEADING.match(content)
        or _BREAK.match(content)
        or _FENCE.match(content)
        or content.startswith((">", "<!--"))
    )


def _code_end(runs: list[int], start: int, length: int) -> int:
    """The end of the inline code that a run of backticks at `start` opens; -1 if none does."""
    following = bisect_right(runs, start)
    return runs[following] + length if following < len(runs) else -1


def _fill(text: str, filler: str) -> str:
    return "\n".join(filler * len(line) for line in text.split("\n"))


def _width(space: str) -> int:
    """The columns that white space takes, tabs going to the next multiple of four."""
    return len(space.expandtabs(4)) if "\t" in space else len(space)
