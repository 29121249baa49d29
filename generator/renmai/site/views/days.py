"""Words for a day as seen from another; `assets/days.js` says the same at the time of reading."""

from __future__ import annotations

from datetime import date

from renmai.site.views.shapes import Says
from renmai.words import Words


def relative(words: Words, says: Says, day: date, today: date) -> str:
    """`3 days overdue`, `today`, `tomorrow`, `in 3 days`; with `ago`, `yesterday`, `3 days ago`."""
    ahead = (day - today).days
    if ahead == 0:
        return words("days.today")
    if ahead == 1:
        return words("days.tomorrow")
    if ahead > 0:
        return words("days.ahead", n=ahead)
    if says != "ago":
        return words("days.overdue", n=-ahead)
    return words("site.yesterday") if ahead == -1 else words("site.ago", n=-ahead)


def script_words(words: Words) -> dict[str, object]:
    """The same words for the script, unfilled."""
    keys = {
        "today": "days.today",
        "tomorrow": "days.tomorrow",
        "ahead": "days.ahead",
        "overdue": "days.overdue",
        "yesterday": "site.yesterday",
        "ago": "site.ago",
    }
    return {name: forms(words, key) for name, key in keys.items()}


def forms(words: Words, key: str, **kept: str) -> object:
    """A text with its `{n}` unfilled: one text, or one for 1 and one for all else."""
    kept = {"n": "{n}", **kept}
    other = words(key, **kept)
    one = words(key, **(kept | {"n": 1}))
    return other if one == other.replace("{n}", "1") else {"one": one, "other": other}
