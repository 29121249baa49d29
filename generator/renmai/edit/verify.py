"""Is an edit what it was meant to be? The new file is read again, and compared with the old one.

The last net below every edit: whatever a file holds, and whatever was overlooked, a new file that
says anything else than the old one and the change that was meant is never written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from renmai.model.reading import Source, read_record
from renmai.model.records import Record
from renmai.text.body import scan_body
from renmai.text.schema import fields_of

#: Where a thing stands is no part of what it says.
_PLACES = frozenset({"line", "lines"})


def holds(before: Source, path: str, data: bytes, meant: Callable[[dict[str, Any]], None]) -> bool:
    """Whether `data` says what `before` says, with what `meant` changes in that, and no more.

    `meant` is given what `before` says, by `said`, and changes it.
    """
    after = read_record(path, data)
    if before.record is None or after.record is None:
        return False
    wanted = said(before.record)
    meant(wanted)
    return _counted(wanted) == _counted(said(after.record)) and not (
        _problems(after) - _problems(before)
    )


def said(record: Record) -> dict[str, Any]:
    """All that a record says, wherever in its file that stands.

    Its keys by name; `log`, `tasks`, `mentions`, `headings` and `sections` as lists, and `items`,
    the number of list items.
    """
    body = scan_body(record.body)
    return {
        **{key: without_places(getattr(record, key)) for key in fields_of(type(record))},
        **{key: without_places(getattr(record, key)) for key in ("log", "tasks", "mentions")},
        "headings": [(heading.level, heading.text) for heading in body.headings],
        "sections": [section.role for section in record.sections],
        "items": len(body.items),
    }


def without_places(value: Any) -> Any:
    """A value with all that is in it, but for the lines where it stands."""
    if isinstance(value, msgspec.Struct):
        return (
            type(value).__name__,
            *(
                (name, without_places(getattr(value, name)))
                for name in value.__struct_fields__
                if name not in _PLACES
            ),
        )
    if isinstance(value, Mapping):
        return tuple((key, without_places(each)) for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return [without_places(each) for each in value]
    return value


def _counted(what: dict[str, Any]) -> dict[str, Any]:
    """What is found in a body, in whatever order it stands."""
    order_is_free = ("log", "tasks", "mentions")
    return {
        key: Counter(map(repr, value)) if key in order_is_free else value
        for key, value in what.items()
    }


def _problems(source: Source) -> Counter[tuple[str, str, tuple[Any, ...]]]:
    return Counter(_sorts(source))


def _sorts(source: Source) -> Iterable[tuple[str, str, tuple[Any, ...]]]:
    for problem in source.problems:
        yield problem.code, problem.variant, problem.args
