"""The log: `- 2026-10-12 meet! with [[chen-yue]], [[wang-fang]]: dinner`.

    entry = date [HH:MM] kind ["!"] [("with" | "与" | "和") refs] [[":" | "："] text]
    refs  = "[[…]]" separated by "," "，" "、" "and" "和"

White space is free between the parts; it is needed only where two words of one script would
run together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from renmai.problems import Report
from renmai.text.entry import KIND_OF, KINDS, Entry, Kind
from renmai.text.inline import COMMENT
from renmai.text.references import REFERENCE, Ref, target_text
from renmai.text.schema import nearest
from renmai.text.values import parse_date, parse_time

if TYPE_CHECKING:
    from renmai.text.body import Body, Item

__all__ = ["KINDS", "KIND_OF", "Entry", "Kind", "read_entry"]


def _any_case(pattern: str) -> str:
    """`pattern` without case; for a class of all Han characters that would take long to compile."""
    return f"(?i:{pattern})"


_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Where a Latin word ends: before anything that is no letter, digit or underscore of its script.
_WORD_ENDS = rf"(?:(?=[{_HAN}])|(?!\w))"


def _part(pattern: str) -> re.Pattern[str]:
    """A part of an entry, with the white space behind it, which is free."""
    return re.compile(rf"(?:{pattern})\s*")


_SPACE = re.compile(r"\s*")
_DATE = _part(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?!-){_WORD_ENDS}")
_TIME = _part(rf"([0-9]{{2}})[:：]([0-9]{{2}}){_WORD_ENDS}")
_LATIN_KIND = _part(
    "(" + _any_case("|".join(name for name in KIND_OF if name.isascii())) + ")" + _WORD_ENDS
)
_HAN_KIND = _part(
    "(" + "|".join(name for name in KIND_OF if not name.isascii()) + ")"
    rf"(?=[与和]|[^{_HAN}]|$)"
)
_WORD = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+|\S+")
_BANG = _part("[!！]")
_WITH = _part(rf"{_any_case('with')}{_WORD_ENDS}|[与和]")
_REFERENCE = _part(REFERENCE.pattern)
_BETWEEN = _part(rf"[,，、和]|{_any_case('and')}{_WORD_ENDS}")
_COLON = _part("[:：]")


class _Words:
    """Reads a text part by part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = _SPACE.match(text).end()  # type: ignore[union-attr]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found


def read_entry(body: Body, item: Item, first_line: int, report: Report) -> Entry | None:
    """The entry that a top-level item of a log is, or None with a warning reported.

    `first_line` is the line of the file, from 1, on which the body begins.
    """
    line = first_line + item.line
    words = _Words(body.masked[item.line][item.column :].replace(COMMENT, " "))
    dated = words.take(_DATE)
    day = parse_date(dated[1]) if dated else None
    if day is None:
        first = words.text.split(maxsplit=1)
        report.add(line, "undated-entry", word=first[0] if first else "")
        return None
    time = None
    if clock := words.take(_TIME):
        time = parse_time(f"{clock[1]}:{clock[2]}")
        if time is None:
            words.position = clock.start()
    kind = words.take(_LATIN_KIND) or words.take(_HAN_KIND)
    if kind is None:
        _report_kind(words, line, report)
        return None
    deep = bool(words.take(_BANG))
    people = _people(words, line)
    if people is None:
        report.add(line, "unknown-kind", "with", word=words.text[words.position :])
        return None
    words.take(_COLON)
    return Entry(
        day=day,
        kind=KIND_OF[kind[1].lower()],
        line=line,
        time=time,
        deep=deep,
        people=people,
        text=_text(body, item, words.position),
    )


def _people(words: _Words, line: int) -> tuple[Ref, ...] | None:
    """The references behind `with`; () without it, None when something else stands there."""
    if not words.take(_WITH):
        return ()
    refs: list[Ref] = []
    before = words.position
    while (found := words.take(_REFERENCE)) and (name := target_text(found[1])):
        refs.append(Ref(name, True, line))
        before = words.position
        while words.take(_BETWEEN):
            pass
    # A separator that no reference follows belongs to the text.
    words.position = before
    return tuple(refs) or None


#: To find the nearest kind takes time; a log with more unknown ones is no slip of the pen.
_MOST_SUGGESTIONS = 50


def _report_kind(words: _Words, line: int, report: Report) -> None:
    found = _WORD.match(words.text, words.position)
    if not found:
        report.add(line, "unknown-kind", "none")
        return
    word = found[0]
    # A Chinese kind with no space behind it: the kind itself is the nearest.
    begun = next((name for name in KIND_OF if not name.isascii() and word.startswith(name)), "")
    near = begun or (nearest(word, KIND_OF) if report.count < _MOST_SUGGESTIONS else "")
    if near:
        report.add(line, "unknown-kind", "near", word=word, near=near)
    else:
        report.add(line, "unknown-kind", word=word)


def _text(body: Body, item: Item, position: int) -> str:
    """What was written behind the entry's head, with its further lines, less their indent."""
    first = body.lines[item.line][item.column + position :]
    further = body.lines[item.line + 1 : item.end]
    if not further:
        return first.strip()
    indents = [len(text) - len(text.lstrip()) for text in further if text.strip()]
    indent = min(indents, default=0)
    return "\n".join([first.strip(), *(text[indent:].rstrip() for text in further)]).strip()
