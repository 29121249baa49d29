"""The site in headless Chromium: what a person would see, press, and be kept from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser, served, start
from tests.site.conftest import TODAY, Books, lens_of
from tests.site.test_pages import hostile_book
from tests.site.test_serve import OURS, free_port, running, wait_for

pytestmark = pytest.mark.browser

Site = tuple[str, Path]

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
    "introductions.html",
    "circles.html",
    "ledger.html",
    "influence.html",
    "problems.html",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    opened = start()
    yield opened
    opened.driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """A browser whose clock stands on the day of the build, with nothing yet to tell."""
    chromium.reset()
    chromium.on(TODAY)
    return chromium


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
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    browser.theme(theme)
    found = []
    for page in KINDS:
        for width in (1280, 360) if theme == "light" else (1280,):
            browser.width(width)
            browser.open(f"{site[1].as_uri()}/{page}")
            browser.run(axe)
            violations = browser.driver.execute_async_script(
                "axe.run({resultTypes: ['violations']}).then(arguments[0])"
            )["violations"]
            found += [(page, width, one["id"], one["nodes"][0]["html"]) for one in violations]
    assert found == []


def test_quick_find_bars_nobody(browser: Browser, site: Site) -> None:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    browser.open(f"{site[1].as_uri()}/index.html")
    find(browser, "a")
    browser.run(axe)
    violations = browser.driver.execute_async_script(
        "axe.run({resultTypes: ['violations']}).then(arguments[0])"
    )["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


def test_a_narrow_screen_never_scrolls_sideways(browser: Browser, site: Site) -> None:
    browser.width(360)
    for page in KINDS:
        browser.open(f"{site[1].as_uri()}/{page}")
        assert browser.run("return document.documentElement.scrollWidth") == 360, page


# -- the day of reading ---------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1, 3, 9, 30])
def test_today_is_right_on_later_days(
    chromium: Browser, site: Site, example: Path, days: int
) -> None:
    """The rows stand where the rules would put them on the day of reading, in the same order."""
    day = TODAY + timedelta(days)
    chromium.reset()
    chromium.on(day)
    chromium.open(f"{site[1].as_uri()}/index.html")
    seen = lens_of(example, today=day)
    horizon = seen.facts.settings.horizon
    for key, state in (("overdue", "overdue"), ("now", "today"), ("ahead", "upcoming")):
        expected = [
            (item.kind, item.id) for item in seen.facts.follow_ups if item.state(horizon) == state
        ]
        found = chromium.run(
            "return [...document.querySelectorAll(`[data-rows=${arguments[0]}] > li`)]"
            ".map((row) => [row.dataset.kind, row.dataset.id])",
            key,
        )
        assert [tuple(row) for row in found if row[0] != "event"] == expected, (key, days)
        count = chromium.run(f"return document.querySelector('[data-count={key}]').textContent")
        assert int(count) == len(found)
    assert chromium.errors() == []


def test_an_overdue_row_appears_three_days_later(chromium: Browser, book: Books) -> None:
    card = "---\nname: Ada\nfollow_up: 2026-11-22\n---\n"
    page = build_site(book({"contacts/a.md": card}), today=TODAY).site_dir / "index.html"
    rows = "[data-rows=overdue] > li .title a"
    chromium.reset()
    chromium.on(TODAY)
    chromium.open(page.as_uri())
    assert chromium.names(rows) == []
    assert chromium.names("h1") == ["Saturday, 21 November"]
    chromium.on(TODAY + timedelta(3))
    chromium.open(page.as_uri())
    assert chromium.names(rows) == ["Ada"]
    assert chromium.names("[data-rows=overdue] .when b") == ["2 days overdue"]
    assert chromium.names("h1") == ["Tuesday, 24 November"]


def test_an_event_that_is_over_by_now_stands_among_the_past_ones(
    chromium: Browser, book: Books
) -> None:
    files = {
        "events/a.md": "---\ntitle: Walk\ndate: 2026-11-22\n---\n",
        "events/b.md": "---\ntitle: Week\ndate: 2026-11-22\nend: 2026-11-24\n---\n",
        "events/c.md": "---\ntitle: Salon\ndate: 2026-11-01\n---\n",
    }
    page = build_site(book(files), today=TODAY).site_dir / "events.html"
    ahead, past = "[data-tiles=ahead] h3", "[data-tiles=past] h3"
    chromium.reset()
    for days, coming, over in (
        (0, ["Walk", "Week"], ["Salon"]),
        (3, ["Week"], ["Walk", "Salon"]),
        (4, [], ["Week", "Walk", "Salon"]),
    ):
        chromium.on(TODAY + timedelta(days))
        chromium.open(page.as_uri())
        assert chromium.names(ahead) == coming
        assert chromium.names(past) == over
        assert chromium.names(".head .count") == [str(len(coming)), str(len(over))]


def test_a_birthday_is_never_overdue(chromium: Browser, book: Books) -> None:
    card = "---\nname: Ada\nbirthday: --11-22\n---\n"
    page = build_site(book({"contacts/a.md": card}), today=TODAY).site_dir / "contacts/a.html"
    chromium.reset()
    chromium.on(TODAY + timedelta(3))
    chromium.open(page.as_uri())
    said = chromium.names("main [data-rel]")
    assert "2 days ago" in said
    assert not [text for text in said if "overdue" in text]


def test_other_pages_count_the_days_too(chromium: Browser, book: Books) -> None:
    files = {
        "contacts/a.md": "---\nname: Ada\ntier: 15\n---\n## Log\n- 2026-11-20 call: x\n",
        "contacts/b.md": "---\nname: Bo\ncadence: 1m\n---\n",
    }
    site = build_site(book(files), today=TODAY).site_dir
    chromium.reset()
    chromium.on(TODAY + timedelta(40))
    chromium.open((site / "contacts/a.html").as_uri())
    assert chromium.names(".due [data-rel]") == ["11 days overdue", "41 days ago"]
    chromium.open((site / "contacts.html").as_uri())
    assert chromium.names("td.c-due") == ["11 days overdue", "today"]


# -- finding --------------------------------------------------------------------------------------


def type_keys(browser: Browser, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser.driver).send_keys(*keys).perform()


def press_control(browser: Browser, key: str) -> None:
    from selenium.webdriver import ActionChains

    control = "\ue009"
    ActionChains(browser.driver).key_down(control).send_keys(key).key_up(control).perform()


def find(browser: Browser, text: str) -> None:
    """Open quick find by its key, and type."""
    type_keys(browser, "/")
    wait_for(lambda: browser.names("dialog.find input") != [])
    browser.run("document.querySelector('dialog.find input').value = ''")
    type_keys(browser, text)


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
        find(browser, query)
        assert browser.names(FOUND)[:1] == [name], query
        type_keys(browser, "\ue00c")  # Escape
        wait_for(lambda: browser.names("dialog.find") == [])
    find(browser, "nobody at all")
    assert browser.names(FOUND) == []
    assert "nobody at all" in browser.names("dialog.find .said")[0]
    assert browser.errors() == []


def test_quick_find_by_keys_and_by_touch(browser: Browser, small: Path) -> None:
    browser.open((small / "contacts/c.html").as_uri())
    press_control(browser, "k")
    wait_for(lambda: browser.names("dialog.find input") != [])
    type_keys(browser, "e", "\ue015", "\ue013", "\ue007")  # down, up, Enter
    wait_for(lambda: "c.html" not in browser.driver.current_url)
    browser.width(360)
    browser.open((small / "index.html").as_uri())
    browser.run("document.querySelector('.bar [data-find]').click()")
    wait_for(lambda: browser.names("dialog.find input") != [])
    type_keys(browser, "lxz", "\ue007")
    wait_for(lambda: browser.driver.current_url.endswith("contacts/a.html"))
    assert browser.errors() == []


def test_the_table_filters_as_one_types(browser: Browser, small: Path) -> None:
    rows = "td.c-name a"
    browser.open((small / "contacts.html").as_uri())
    assert browser.names(rows) == ["Ada Lindqvist", "林晓舟", "Tomás Herrera"]
    for query, name in QUERIES:
        browser.run("document.querySelector('[name=q]').focus()")
        browser.run("document.querySelector('[name=q]').value = ''")
        type_keys(browser, query)
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
    type_keys(browser, "399")
    assert browser.names("td.c-name a") == ["Person 399"]


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
            find(browser, "alert")
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
