"""The site in headless Chromium: what a person would see, press, and be kept from."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser, served
from tests.site.conftest import TODAY, Books, Site
from tests.site.test_find_browser import FOUND
from tests.site.test_pages import hostile_book
from tests.site.test_serve import OURS, free_port, running, wait_for

pytestmark = pytest.mark.browser

#: One page of each kind, of the example book.
KINDS = (
    "index.html",
    "contacts.html",
    "contacts/wenxi.html",
    "contacts/bai-weiran.html",
    "events.html",
    "events/waterwatch-summit.html",
    "events/long-table-coming.html",
    "communities.html",
    "communities/纸页读书会.html",
    "network.html",
    "introductions.html",
    "circles.html",
    "ledger.html",
    "influence.html",
    "problems.html",
)


@pytest.fixture(scope="module", params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Site) -> Iterator[str]:
    """Where the site is: in a folder, and on a server."""
    if request.param == "file":
        yield site[1].as_uri()
    else:
        with served(site[1]) as found:
            yield found


def test_no_errors_and_no_requests(browser: Browser, address: str) -> None:
    for page in KINDS:
        browser.open(f"{address}/{page}")
        browser.run("document.querySelector('[data-theme-toggle]').click()")
    assert browser.errors() == []
    assert browser.hosts() <= {address.split("/")[2]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_anybody(browser: Browser, site: Site, theme: str) -> None:
    browser.theme(theme)
    found = []
    for page in KINDS:
        for width in (1280, 360) if theme == "light" else (1280,):
            browser.width(width)
            browser.open(f"{site[1].as_uri()}/{page}")
            found += [(page, width, *one) for one in browser.violations()]
    assert found == []


def test_a_narrow_screen_never_scrolls_sideways(browser: Browser, site: Site) -> None:
    browser.width(360)
    for page in KINDS:
        browser.open(f"{site[1].as_uri()}/{page}")
        assert not browser.is_sideways(), page


# -- without a script, and with somebody else's ---------------------------------------------------


def test_without_scripts_a_list_stands(browser: Browser, site: Site) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{site[1].as_uri()}/contacts.html")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert len(browser.names("td.c-name a")) > 30
    assert browser.names("[data-filters]") == []
    assert browser.names("[data-theme-toggle]") == []


def test_nothing_in_a_book_runs(browser: Browser, book: Books) -> None:
    site = build_site(book(hostile_book()), today=TODAY).site_dir
    # Only the page for what is missing has links that begin at the server's top.
    for page in sorted(set(site.rglob("*.html")) - {site / "404.html"}):
        browser.open(page.as_uri())
        if page.name == "index.html":
            browser.find("alert")
            assert browser.names(FOUND) != []
        assert browser.run("return window.ran") == [], page
    assert browser.errors() == []
    assert browser.hosts() == set()


def test_a_very_long_name_breaks_nothing(browser: Browser, book: Books) -> None:
    name = "长" * 2000 + "x" * 2000
    files = {
        "contacts/a.md": f"---\nname: {name}\ncompany: {name}\ntags: [{name}]\n---\n{name}\n",
        "contacts/b.md": f"---\nname: B\nfollow_up: {{date: 2026-11-20, why: {name}}}\n---\n",
        "events/e.md": f"---\ntitle: {name}\ndate: 2026-11-30\nplace: {name}\n---\n",
        "communities/c.md": f"---\nname: {name}\ntheme: {name}\nmembers: [a]\n---\n",
    }
    site = build_site(book(files), today=TODAY).site_dir
    for width in (1280, 360):
        browser.width(width)
        for page in sorted(site.rglob("*.html")):
            browser.open(page.as_uri())
            wide = browser.run("return document.documentElement.scrollWidth")
            assert wide <= width, (page.name, width)


def test_light_or_dark_is_remembered(browser: Browser, address: str) -> None:
    dark = "return getComputedStyle(document.documentElement).colorScheme"
    browser.open(f"{address}/index.html")
    browser.run("localStorage.clear()")
    browser.driver.refresh()
    assert browser.run(dark) == "light dark"
    browser.run("document.querySelector('[data-theme-toggle]').click()")
    browser.open(f"{address}/events.html")
    assert browser.run(dark) == "dark"
    browser.run("document.querySelector('[data-theme-toggle]').click()")
    assert browser.run(dark) == "light dark"
    assert browser.errors() == []


# -- the server -----------------------------------------------------------------------------------


def test_a_saved_file_shows_in_the_open_page(browser: Browser, book: Books) -> None:
    root = book({"contacts/a.md": "---\nname: Ada\n---\n"})
    port = free_port()
    with running([sys.executable, "-c", OURS, str(root), str(port)], root, port):
        browser.open(f"http://localhost:{port}/contacts/a.html")
        assert browser.names("h1") == ["Ada"]
        (root / "contacts/a.md").write_text("---\nname: Grace\n---\n", "utf-8")
        wait_for(lambda: browser.names("h1") == ["Grace"])
        assert browser.errors() == []
        assert browser.hosts() == {f"localhost:{port}"}
        browser.open("about:blank")
