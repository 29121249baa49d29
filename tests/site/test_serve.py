"""The server answers to its own name alone, and reloads pages when the book changes."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import pytest

from renmai.site import serve
from renmai.site.build import SiteError
from renmai.site.privacy import is_for_us
from renmai.site.serve import Served, serve_site
from renmai.site.server import Server
from renmai.site.watching import Watcher
from renmai.site.wish import Wish
from tests.site.conftest import PIXEL, SETTINGS, TODAY, Books

PORT = 8000
PATIENCE = 60


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"HTTP_HOST": "127.0.0.1:8000"}, True),
        ({"HTTP_HOST": "localhost:8000"}, True),
        ({"HTTP_HOST": "LOCALHOST:8000"}, True),
        ({"HTTP_HOST": "[::1]:8000"}, True),
        ({}, False),
        ({"HTTP_HOST": "localhost"}, False),
        ({"HTTP_HOST": "localhost:8001"}, False),
        ({"HTTP_HOST": "example.com:8000"}, False),
        ({"HTTP_HOST": "localhost.example.com:8000"}, False),
        ({"HTTP_HOST": "localhost:8000", "HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_HOST": "localhost:8000", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        (
            {
                "HTTP_HOST": "localhost:8000",
                "HTTP_SEC_FETCH_SITE": "cross-site",
                "HTTP_SEC_FETCH_MODE": "navigate",
            },
            True,
        ),
    ],
)
def test_who_is_answered(headers: dict[str, Any], ours: bool) -> None:
    assert is_for_us(headers, PORT) == ours


def test_the_port_may_be_left_out_where_it_is_the_usual_one() -> None:
    assert is_for_us({"HTTP_HOST": "localhost"}, 80)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.1", "example.com"])
def test_no_other_address_is_listened_on(book: Books, host: str) -> None:
    with pytest.raises(SiteError):
        serve_site(book({}), host=host, port=free_port())


def test_a_port_that_is_taken_is_said(book: Books) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SiteError):
            serve_site(book({}), port=taken.getsockname()[1])


# -- a running server -----------------------------------------------------------------------------

#: Serves a book at a port, on a day if one is given.
OURS = (
    "import sys; from datetime import date; from pathlib import Path; "
    "from renmai.site.serve import serve_site; "
    "today = date.fromisoformat(sys.argv[3]) if sys.argv[3:] else None; "
    "serve_site(Path(sys.argv[1]), port=int(sys.argv[2]), today=today)"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: list[str], root: Path, port: int, messages: IO[str] | None = None
) -> Iterator[None]:
    """A server in a process of its own, once it answers; what it says goes to `messages`."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=root, env=environment, stderr=messages)
    try:
        wait_for(lambda: answers(port))
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def get(port: int, path: str = "/", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize("options", [["--no-livereload"], ["--clean", "--no-livereload"]])
def test_no_option_of_mkdocs_opens_it_to_others(book: Books, options: list[str]) -> None:
    root = book({"mkdocs.yml": SETTINGS + "docs_dir: events\n", "events/e.md": "x"})
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", *options]
    other = [*command, "-a", f"0.0.0.0:{free_port()}"]
    assert subprocess.run(other, cwd=root, check=False, timeout=PATIENCE).returncode != 0
    port = free_port()
    with running([*command, "-a", f"127.0.0.1:{port}"], root, port):
        assert get(port)[0] == 200
        assert get(port, Host="example.com")[0] == 403


@pytest.mark.parametrize("which", ["renmai", "mkdocs"])
def test_a_running_server(book: Books, which: str) -> None:
    card = "---\nname: Ada\n---\n"
    root = book({"mkdocs.yml": SETTINGS + "docs_dir: events\n", "contacts/a.md": card})
    (root / "events").mkdir()
    port = free_port()
    command = [sys.executable, "-c", OURS, str(root), str(port)]
    if which == "mkdocs":
        command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"localhost:{port}"]
    with running(command, root, port):
        status, headers, page = get(port, "/contacts/a.html")
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Ada" in page
        # MkDocs' own script would be inline, which the policy of the page forbids.
        assert re.findall(r"<script>", page) == []
        assert get(port, "/livereload/script.js")[0] == 200
        assert get(port, "/contacts/a.html", Host="example.com")[0] == 403
        assert get(port, "/assets/index.js", **{"Sec-Fetch-Site": "cross-site"})[0] == 403
        assert get(port, "/no/such.html")[0] == 404
        assert "/assets/renmai.css" in get(port, "/no/such.html")[2]

        (root / "contacts/a.md").write_text(card.replace("Ada", "Grace"), "utf-8")
        wait_for(lambda: "Grace" in get(port, "/contacts/a.html")[2])
        (root / "contacts/b.md").write_text("---\nname: [\n---\n", "utf-8")
        wait_for(lambda: "contacts/b.md" in get(port, "/problems.html")[2])
    assert not (root / "site").exists()


