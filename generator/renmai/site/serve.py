"""`renmai serve`: the site on this machine alone, built anew when the book changes.

The server listens on a loopback address, answers only to its own name, and gives nothing to the
pages of other sites: what it serves is private.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer

from renmai.settings import FILE
from renmai.site.build import SiteError, one_line, quieten
from renmai.site.plugin import Wish, is_loopback, wishing, words_of
from renmai.site.statics import asset

#: What comes with every answer: nobody else may embed, read or keep it.
_HEADERS = [
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex"),
]
_log = logging.getLogger("mkdocs.plugins.renmai")

_NAMES = ("localhost", "127.0.0.1", "[::1]")
_SCRIPT_PATH = "/livereload/script.js"


def serve_site(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    today: date | None = None,
    language: str | None = None,
    open_browser: bool = False,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the site of the book at `root` until interrupted, rebuilding it as files change.

    `on_ready` is told the address once it is being served. Raises SiteError when the address is
    not this machine's own or is taken, or when MkDocs cannot build.
    """
    quieten()
    name = f"[{host}]" if ":" in host else host
    with tempfile.TemporaryDirectory() as nothing, wishing(Wish(today, language, on_ready)):
        try:
            mkdocs_serve.serve(
                str(root / FILE),
                dev_addr=f"{name}:{port}",
                docs_dir=nothing,
                use_directory_urls=False,
                strict=False,
                open_in_browser=open_browser,
            )
        except (MkDocsException, OSError) as error:
            raise SiteError(one_line(error)) from error


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
            start_response("403 Forbidden", [("Content-Type", "text/plain"), *_HEADERS])
            return [b"This is a private site of another name.\n"]
        if environ["PATH_INFO"] == _SCRIPT_PATH:
            start_response("200 OK", [("Content-Type", "application/javascript"), *_HEADERS])
            return [asset("reload.js").encode()]

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [_utf8(*header) for header in headers] + _HEADERS, *rest)

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


def is_for_us(environ: dict[str, Any], port: int) -> bool:
    """Whether a request names this server, and comes from no page of another site.

    A name that leads here is how other sites get at local servers; a script tag is another way.
    """
    host = environ.get("HTTP_HOST", "").lower()
    names = [f"{name}:{port}" for name in _NAMES] + (list(_NAMES) if port == 80 else [])
    foreign = environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("none", "same-origin")
    navigates = environ.get("HTTP_SEC_FETCH_MODE") == "navigate"
    return host in names and (not foreign or navigates)


def _utf8(name: str, value: str) -> tuple[str, str]:
    textual = name.lower() == "content-type" and value in ("text/html", "text/css")
    return name, f"{value}; charset=utf-8" if textual else value
