"""Pictures of the book: which may be shown, and where in the site they lie."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from renmai.model.book import Book
from renmai.model.records import Contact, Event, Record
from renmai.site.views.lens import image_places

#: Raster images by their first bytes: nothing in them can run, as it can in SVG.
_SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), ".avif"),
)
_SIGNATURE_LENGTH = 16

#: An image as Markdown writes it. No part can reach beyond where the next one begins: no text makes
#: the search take long.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,999}\]\([ \t]{0,9}(?:<([^<>\n]{1,999})>|([^\s)<>]{1,999}))")


def wanted_pictures(book: Book) -> set[str]:
    """The paths within the book that records name as photos, or notes show as images."""
    return {path for record in book.records for path in pictures_of(record)}


def pictures_of(record: Record) -> set[str]:
    """The same of one record."""
    wanted: set[str] = set()
    if isinstance(record, Contact) and record.photo:
        wanted.add(record.photo)
    elif isinstance(record, Event):
        wanted.update(person.photo for person in record.people if person.photo)
    for found in _IMAGE.finditer(record.body) if "![" in record.body else ():
        wanted.update(image_places(unquote(found[1] or found[2]), record.path))
    return wanted


def pictures(root: Path, wanted: Iterable[str]) -> dict[str, tuple[str, Path]]:
    """By their path in the book, the pictures that may be shown: path in the site, file to copy.

    Only raster images that lie in the book, whatever links lead to them.
    """
    inside = os.path.realpath(root) + os.sep
    found: dict[str, tuple[str, Path]] = {}
    for path in sorted(wanted):
        try:
            real = os.path.realpath(root / path)
            ending = _ending(real) if real.startswith(inside) and os.path.isfile(real) else None
        except (OSError, ValueError):
            continue
        if ending:
            name = sha256(path.encode("utf-8", "replace")).hexdigest()[:16]
            found[path] = (f"media/{name}{ending}", Path(real))
    return found


def _ending(path: str) -> str | None:
    """The ending for an image's kind by its first bytes; None for what is no raster image."""
    with open(path, "rb") as file:
        start = file.read(_SIGNATURE_LENGTH)
    return next((ending for signature, ending in _SIGNATURES if signature.match(start)), None)
