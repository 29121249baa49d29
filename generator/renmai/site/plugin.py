"""The MkDocs plugin: a thin adapter from MkDocs' events to `make_site`.

Pages are generated files; nothing that MkDocs finds in its `docs_dir`, and nothing of its theme,
reaches the site.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from msgspec import Struct

from renmai.model.records import RECORDS
from renmai.site.book import Site, make_site
from renmai.storage import BrokenSettings, NoBook, open_settings
from renmai.words import Words


class Wish(Struct, frozen=True):
    """What the command line asks for: the day, else the local date; the language, else the book's.

    `on_ready` is told the address when the site is served. MkDocs' own commands ask for nothing.
    """

    today: date | None = None
    language: str | None = None
    on_ready: Callable[[str], None] | None = None


_wish = Wish()


@contextlib.contextmanager
def wishing(wish: Wish) -> Iterator[None]:
    """For as long as the context lasts, builds follow the wish (MkDocs loads plugins itself)."""
    global _wish
    before, _wish = _wish, wish
    try:
        yield
    finally:
        _wish = before


class RenmaiPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Makes MkDocs build and serve a book. `site` is what the last build made."""

    site: Site | None = None
    command: str = "build"

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """The settings are read with the book, which reports what is wrong in them."""
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.command = command
        if "mkdocs.commands.serve" in sys.modules:
            from renmai.site.serve import install

            install()
        if command == "gh-deploy":
            raise Abort(words_of(None)("site.plugin.no_deploy"))

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = _root(config)
        if self.command == "serve" and not is_loopback(config.dev_addr.host):
            raise Abort(words_of(root)("site.plugin.loopback", host=config.dev_addr.host))
        if _endangers(Path(config.site_dir), root):
            raise Abort(words_of(root)("site.plugin.site_dir", folder=config.site_dir))
        config.use_directory_urls = False
        config.nav = None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """In place of all that was found: the pages of the book, and its pictures."""
        config.theme.static_templates.clear()
        config.extra_templates = []
        today = _wish.today or date.today()
        try:
            self.site = make_site(_root(config), config.site_name, today, _wish.language)
        except NoBook as error:
            raise Abort(words_of(None)("site.plugin.no_book", folder=error.where)) from error
        except BrokenSettings as error:
            raise Abort(f"{error.path}:{error.problem.line}") from error
        made = Files([])
        for path, content in self.site.outputs:
            data = content.encode("utf-8", "replace")
            made.append(
                File.generated(config, path, content=data, inclusion=InclusionLevel.INCLUDED)
            )
        for path, source in self.site.pictures.items():
            made.append(
                File.generated(
                    config, path, abs_src_path=str(source), inclusion=InclusionLevel.INCLUDED
                )
            )
        return made

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        from renmai.site.serve import PrivateServer

        root = _root(config)
        for folder in RECORDS:
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        assert isinstance(server, PrivateServer), "installed when MkDocs started"
        server.on_ready = _wish.on_ready
        return server


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _endangers(site_dir: Path, root: Path) -> bool:
    """Whether emptying `site_dir`, which MkDocs does before a build, would take records with it."""
    target = os.path.realpath(site_dir) + os.sep
    kept = [os.path.realpath(root / folder) + os.sep for folder in RECORDS]
    book = os.path.realpath(root) + os.sep
    return book.startswith(target) or any(
        folder.startswith(target) or target.startswith(folder) for folder in kept
    )


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").parent.absolute()


def words_of(root: Path | None) -> Words:
    """The words of the wish, else of the book at `root`, else English."""
    if _wish.language is None and root is not None:
        with contextlib.suppress(NoBook, BrokenSettings):
            return Words(open_settings(root).language)
    return Words(_wish.language or "en")
