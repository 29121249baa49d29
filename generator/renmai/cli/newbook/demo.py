"""The example book, moved in time: what was due on its anchor day is due today.

Its files hold ISO dates alone. A date moves by the days between the anchor and today; a month to
the month that its first day comes to lie in; a bare year by the years between. A birthday keeps
its distance from today, not its day count: its next occurrence is what moves. Lunar dates stay,
and so does what stands in references (ids may look like dates).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from renmai.text.values import PartialDate, parse_partial

_ANCHOR = re.compile(r"^# *demo-anchor: *([0-9]{4}-[0-9]{2}-[0-9]{2})[^\n]*\n?", re.MULTILINE)
_DATES = re.compile(
    r"(?P<keep>\[\[[^\]\n]*\]\]|lunar +\S+)"
    r"|(?<![0-9A-Za-z_-])(?P<date>(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?|--[0-9]{2}-[0-9]{2})"
    r"(?![0-9A-Za-z_-])"
)
_BARE_YEAR = re.compile(r"(?P<key>\b(?:date|since|left|birthday):\s*)(?P<year>[0-9]{4})(?![0-9-])")
_TOP_KEY = re.compile(r"([a-z_]+):")

#: What comes round every year.
_YEARLY = ("birthday", "dates")


def anchor_of(settings: str) -> date:
    """The day for which the example book was written, from its `# demo-anchor:` comment."""
    found = _ANCHOR.search(settings)
    if not found:
        raise ValueError("the example book names no demo-anchor")
    return date.fromisoformat(found[1])


def without_anchor(settings: str) -> str:
    """The example's mkdocs.yml without the comment that is of no use in a book of one's own."""
    return _ANCHOR.sub("", settings)


def moved(text: str, anchor: date, today: date) -> str:
    """`text`, one file of the example book, with its dates moved from `anchor` to `today`."""
    lines, key, in_front = [], "", text.startswith("---")
    for number, line in enumerate(text.split("\n")):
        if number and in_front and line.rstrip() == "---":
            in_front, key = False, ""
        if in_front and (found := _TOP_KEY.match(line)):
            key = found[1]
        lines.append(_moved_line(line, anchor, today, yearly=key in _YEARLY, in_front=in_front))
    return "\n".join(lines)


def _moved_line(line: str, anchor: date, today: date, *, yearly: bool, in_front: bool) -> str:
    def move(found: re.Match[str]) -> str:
        written = found["date"]
        partial = parse_partial(written) if written else None
        if partial is None:
            return found[0]
        if partial.day is None:
            return _moved_month(partial, anchor, today)
        if yearly or partial.year is None:
            return _moved_birthday(partial, anchor, today)
        return str(_after(date(partial.year, partial.month or 1, partial.day), today - anchor))

    line = _DATES.sub(move, line)
    if in_front and today.year != anchor.year:
        years = today.year - anchor.year
        line = _BARE_YEAR.sub(
            lambda found: f"{found['key']}{max(int(found['year']) + years, 1):04}", line
        )
    return line


def _moved_month(month: PartialDate, anchor: date, today: date) -> str:
    """A month begins before the new today exactly when it began before the anchor."""
    first = month.first_day
    assert first, "a month has a year"
    moved = _after(first, today - anchor).replace(day=1)
    if first > anchor and moved <= today:
        moved = _after(moved, timedelta(days=31)).replace(day=1)
    return f"{moved.year:04}-{moved.month:02}"


def _moved_birthday(day: PartialDate, anchor: date, today: date) -> str:
    """The birthday whose next occurrence is as far from `today` as `day`'s is from `anchor`."""
    next_one = next(
        found for year in (0, 1) if (found := _occurrence(day, anchor.year + year)) >= anchor
    )
    moved = _after(next_one, today - anchor)
    if day.year is None:
        return f"--{moved.month:02}-{moved.day:02}"
    year = max(day.year + moved.year - next_one.year, 1)
    if (moved.month, moved.day) == (2, 29):
        year = max(year - year % 4, 4)  # the 29th of February wants a leap year, 1900 apart
    return f"{year:04}-{moved.month:02}-{moved.day:02}"


def _occurrence(day: PartialDate, year: int) -> date:
    month, number = day.month or 1, day.day or 1
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, 2, 28)


def _after(day: date, span: timedelta) -> date:
    """`day` moved by `span`, at the ends of the calendar where it would leave it."""
    try:
        return day + span
    except OverflowError:
        return date.max if span > timedelta() else date.min