def test_settings_broken_while_serving_are_said_in_one_line(book: Books, tmp_path: Path) -> None:
    root = book({"contacts/a.md": "---\nname: Ada\n---\n"})
    settings = (root / "mkdocs.yml").read_text("utf-8")
    port, said = free_port(), tmp_path / "said.txt"
    command = [sys.executable, "-c", OURS, str(root), str(port)]
    with said.open("w", encoding="utf-8") as messages, running(command, root, port, messages):
        wait_for(lambda: get(port, "/contacts/a.html")[0] == 200)
        (root / "mkdocs.yml").write_text(settings + "\nnav: [\n", "utf-8")
        wait_for(lambda: "mkdocs.yml" in said.read_text("utf-8"))
        assert get(port, "/contacts/a.html")[0] == 200
        (root / "mkdocs.yml").write_text(settings, "utf-8")
        (root / "contacts/a.md").write_text("---\nname: Grace\n---\n", "utf-8")
        wait_for(lambda: "Grace" in get(port, "/contacts/a.html")[2])
    assert "Traceback" not in said.read_text("utf-8")


# -- without a process -----------------------------------------------------------------------------


def served_book(book: Books, files: dict[str, str]) -> tuple[Path, Served, list[str]]:
    """A book, its site as it is served, and what was said of problems."""
    root, said = book(files), list[str]()
    place = root.parent / "served"
    place.mkdir()
    return root, Served(root, place, Wish(TODAY), said.append), said


def test_a_file_broken_halfway_is_said_and_shown_and_forgotten(book: Books) -> None:
    root, served, said = served_book(book, {"contacts/a.md": "---\nname: Ada\n---\n"})
    served.build()
    assert (served.broken, said) == ("", [])
    (root / "contacts/a.md").write_text("---\nname: [\n---\n", "utf-8")
    assert served.refresh()
    assert served.broken.startswith("contacts/a.md:")
    assert said == [served.broken]
    assert not served.refresh()
    (root / "contacts/a.md").write_text("---\nname: Grace\n---\n", "utf-8")
    assert served.refresh()
    assert served.broken == ""
    assert "Grace" in (served.place / "contacts/a.html").read_text("utf-8")
    assert len(said) == 1


def test_broken_settings_leave_the_last_site_standing(book: Books) -> None:
    root, served, said = served_book(book, {"contacts/a.md": "---\nname: Ada\n---\n"})
    settings = (root / "mkdocs.yml").read_text("utf-8")
    served.build()
    (root / "mkdocs.yml").write_text(settings + "nav: [\n", "utf-8")
    assert served.refresh()
    assert not served.refresh()
    assert len(said) == 1
    assert "mkdocs.yml" in said[0]
    assert (served.place / "contacts/a.html").is_file()
    (root / "mkdocs.yml").write_text(settings.replace("Test", "Other"), "utf-8")
    assert served.refresh()
    assert served.broken == ""
    assert "Other" in (served.place / "contacts/a.html").read_text("utf-8")


def test_what_a_terminal_would_obey_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    serve._tell("a.md:1: \x1b[31m 林")
    assert capsys.readouterr().err == "a.md:1: \\u001b[31m 林\n"


