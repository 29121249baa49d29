"""The plugin and `build_site`: what gets into the site, and what never does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from renmai.site.build import SiteError, build_site
from renmai.site.folder import LIST
from renmai.site.plugin import RenmaiPlugin
from renmai.site.privacy import is_loopback
from tests.site.conftest import PIXEL, SETTINGS, TODAY, Books, copy_example

#: A book that MkDocs itself can read too.
PLAIN = {
    "mkdocs.yml": SETTINGS + "docs_dir: contacts\n",
    "contacts/a.md": "---\nname: A\n---\n",
}
CARD = "---\nname: A\nphoto: contacts/a.png\n---\n![me](a.png) ![not](../secret.txt)\n"


def files_below(root: Path) -> set[str]:
    """The files of a folder but the list that a build keeps of its own."""
    files = (path for path in root.rglob("*") if path.is_file() and path.name != LIST)
    return {path.relative_to(root).as_posix() for path in files}


def mkdocs(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs itself in a book."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *args],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_least_book_is_built(book: Books) -> None:
    root = book({"contacts/a.md": "---\nname: A\n---\n"})
    report = build_site(root, today=TODAY)
    assert report.site_dir == root / "site"
    assert report.pages == 12
    assert report.problems == []
    assert (root / "site/contacts/a.html").is_file()
    assert {path.name for path in root.iterdir()} == {
        *(".renmai", "contacts", "mkdocs.yml", "site"),
    }


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: t\nplugins: [renmai]\n",
        "site_name: t\nuse_directory_urls: true\ntheme: material\nplugins: [renmai]\n",
        "site_name: t\ntheme: readthedocs\nnav: [{Home: index.md}]\nplugins: [renmai]\n",
        "site_name: t\ndocs_dir: contacts\nplugins:\n  - renmai:\n      language: zh\n",
        "site_name: t\ndocs_dir: nowhere\nplugins:\n  renmai: {}\n",
        "site_name: t\nstrict: true\nplugins:\n  - renmai:\n      wrong: key\n",
        "site_name: t\nsite_dir: out/here\nplugins: [renmai]\n",
    ],
)
def test_any_settings_of_mkdocs_do(book: Books, settings: str) -> None:
    root = book({"mkdocs.yml": settings, "contacts/a.md": "---\nname: A\n---\n"})
    site = build_site(root, today=TODAY).site_dir
    assert {path.name for path in site.iterdir()} == {
        LIST,
        *("404.html", "assets", "circles.html", "communities.html", "contacts", "contacts.html"),
        *("events.html", "index.html", "influence.html", "introductions.html", "ledger.html"),
        *("network.html", "problems.html"),
    }


def test_nothing_but_pages_gets_out(book: Books) -> None:
    root = book(
        {
            "contacts/a.md": CARD,
            "contacts/private.txt": "secret",
            "contacts/page.html": "secret",
            "secret.txt": "secret",
        }
    )
    (root / "contacts/a.png").write_bytes(PIXEL)
    (root / "contacts/other.png").write_bytes(PIXEL)
    site = build_site(root, today=TODAY).site_dir
    found = files_below(site)
    assert {Path(path).suffix for path in found} == {".html", ".css", ".js", ".svg", ".png"}
    assert [path for path in found if path.endswith(".png")] == [
        path for path in found if path.startswith("media/")
    ]
    assert len([path for path in found if path.startswith("media/")]) == 1
    assert not [path for path in found if "secret" in (site / path).read_text("utf-8", "replace")]


def test_old_pages_go_and_nothing_else(book: Books) -> None:
    root = book({"contacts/a.md": "---\nname: A\n---\n", "contacts/b.md": "---\nname: B\n---\n"})
    site = build_site(root, today=TODAY).site_dir
    (root / "contacts/b.md").unlink()
    (site / "left.html").write_text("x")
    build_site(root, today=TODAY)
    assert not (site / "contacts/b.html").exists()
    assert (site / "left.html").exists()


def test_a_folder_of_another_making_is_emptied_as_mkdocs_does(book: Books) -> None:
    root = book({"contacts/a.md": "---\nname: A\n---\n"})
    (root / "site/contacts").mkdir(parents=True)
    for name in ("contacts/gone.html", "left.html", ".hidden"):
        (root / "site" / name).write_text("x")
    site = build_site(root, today=TODAY).site_dir
    assert files_below(site) & {"contacts/gone.html", "left.html", ".hidden"} == {".hidden"}


def test_the_book_itself_is_left_alone(tmp_path: Path) -> None:
    root = copy_example(tmp_path)
    before = {path: (root / path).read_bytes() for path in files_below(root)}
    build_site(root, today=TODAY)
    # Beside the site there is but the cache of the picture of the net, which git passes over.
    after = {path for path in files_below(root) if not path.startswith(("site/", ".renmai/"))}
    assert after == set(before)
    assert all((root / path).read_bytes() == data for path, data in before.items())


@pytest.mark.parametrize("folder", [".", "contacts", "contacts/site", "..", "../.."])
def test_records_are_never_swept_away(book: Books, folder: str) -> None:
    settings = f"site_name: t\nsite_dir: {folder}\nplugins: [renmai]\n"
    root = book({"mkdocs.yml": settings, "contacts/a.md": "---\nname: A\n---\n"})
    with pytest.raises(SiteError):
        build_site(root, today=TODAY)
    assert (root / "contacts/a.md").is_file()


@pytest.mark.parametrize(
    "settings",
    [
        "plugins: [renmai]\n",
        "site_name: t\ntheme: no-such-theme\nplugins: [renmai]\n",
        "site_name: t\nplugins: [renmai, no-such-plugin]\n",
    ],
)
def test_what_mkdocs_cannot_do_is_one_line(book: Books, settings: str) -> None:
    root = book({"mkdocs.yml": settings})
    with pytest.raises(SiteError) as caught:
        build_site(root, today=TODAY)
    assert "\n" not in str(caught.value)


def test_the_day_and_the_language_are_as_asked(book: Books) -> None:
    root = book({"contacts/a.md": "---\nname: A\n---\n"})
    page = build_site(root, today=TODAY, language="zh").site_dir / "index.html"
    assert "11月21日 星期六" in page.read_text("utf-8")
    build_site(root, today=TODAY)
    assert "21 November" in page.read_text("utf-8")


def test_mkdocs_itself_builds_the_same(tmp_path: Path, example: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs").mkdir()
    ours, theirs = copy_example(tmp_path / "ours"), copy_example(tmp_path / "theirs")
    done = mkdocs(theirs, "build", "--quiet")
    assert done.returncode == 0, done.stderr
    build_site(ours)
    assert files_below(ours / "site") == files_below(theirs / "site")
    for path in files_below(ours / "site"):
        assert (ours / "site" / path).read_bytes() == (theirs / "site" / path).read_bytes(), path


def test_a_book_is_not_published(book: Books) -> None:
    root = book(PLAIN)
    done = mkdocs(root, "gh-deploy")
    assert done.returncode != 0
    assert "private" in done.stdout
    assert not (root / "site").exists()
    with pytest.raises(Abort):
        RenmaiPlugin().on_startup(command="gh-deploy", dirty=False)


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("example.com", False),
    ],
)
def test_loopback(host: str, ours: bool) -> None:
    assert is_loopback(host) == ours


def test_mkdocs_serves_on_this_machine_alone(book: Books) -> None:
    root = book(PLAIN)
    done = mkdocs(root, "serve", "--dev-addr", "0.0.0.0:8123")
    assert done.returncode != 0
    assert "0.0.0.0" in done.stdout
