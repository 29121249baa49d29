"""The log: `- 2026-10-12 meet! with [[chen-yue]], [[wang-fang]]: dinner`.

    entry = date [HH:MM] kind ["!"] [("with" | "与" | "和") refs] [[":" | "："] text]
    refs  = "[[…]]" separated by "," "，" "、" "and" "和"

White space is free between the parts; it is needed only where two words of one script would
run together.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from renmai.problems import Report
from renmai.text.entry import KIND_OF, KINDS, Entry, Kind
from renmai.text.han import ANY_HAN
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


#: Where a Latin word ends: before anything that is no letter, digit or underscore of its script.
_WORD_ENDS = rf"(?:(?!\w)|(?={ANY_HAN}))"


def _part(pattern: str, name: str = "") -> str:
    """A part of an entry, with the white space behind it, which is free; `name` is its group."""
    return (f"(?P<{name}>{pattern})" if name else f"(?:{pattern})") + r"\s*"


def _perhaps(pattern: str) -> str:
    return f"(?:{pattern})?"


_DATE = "(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?!-)"
_TIME = "(?P<time>[0-9]{2}[:：][0-9]{2})"
_LATIN_WORD = _any_case("[a-z]+") + _WORD_ENDS
_HAN_KIND = "(?:" + "|".join(name for name in KIND_OF if not name.isascii()) + ")"
#: A kind, or another Latin word in its place: to look one up is quicker than to try each.
_KIND = rf"{_LATIN_WORD}|{_HAN_KIND}(?:(?=[与和])|(?!{ANY_HAN}))"
_WITH = rf"{_any_case('with')}{_WORD_ENDS}|[与和]"
_COLON = _part("[:：]")

#: The parts before the references, and the colon where there are none. Behind the date each may
#: be missing, so no part is ever taken back for the sake of a later one.
_HEAD = re.compile(
    r"\s*"
    + _part(_DATE + _perhaps(rf"\s+{_TIME}") + _WORD_ENDS)
    + _perhaps(
        _part(_KIND, "kind")
        + _perhaps(_part("[!！]", "deep"))
        + _perhaps(f"{_part(_WITH, 'with')}|{_COLON}")
    )
)
_REFERENCE = re.compile(_part(REFERENCE.pattern))
#: Nearly always there is one, and the text comes next.
_ONE_REFERENCE = re.compile(rf"{REFERENCE.pattern}\s*(?:{_COLON}|$)")
_BETWEEN = re.compile(f"(?:{_part('[,，、和]')}|{_part(_any_case('and') + _WORD_ENDS)})*")
_BEFORE_TEXT = re.compile(_perhaps(_COLON))


def read_entry(body: Body, item: Item, first_line: int, report: Report) -> Entry | None:
    """The entry that a top-level item of a log is, or None with a warning reported.

    `first_line` is the line of the file, from 1, on which the body begins.
    """
    line = first_line + item.line
    text = body.masked[item.line][item.column :].replace(COMMENT, " ")
    head = _HEAD.match(text)
    day = parse_date(head["day"]) if head else None
    if head is None or day is None:
        first = text.split(maxsplit=1)
        report.add(line, "undated-entry", word=first[0] if first else "")
        return None
    _, clock, word, deep, behind = head.groups()
    time = parse_time(clock.replace("：", ":")) if clock else None
    if clock and not time:
        _report_kind(text, head.start("time"), line, report)
        return None
    kind = KIND_OF.get(word.casefold()) if word else None
    if kind is None:
        _report_kind(text, head.start("kind") if word else head.end(), line, report)
        return None
    people: tuple[Ref, ...] = ()
    position = head.end()
    if behind:
        people, position = _people(text, position, line)
        if not people:
            report.add(line, "unknown-kind", "with", word=text[head.end() :])
            return None
    return Entry(
        day=day,
        kind=kind,
        line=line,
        time=time,
        deep=bool(deep),
        people=people,
        text=_text(body, item, position),
    )


def _people(text: str, position: int, line: int) -> tuple[tuple[Ref, ...], int]:
    """The references behind `with`, and where the entry's text begins."""
    only = _ONE_REFERENCE.match(text, position)
    if only and (name := target_text(only[1])):
        return (Ref(name, True, line),), only.end()
    refs: list[Ref] = []
    place = position
    while (found := _REFERENCE.match(text, place)) and (name := target_text(found[1])):
        refs.append(Ref(name, True, line))
        position = found.end()
        place = _end(_BETWEEN, text, position)
    # A separator that no reference follows belongs to the text.
    return tuple(refs), _end(_BEFORE_TEXT, text, position)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """The end of what stands there of a pattern that is never missing, only empty."""
    found = pattern.match(text, position)
    assert found
    return found.end()


#: To find the nearest kind takes time; a log with more unknown ones is no slip of the pen.
_MOST_SUGGESTIONS = 50


@cache
def _word() -> re.Pattern[str]:
    """A word; compiled for messages alone."""
    return re.compile(rf"(?:{ANY_HAN})+|(?:(?!{ANY_HAN})\w)+|\S+")


def _report_kind(text: str, position: int, line: int, report: Report) -> None:
    found = _word().match(text, position)
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
    if item.end == item.line + 1:
        return first.strip()
    further = body.lines[item.line + 1 : item.end]
    indents = [len(text) - len(text.lstrip()) for text in further if text.strip()]
    indent = min(indents, default=0)
    return "\n".join([first.strip(), *(text[indent:].rstrip() for text in further)]).strip()
