"""Where the site of a book goes and what it is called, as MkDocs reads its own settings.

MkDocs takes longer to load than a small change takes to build: what it said of a `mkdocs.yml` is
remembered for as long as that file stays as it is.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from renmai.model.records import RECORDS
from renmai.settings import FILE
from renmai.site.wish import words_of
from renmai.storage.store import Store

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_TABLE = "target"
#: With these, more than the file itself decides what MkDocs makes of it.
_OUTSIDE = (b"!ENV", b"INHERIT", b"!relative")


class SiteError(Exception):
    """The site cannot be built or served; the message is one line for the user."""


class Target(Struct, frozen=True):
    """The folder of the site, absolute, and the site's name."""

    site_dir: str
    site_name: str


def target_of(root: Path) -> Target:
    """Where the site of the book at `root` goes.

    Raises SiteError when MkDocs cannot read its settings, or a build would endanger records.
    """
    with Store(root) as store:
        key = _key(root)
        known = store.get(_TABLE, key) if key else None
        if known:
            target = msgspec.msgpack.decode(known, type=Target)
        else:
            target = _asked(root)
            if key:
                entry = {key: msgspec.msgpack.encode(target)}
                store.write(put={_TABLE: entry}, clear=[_TABLE])
    if endangers(Path(target.site_dir), root):
        raise SiteError(words_of(root)("site.plugin.site_dir", folder=target.site_dir))
    return target


def load(root: Path, **overrides: Any) -> MkDocsConfig:
    """MkDocs' settings of a book. Raises ConfigurationError."""
    from mkdocs.config import load_config

    return load_config(str(root / FILE), use_directory_urls=False, strict=False, **overrides)


def quieten() -> None:
    """Have the Material theme, of which only the icons are used, not tell of its own future."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def endangers(site_dir: Path, root: Path) -> bool:
    """Whether emptying `site_dir`, which MkDocs does before a build, would take records with it."""
    target = os.path.realpath(site_dir) + os.sep
    kept = [os.path.realpath(root / folder) + os.sep for folder in RECORDS]
    book = os.path.realpath(root) + os.sep
    return book.startswith(target) or any(
        folder.startswith(target) or target.startswith(folder) for folder in kept
    )


def one_line(error: Exception) -> str:
    """An error as one line."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__


def _key(root: Path) -> str:
    """What the answer depends on, as a short text; empty when it depends on more."""
    try:
        data = (root / FILE).read_bytes()
    except OSError:
        return ""
    if any(mark in data for mark in _OUTSIDE):
        return ""
    place = os.fsencode(root.absolute())
    return blake2b(place + b"\0" + data, digest_size=16).hexdigest()


def _asked(root: Path) -> Target:
    """What MkDocs itself says."""
    from mkdocs.exceptions import MkDocsException

    quieten()
    # MkDocs wants a folder of documents that exists; the book's own may be missing, and none of
    # what lies in it is copied anyway.
    with tempfile.TemporaryDirectory() as nothing:
        try:
            config = load(root, docs_dir=nothing)
        except (MkDocsException, OSError) as error:
            raise SiteError(one_line(error)) from error
    return Target(os.path.abspath(config.site_dir), config.site_name)
