"""`mkdocs serve` of a book: MkDocs' own server, but on this machine alone and for no other site."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from renmai.site.privacy import HEADERS, is_for_us, is_loopback
from renmai.site.statics import live_script
from renmai.site.target import one_line
from renmai.site.wish import words_of

_log = logging.getLogger("mkdocs.plugins.renmai")

_SCRIPT_PATH = "/livereload/script.js"


class PrivateServer(LiveReloadServer):
    """MkDocs' server, but on this machine alone and for no other site.

    `on_ready` is told the address as soon as it listens there.
    """

    on_ready: Callable[[str], None] | None = None

    def __init__(self, builder: Any, host: str, *args: Any, **kwargs: Any) -> None:
        if not is_loopback(host):
            raise Abort(words_of(None)("site.plugin.loopback", host=host))
        super().__init__(_telling(builder), host, *args, **kwargs)

    def server_activate(self) -> None:
        super().server_activate()
        if self.on_ready:
            self.on_ready(self.url)

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not is_for_us(environ, self.server_address[1]):
            start_response("403 Forbidden", [("Content-Type", "text/plain"), *HEADERS])
            return [b"This is a private site of another name.\n"]
        if environ["PATH_INFO"] == _SCRIPT_PATH:
            start_response("200 OK", [("Content-Type", "application/javascript"), *HEADERS])
            return [live_script().encode()]

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [_utf8(*header) for header in headers] + HEADERS, *rest)

        return super().serve_request(environ, start)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Our script file in place of MkDocs' inline one, which the pages' policy forbids."""
        tag = f'<script src="{_SCRIPT_PATH}" data-epoch="{epoch}" defer></script>\n</head>'
        return content.replace(b"</head>", tag.encode(), 1)


def _telling(builder: Callable[[], None]) -> Callable[[], None]:
    """`builder`, but what stops it is said in one line, and the last site goes on being served.

    To MkDocs, a build that fails has not ended: it would answer nobody until one succeeds.
    """

    def build() -> None:
        try:
            builder()
        except (MkDocsException, OSError) as error:
            _log.error(one_line(error))

    return build


def install() -> None:
    """Have MkDocs make a private server, whatever options its `serve` is given."""
    setattr(mkdocs_serve, LiveReloadServer.__name__, PrivateServer)


def _utf8(name: str, value: str) -> tuple[str, str]:
    textual = name.lower() == "content-type" and value in ("text/html", "text/css")
    return name, f"{value}; charset=utf-8" if textual else value