def test_problems_that_were_there_before_are_not_said(book: Books) -> None:
    root, served, said = served_book(
        book, {"contacts/a.md": "---\nname: Ada\n---\n", "contacts/b.md": "---\ntier: x\n---\n"}
    )
    served.build()
    (root / "contacts/a.md").write_text("---\nname: Grace\n---\n", "utf-8")
    assert served.refresh()
    assert said == []


def test_a_new_day_is_a_new_site(book: Books) -> None:
    _, served, _ = served_book(book, {"contacts/a.md": "---\nname: Ada\n---\n"})
    served.build()
    assert not served.refresh()
    served.wish = Wish(TODAY + timedelta(1))
    assert served.refresh()
    assert "22 November" in (served.place / "index.html").read_text("utf-8")


def test_a_change_is_waited_for_until_it_is_over(tmp_path: Path) -> None:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "site").mkdir()
    with Watcher(tmp_path, tmp_path / "site") as watcher:
        assert not watcher.wait(0.1)
        (tmp_path / "site/index.html").write_text("x", "utf-8")
        (tmp_path / "notes.txt").write_text("x", "utf-8")
        assert not watcher.wait(0.3)
        (tmp_path / "contacts/a.md").write_text("x", "utf-8")
        assert watcher.wait(PATIENCE)
        assert not watcher.wait(0.3)
        (tmp_path / "events").mkdir()
        assert watcher.wait(PATIENCE)
        (tmp_path / "events/e.md").write_text("x", "utf-8")
        assert watcher.wait(PATIENCE)


def test_what_changed_is_told_by_its_path(tmp_path: Path) -> None:
    for folder in ("contacts", "site"):
        (tmp_path / folder).mkdir()
    with Watcher(tmp_path, tmp_path / "site") as watcher:
        (tmp_path / "contacts/林.md").write_text("x", "utf-8")
        assert watcher.wait(PATIENCE)
        assert watcher.changed() == {"contacts/林.md"}
        assert watcher.changed() == set()
        (tmp_path / "contacts/new").write_text("x", "utf-8")
        (tmp_path / "contacts/new").replace(tmp_path / "contacts/林.md")
        assert watcher.wait(PATIENCE)
        assert watcher.changed() == {"contacts/new", "contacts/林.md"}
        (tmp_path / "contacts/deep").mkdir()
        assert watcher.wait(PATIENCE)
        assert watcher.changed() is None


def test_after_a_failure_all_is_looked_at(book: Books) -> None:
    root, served, _ = served_book(book, {"contacts/a.md": "---\nname: Ada\n---\n"})
    settings = (root / "mkdocs.yml").read_text("utf-8")
    served.build()
    (root / "mkdocs.yml").write_text(settings + "nav: [\n", "utf-8")
    (root / "contacts/a.md").write_text("---\nname: Grace\n---\n", "utf-8")
    assert served.refresh({"mkdocs.yml", "contacts/a.md"})
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    assert served.refresh({"mkdocs.yml"})
    assert "Grace" in (served.place / "contacts/a.html").read_text("utf-8")


@pytest.mark.parametrize(
    "path", ["/.renmai.json", "/../book/mkdocs.yml", "/%2e%2e/x", "//etc/passwd"]
)
def test_nothing_but_the_site_is_given_out(tmp_path: Path, path: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "x").write_text("secret", "utf-8")
    (tmp_path / "site/.renmai.json").write_text("secret", "utf-8")
    server = Server("127.0.0.1", 0, tmp_path / "site")
    server.start()
    try:
        status, headers, text = get(server.server_address[1], path)
    finally:
        server.close()
    assert status == 404
    assert "secret" not in text
    assert headers["X-Frame-Options"] == "DENY"


# -- news -----------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "site/contacts").mkdir(parents=True)
    made = Server("127.0.0.1", 0, tmp_path / "site")
    made.start()
    yield made
    made.close()


