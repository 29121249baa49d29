"""Quick find and the table of contacts in headless Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser
from tests.site.conftest import TODAY, Books, Site
from tests.site.test_serve import wait_for

pytestmark = pytest.mark.browser

#: What quick find offers.
FOUND = "dialog.find [role=option] b"
BOOK = {
    "contacts/a.md": "---\nname: 林晓舟\ncompany: Studio One\ncity: 上海\ntags: [mentor]\n---\n",
    "contacts/b.md": "---\nname: Tomás Herrera\ncircles: [hobby]\naliases: [Tommy]\n---\n",
    "contacts/c.md": "---\nname: Ada Lindqvist\n---\n",
    "events/e.md": "---\ntitle: Design Week\ndate: 2026-11-30\n---\n",
    "communities/t.md": "---\nname: 茶会\n---\n",
}
QUERIES = [
    ("林晓", "林晓舟"),
    ("lin xiaozhou", "林晓舟"),
    ("linxiaozhou", "林晓舟"),
    ("LXZ", "林晓舟"),
    ("studio o", "林晓舟"),
    ("shanghai", "林晓舟"),
    ("mentor", "林晓舟"),
    ("tomas", "Tomás Herrera"),
    ("herrera tom", "Tomás Herrera"),
    ("th", "Tomás Herrera"),
    ("tommy", "Tomás Herrera"),
    ("hobby", "Tomás Herrera"),
]


def press_control(browser: Browser, key: str) -> None:
    from selenium.webdriver import ActionChains

    control = "\ue009"
    ActionChains(browser.driver).key_down(control).send_keys(key).key_up(control).perform()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    files = {"mkdocs.yml": "site_name: t\nplugins: [renmai]\n", **BOOK}
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return build_site(root, today=TODAY).site_dir


def test_quick_find(browser: Browser, small: Path) -> None:
    browser.open((small / "contacts/c.html").as_uri())
    for query, name in [*QUERIES, ("design", "Design Week"), ("chahui", "茶会")]:
        browser.find(query)
        assert browser.names(FOUND)[:1] == [name], query
        browser.type("\ue00c")  # Escape
        wait_for(lambda: browser.names("dialog.find") == [])
    browser.find("nobody at all")
    assert browser.names(FOUND) == []
    assert "nobody at all" in browser.names("dialog.find .said")[0]
    assert browser.errors() == []


def test_quick_find_by_keys_and_by_touch(browser: Browser, small: Path) -> None:
    browser.open((small / "contacts/c.html").as_uri())
    press_control(browser, "k")
    wait_for(lambda: browser.names("dialog.find input") != [])
    browser.type("e", "\ue015", "\ue013", "\ue007")  # down, up, Enter
    wait_for(lambda: "c.html" not in browser.driver.current_url)
    browser.width(360)
    browser.open((small / "index.html").as_uri())
    browser.run("document.querySelector('.bar [data-find]').click()")
    wait_for(lambda: browser.names("dialog.find input") != [])
    browser.type("lxz", "\ue007")
    wait_for(lambda: browser.driver.current_url.endswith("contacts/a.html"))
    assert browser.errors() == []


def test_the_table_filters_as_one_types(browser: Browser, small: Path) -> None:
    rows = "td.c-name a"
    browser.open((small / "contacts.html").as_uri())
    assert browser.names(rows) == ["Ada Lindqvist", "林晓舟", "Tomás Herrera"]
    for query, name in QUERIES:
        browser.run("document.querySelector('[name=q]').focus()")
        browser.run("document.querySelector('[name=q]').value = ''")
        browser.type(query)
        assert browser.names(rows)[:1] == [name], query
    assert browser.names("[data-status]") == ["1 of 3"]
    browser.open((small / "contacts.html").as_uri() + "#tag=mentor")
    browser.driver.refresh()
    assert browser.names(rows) == ["林晓舟"]


def test_the_table_sorts(browser: Browser, site: Site) -> None:
    browser.open(f"{site[1].as_uri()}/contacts.html")
    for key in ("name", "work", "level", "last", "due"):
        browser.run(f"document.querySelector('[data-sort={key}]').click()")
        up = browser.names("td.c-name a")
        browser.run(f"document.querySelector('[data-sort={key}]').click()")
        down = browser.names("td.c-name a")
        assert sorted(up) == sorted(down)
        assert up != down
        assert len(browser.names("th[aria-sort]")) == 1


def test_hundreds_of_rows_are_drawn_as_one_scrolls(browser: Browser, book: Books) -> None:
    files = {f"contacts/p{n}.md": f"---\nname: Person {n:03}\n---\n" for n in range(400)}
    site = build_site(book(files), today=TODAY).site_dir
    browser.open((site / "contacts.html").as_uri())
    assert 0 < len(browser.names("td.c-name a")) < 400

    def at_the_end() -> bool:
        browser.run("window.scrollTo(0, document.documentElement.scrollHeight)")
        return len(browser.names("td.c-name a")) == 400

    wait_for(at_the_end)
    browser.run("document.querySelector('[name=q]').focus()")
    browser.type("399")
    assert browser.names("td.c-name a") == ["Person 399"]


def test_quick_find_bars_nobody(browser: Browser, site: Site) -> None:
    browser.open(f"{site[1].as_uri()}/index.html")
    browser.find("a")
    assert browser.violations() == []
