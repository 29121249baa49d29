"""`build` and `serve`: what they say; the site itself is tested in tests/site."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.running import BOOKS, TODAY, clean_environment, command, run


@pytest.fixture
def book(tmp_path: Path) -> Path:
    # What is remembered of the original is not to be found in the copy.
    ignored = shutil.ignore_patterns(".renmai")
    return Path(shutil.copytree(BOOKS / "small", tmp_path / "book", ignore=ignored))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            r"\d+ pages in site\n"
            r"The book has 4 hints: renmai check\n"
            r"Open site/index\.html, or: renmai serve\n",
        ),
        (
            "zh",
            r"site 里有 \d+ 页\n"
            r"册子里有 4 个提示：renmai check\n"
            r"打开 site/index\.html，或者：renmai serve\n",
        ),
    ],
)
def test_build(language: str, said: str, book: Path) -> None:
    result = run("build", "--today", TODAY, "--lang", language, cwd=book)
    assert (result.code, result.err) == (0, "")
    assert re.fullmatch(said, result.out)
    assert (book / "site" / "index.html").is_file()


def test_build_as_json_and_from_elsewhere(book: Path, tmp_path: Path) -> None:
    result = run("build", "-C", "book", "--json", "--lang", "zh", cwd=tmp_path)
    assert list(result.document) == ["site", "pages", "errors", "warnings", "hints"]
    assert result.document["site"] == str(book / "site")
    assert '<html lang="zh' in (book / "site" / "index.html").read_text("utf-8")


def test_problems_do_not_stop_it(tmp_path: Path) -> None:
    book = Path(shutil.copytree(BOOKS / "broken", tmp_path / "book"))
    result = run("build", cwd=book)
    assert result.code == 0
    assert "4 errors" in result.out


def test_settings_that_mkdocs_refuses_are_one_line(book: Path) -> None:
    settings = book / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "site_dir: [1]\n", "utf-8")
    result = run("build", cwd=book)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("renmai: ")
    assert "Traceback" not in result.err


def page_at(address: str) -> bytes:
    """The page at an address of this machine, once it is there."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=30) as page:
                read: bytes = page.read()
                return read
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"nothing at {address}")


def test_serve_says_where_and_ends_quietly(book: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = subprocess.Popen(
        command("serve", "--port", str(port), "--lang", "en"),
        cwd=book,
        env=clean_environment({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where tests run in the background, Ctrl+C is ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert child.stdout
        said = child.stdout.readline()
        assert f"http://127.0.0.1:{port}/" in said
        assert b"<!doctype html>" in page_at(f"http://127.0.0.1:{port}/").lower()
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=30)
    finally:
        child.kill()
        child.wait()
    assert child.returncode == 0
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_one_line(book: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]), cwd=book)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０"])
def test_a_port_that_is_none(port: str, book: Path) -> None:
    result = run("serve", f"--port={port}", cwd=book)
    assert result.code == 2
    assert "1 to 65535" in result.err


def test_what_a_command_loads(book: Path) -> None:
    """Answers come at once: neither colours nor pinyin nor the site are loaded without need."""
    watch = (
        "import sys\nfrom renmai.cli.program import run\nrun(sys.argv[1:])\n"
        "import json\nprint(json.dumps(sorted({n.split('.')[0] for n in sys.modules})))"
    )

    def loaded(*args: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", watch, *args],
            cwd=book,
            env=clean_environment({}),
            capture_output=True,
            text=True,
            check=True,
        )
        return set(json.loads(done.stdout.splitlines()[-1]))

    assert "pypinyin" in loaded("find", "lilei")
    # From then on, readings are remembered.
    for args in (["due"], ["due", "--json"], ["check"], ["agenda"], ["find", "lilei"], ["--help"]):
        assert not loaded(*args) & {"mkdocs", "jinja2", "rich", "pypinyin", "lunar_python"}, args
