"""New records as `new` and `log` write them: from the book's template, under an id of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from renmai.cli.failures import NO, Failure
from renmai.cli.session import Session
from renmai.edit.naming import new_id
from renmai.edit.template import filled
from renmai.model.reading import read_record
from renmai.model.records import RECORDS, Record
from renmai.storage.templates import TEMPLATES, read_template

SORTS: dict[str, type[Record]] = {record.SORT: record for record in RECORDS.values()}


class Draft(msgspec.Struct, frozen=True):
    """A file to be written: `path` is relative to the book."""

    path: str
    data: bytes


def draft(
    session: Session,
    sort: str,
    title: str,
    *,
    id: str = "",
    day: date | None = None,
    values: Mapping[str, str] | None = None,
) -> Draft:
    """A `contact`, `event` or `community` called `title`, which `check` has nothing to say of.

    `day` is an event's. `values` are further keys of front matter, as YAML on one line. Raises
    Failure where the book's own template, or a value, makes no good record.
    """
    record = SORTS[sort]
    id = id or new_id(title, record, session.book, day)
    path = f"{record.FOLDER}/{id}.md"
    own = read_template(session.root, sort)
    if own is None:
        from renmai.cli.newbook.files import template

        own = template(session.settings.language, sort)
    text = filled(own.decode("utf-8", "replace"), record, title, day or session.today, values or {})
    made = Draft(path, text.encode())
    source = read_record(path, made.data)
    if source.problems or source.record is None or source.record.label != title:
        problem = source.problems[0] if source.problems else None
        raise Failure(
            "new.error.template" if problem else "new.error.template-title",
            NO,
            path=f"{TEMPLATES}/{sort}.md",
            problem=problem,
        )
    return made
