"""An independent reading of Markdown: what markdown-it-py says of a body."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark")
_WORD = re.compile(r"W[0-9]+W")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:-->|\Z))", re.DOTALL)


class Reading(NamedTuple):
    """Lines count from 0. `words` are those of the form `W1W` that are plain text."""

    code: set[int]
    items: list[int]
    headings: list[tuple[int, int]]
    words: set[str]
    #: The lines of all list items, and those behind the first of each paragraph.
    every_item: set[int]
    continued: set[int]


def words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def is_bare(line: str) -> bool:
    """Whether nothing but quote marks stands in a line."""
    return not line.strip(" \t>")


def read_markdown(text: str) -> Reading:
    """The lines of code, the top-level items and headings of a text, and its plain words."""
    reading = Reading(set(), [], [], set(), set(), set())
    lines = text.split("\n")
    for token in _MARKDOWN.parse(text):
        first, behind = token.map or (0, 0)
        if token.type in ("fence", "code_block"):
            shown = range(first, min(behind, len(lines)))
            reading.code.update(number for number in shown if not is_bare(lines[number]))
        elif token.type == "list_item_open":
            reading.every_item.add(first)
            if token.level == 1:
                reading.items.append(first)
        elif token.type == "heading_open" and token.level == 0:
            reading.headings.append((first, int(token.tag[1])))
        elif token.type == "html_block":
            reading.words.update(words(_COMMENT.sub("", token.content)))
        elif token.type == "inline":
            reading.continued.update(range(first + 1, behind))
            for child in token.children or []:
                if child.type == "text":
                    reading.words.update(words(child.content))
    return reading