def news(server: Server, query: str = "") -> int:
    return int(get(server.server_address[1], f"/livereload/0/1{query}")[2])


def test_pages_of_records_are_told_first(server: Server) -> None:
    before = news(server)
    server.show_records()
    assert news(server, "?record") == before + 1
    assert news(server) == before
    server.show("")
    assert news(server, "?record") == news(server) == before + 2


def test_a_later_server_has_later_news(server: Server, tmp_path: Path) -> None:
    time.sleep(0.01)
    later = Server("127.0.0.1", 0, tmp_path)
    later.server_close()
    assert later.whole > server.whole


def test_a_page_that_changes_while_it_is_read_is_asked_for_again(server: Server) -> None:
    page = server.place / "a.html"
    page.write_text("<head></head>", "utf-8")

    class Slow(type(server.place)):  # type: ignore[misc]
        def read_bytes(self) -> bytes:
            data: bytes = super().read_bytes()
            server.show("")
            return data

    server.place = Slow(server.place)
    text = get(server.server_address[1], "/a.html")[2]
    found = re.search(r'data-epoch="(\d+)"', text)
    assert found
    assert int(found[1]) < server.epoch


def frame_of(server: Server, page: str) -> str:
    (server.place / "a.html").write_text(page, "utf-8")
    found = re.search(r'data-frame="(\w+)"', get(server.server_address[1], "/a.html")[2])
    assert found
    return found[1]


def test_the_frame_is_what_stands_around_the_content(server: Server) -> None:
    page = '<head><title>{0}</title>{1}</head><body>{2}<main id="main">{3}</main></body>'
    frame = frame_of(server, page.format("A", "", "nav", "a\nb"))
    assert frame == frame_of(server, page.format("B", "", "nav", "<p>b</p>"))
    assert frame != frame_of(server, page.format("A", "<link>", "nav", "a\nb"))
    assert frame != frame_of(server, page.format("A", "", "other", "a\nb"))


def test_another_picture_has_another_address(server: Server) -> None:
    def address() -> str:
        return get(server.server_address[1], "/a.html")[2]

    (server.place / "media").mkdir()
    (server.place / "a.html").write_text('<img src="media/a.png"><img src="media/b.png">', "utf-8")
    (server.place / "media/a.png").write_bytes(PIXEL)
    before = address()
    assert address() == before
    found = re.search(r'src="(media/a.png\?\d+)"><img src="media/b.png">', before)
    assert found
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    connection.request("GET", f"/{found[1]}")
    assert connection.getresponse().read() == PIXEL
    connection.close()
    os.utime(server.place / "media/a.png", (1, 1))
    assert address() != before


def test_a_browser_that_goes_away_is_nothing_to_tell(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("renmai.site.server._PATIENCE", 0.2)
    with socket.create_connection(("127.0.0.1", server.server_address[1])) as browser:
        host = f"127.0.0.1:{server.server_address[1]}"
        browser.sendall(f"GET /livereload/{10**15}/1 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(0.05)
        # Closed as a browser does that has no more use for it: what comes then is refused.
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(0.5)
    assert capsys.readouterr().err == ""


def test_memory_is_tidied_while_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never between a build and what browsers then ask for, but where builds do not end."""
    done: list[str] = []

    class Waited:
        """A watcher, and a site: told of changes that come quickly, or only after a rest."""

        changes = [True] * 2 + [False, False] + [True] * 9

        def wait(self, seconds: float) -> bool:
            if not self.changes:
                raise KeyboardInterrupt
            return self.changes.pop(0)

        def changed(self) -> set[str]:
            return set()

        def refresh(self, changed: set[str] | None) -> bool:
            done.append("build")
            return True

    monkeypatch.setattr(serve, "_tidy", lambda: done.append("tidy"))
    both: Any = Waited()
    with pytest.raises(KeyboardInterrupt):
        serve._follow(both, both)
    # After a rest; and at the latest after so many builds.
    assert done == ["build"] * 2 + ["tidy"] + ["build"] * 8 + ["tidy"] + ["build"] * 2
