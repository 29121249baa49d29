"""The keys of those parts of pages of the whole book that may be remembered."""

from __future__ import annotations

#: Between what a part is about and what else tells it from others: no file is called so.
_MORE = "\0"


def part_key(sort: str, id: str, *more: object) -> str:
    """The key of a part of that sort, about the record with that id."""
    return _MORE.join((f"{sort}/{id}", *map(str, more)))


def sort_and_id(key: str) -> tuple[str, str]:
    """The sort of a part, and the id of the record that it is about (empty where of none)."""
    sort, _, rest = key.partition("/")
    return sort, rest.partition(_MORE)[0]
