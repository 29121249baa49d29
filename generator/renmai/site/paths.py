"""Where each page lies in the site, and how it is linked to."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from urllib.parse import quote

from renmai.model.records import Record

#: File systems take names of 255 bytes; an id may be longer than fits beside the ending.
_LONGEST = 240

#: What stands in a link as it is, as most paths do.
_AS_IT_IS = re.compile(r"[A-Za-z0-9_.~/-]*")


def page_path(record: Record) -> str:
    """The path of a record's page from the site's top: `contacts/lin-xiaozhou.html`."""
    return path_of(record.FOLDER, record.id)


def path_of(folder: str, id: str) -> str:
    """The same by the folder and the id of a record."""
    data = id.encode("utf-8", "replace")
    if len(data) > _LONGEST:
        head = data[: _LONGEST - 17].decode("utf-8", "ignore")
        id = f"{head}-{sha256(data).hexdigest()[:16]}"
    return f"{folder}/{id}.html"


def page_href(record: Record) -> str:
    """The same as it stands in a link."""
    return href_of(record.FOLDER, record.id)


@cache
def href_of(folder: str, id: str) -> str:
    """The same by the folder and the id of a record."""
    path = path_of(folder, id)
    return path if _AS_IT_IS.fullmatch(path) else quote(path, errors="replace")
