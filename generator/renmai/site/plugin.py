"""The MkDocs plugin: a thin adapter from MkDocs' events to `make_site`.

Pages are generated files; nothing that MkDocs finds in its `docs_dir`, and nothing of its theme,
reaches the site.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from renmai.model.records import RECORDS
from renmai.site.book import make_site
from renmai.site.privacy import is_loopback
from renmai.site.target import endangers
from renmai.site.wish import current_wish, words_of
from renmai.storage.opening import BrokenSettings, NoBook


class RenmaiPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Makes MkDocs build and serve a book."""

    command: str = "build"

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """The settings are read with the book, which reports what is wrong in them."""
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.command = command
        if "mkdocs.commands.serve" in sys.modules:
            from renmai.site.mkdocs_serve import install

            install()
        if command == "gh-deploy":
            raise Abort(words_of(None)("site.plugin.no_deploy"))

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = _root(config)
        if self.command == "serve" and not is_loopback(config.dev_addr.host):
            raise Abort(words_of(root)("site.plugin.loopback", host=config.dev_addr.host))
        if endangers(Path(config.site_dir), root):
            raise Abort(words_of(root)("site.plugin.site_dir", folder=config.site_dir))
        config.use_directory_urls = False
        config.nav = None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """In place of all that was found: the pages of the book, and its pictures."""
        config.theme.static_templates.clear()
        config.extra_templates = []
        wish = current_wish()
        try:
            site = make_site(_root(config), config.site_name, wish.day, wish.language)
        except NoBook as error:
            raise Abort(words_of(None)("site.plugin.no_book", folder=error.where)) from error
        except BrokenSettings as error:
            raise Abort(f"{error.path}:{error.problem.line}") from error
        made = Files([])
        for path, content in site.outputs:
            data = content.encode("utf-8", "replace")
            made.append(
                File.generated(config, path, content=data, inclusion=InclusionLevel.INCLUDED)
            )
        for path, source in site.pictures.items():
            made.append(
                File.generated(
                    config, path, abs_src_path=str(source), inclusion=InclusionLevel.INCLUDED
                )
            )
        return made

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        from renmai.site.mkdocs_serve import PrivateServer

        root = _root(config)
        for folder in RECORDS:
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        assert isinstance(server, PrivateServer), "installed when MkDocs started"
        server.on_ready = current_wish().on_ready
        return server


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").parent.absolute()
