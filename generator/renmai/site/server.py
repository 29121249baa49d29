"""The server of `renmai serve`: the files of one folder, for this machine and no other site."""

from __future__ import annotations

import html
import json
import mimetypes
import posixpath
import re
import socket
import sys
import threading
import time
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from renmai.site.privacy import HEADERS, is_for_us
from renmai.site.statics import live_script

_SCRIPT = "/livereload/script.js"
_POLL = re.compile(r"/livereload/([0-9]+)/[0-9]+")
#: A browser that asks for news is answered after so many seconds though there are none.
_PATIENCE = 25.0
#: What differs between two builds of a page; where something else does, it has to be loaded anew.
_CONTENT = re.compile(rb"<title>.*?</title>|<main .*</main>", re.DOTALL)

#: A picture as pages show it, whose bytes may be others than when the page was opened.
_PICTURE = re.compile(rb'src="((?:\.\./)?(media/[^"?]+))"')

_TEXTUAL = {"text/html", "text/css", "text/plain", "application/json"}
_TYPES = {".js": "application/javascript", ".avif": "image/avif", ".webp": "image/webp"}


class Server(ThreadingHTTPServer):
    """Gives out what lies in a folder, and tells open pages of a new build.

    It listens as soon as it is made, and answers from `start` on. Raises OSError.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, host: str, port: int, place: Path) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.place = place
        #: The latest news, and the latest that is of all pages. They count on from where an earlier
        #: server may have come to: pages outlive it.
        self.epoch = self.whole = round(time.monotonic() * 1000)
        self.broken = ""
        self.news = threading.Condition()
        self._thread: threading.Thread | None = None
        super().__init__((host, port), _Handler)
        name = f"[{host}]" if ":" in host else host
        self.address = f"http://{name}:{self.server_address[1]}/"

    def start(self) -> None:
        """Answer from now on, in a thread."""
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()

    def show_records(self) -> None:
        """Have open pages of single records show these as they are now."""
        with self.news:
            self.epoch += 1
            self.news.notify_all()

    def show(self, broken: str) -> None:
        """Have open pages show the site as it is now, and what is wrong, if anything is."""
        with self.news:
            self.epoch += 1
            self.whole, self.broken = self.epoch, broken
            self.news.notify_all()

    def handle_error(self, *about: Any) -> None:
        """A browser that goes away before it is answered is nothing to tell of."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*about)

    def close(self) -> None:
        """Stop answering and listening."""
        if self._thread is not None:
            self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Server
    server_version, sys_version = "renmai", ""
    protocol_version = "HTTP/1.1"
    # An answer goes out at once, though its head was sent a moment ago.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        environ = {
            f"HTTP_{key.upper().replace('-', '_')}": value for key, value in self.headers.items()
        }
        if not is_for_us(environ, self.server.server_address[1]):
            text = b"This is a private site of another name.\n"
            return self._answer(HTTPStatus.FORBIDDEN, "text/plain", text)
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        if path == _SCRIPT:
            return self._answer(HTTPStatus.OK, _TYPES[".js"], live_script().encode())
        if found := _POLL.fullmatch(path):
            return self._tell_news(int(found[1]), "epoch" if asked.query == "record" else "whole")
        return self._give(path)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is for what is wrong in the book."""

    def _tell_news(self, epoch: int, which: str) -> None:
        """Answer when there is something newer than the page is of, or after a while."""
        server = self.server
        with server.news:
            server.news.wait_for(lambda: getattr(server, which) > epoch, _PATIENCE)
            news = json.dumps(getattr(server, which)).encode()
        self._answer(HTTPStatus.OK, "text/plain", news)

    def _give(self, path: str) -> None:
        """A file of the site, or the page that says that there is none."""
        name = posixpath.normpath("/" + path).lstrip("/") + (
            "index.html" if path.endswith("/") else ""
        )
        name = name if name != "." else "index.html"
        data = self._read(name)
        if data is not None:
            kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
            return self._answer(HTTPStatus.OK, kind or "application/octet-stream", data)
        missing = self._read("404.html")
        return self._answer(HTTPStatus.NOT_FOUND, "text/html", missing or b"404")

    def _read(self, name: str) -> bytes | None:
        """The bytes of a file of the site; a hidden one, or one beyond the folder, is none."""
        steps = name.split("/")
        if any(not step or step.startswith(".") or "\0" in step or "\\" in step for step in steps):
            return None
        # A page that becomes another while it is read is newer than it says, and asked for again.
        epoch = self.server.epoch
        try:
            data = self.server.place.joinpath(*steps).read_bytes()
        except (OSError, ValueError):
            return None
        return self._with_script(data, epoch) if name.endswith(".html") else data

    def _with_script(self, page: bytes, epoch: int) -> bytes:
        """A page with the script that waits for news, and shows what is wrong."""
        page = _PICTURE.sub(self._dated, page)
        frame = blake2b(_CONTENT.sub(b"", page), digest_size=8).hexdigest()
        broken = html.escape(self.server.broken)
        data = f'data-epoch="{epoch}" data-frame="{frame}" data-broken="{broken}"'
        tag = f'<script src="{_SCRIPT}" {data} defer></script>\n</head>'
        return page.replace(b"</head>", tag.encode("utf-8", "replace"), 1)

    def _dated(self, found: re.Match[bytes]) -> bytes:
        """Where a picture lies, with its time: another address for another picture."""
        try:
            time = self.server.place.joinpath(found[2].decode()).stat().st_mtime_ns
        except (OSError, ValueError):
            return found[0]
        return b'src="%s?%d"' % (found[1], time)

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind in _TEXTUAL else kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in HEADERS:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
