"""`renmai build`: the site of a book, by MkDocs."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from msgspec import Struct

from renmai.problems import Problem
from renmai.settings import FILE, PLUGIN
from renmai.site.plugin import RenmaiPlugin, Wish, wishing


class SiteError(Exception):
    """The site cannot be built or served; the message is one line for the user."""


class BuildReport(Struct, frozen=True):
    """What a build did: the folder, how many pages, and the problems of the book."""

    site_dir: Path
    pages: int
    problems: list[Problem]


def build_site(
    root: Path, *, today: date | None = None, language: str | None = None
) -> BuildReport:
    """Build the site of the book at `root` into MkDocs' `site_dir`.

    `today` is the local date unless given, `language` the book's. Problems of the book do not
    stop it; raises SiteError when MkDocs cannot build at all (its settings, a folder in the way).
    """
    quieten()
    # MkDocs wants a folder of documents that exists; the book's own may be missing, and none of
    # what lies in it is copied anyway.
    with tempfile.TemporaryDirectory() as nothing, wishing(Wish(today, language)):
        try:
            config = load(root, docs_dir=nothing)
            plugin = plugin_of(config)
            plugin.on_startup(command="build", dirty=False)
            build(config)
        except (MkDocsException, OSError) as error:
            raise SiteError(one_line(error)) from error
    return report(plugin, config)


def load(root: Path, **overrides: Any) -> MkDocsConfig:
    """MkDocs' settings of a book. Raises ConfigurationError."""
    return load_config(str(root / FILE), use_directory_urls=False, strict=False, **overrides)


def quieten() -> None:
    """Have the Material theme, of which only the icons are used, not tell of its own future."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def plugin_of(config: MkDocsConfig) -> RenmaiPlugin:
    """Our plugin as MkDocs has loaded it."""
    plugin = config.plugins[PLUGIN]
    assert isinstance(plugin, RenmaiPlugin), "another plugin took the name"
    return plugin


def report(plugin: RenmaiPlugin, config: MkDocsConfig) -> BuildReport:
    """What the last build of a plugin did."""
    site = plugin.site
    pages = [path for path, _ in site.outputs if path.endswith(".html")] if site else []
    return BuildReport(Path(config.site_dir), len(pages), site.problems if site else [])


def one_line(error: Exception) -> str:
    """An error as one line."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__
