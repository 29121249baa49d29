"""What a browser shows of the served site when the book changes, in headless Chromium."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from renmai.site.serve import Served
from renmai.site.server import Server
from renmai.site.statics import asset
from renmai.site.wish import Wish
from tests.site.browsing import Browser
from tests.site.conftest import SETTINGS, TODAY, Books, copy_example
from tests.site.test_find_browser import FOUND
from tests.site.test_serve import OURS, free_port, running, wait_for

pytestmark = pytest.mark.browser

LOG = "## Log\n" + "".join(f"- 2025-{month:02}-01 call: talk {month}\n" for month in range(1, 13))
CARD = "---\nname: Ada\nemails: [ada@example.com]\n---\n" + "A long note.\n\n" * 80 + LOG


@contextmanager
def serving(root: Path, *day: str) -> Iterator[str]:
    """The address at which a book is served."""
    port = free_port()
    with running([sys.executable, "-c", OURS, str(root), str(port), *day], root, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def cards(book: Books) -> Callable[..., Path]:
    """Writes a book of contacts that have nothing but a name."""
    return lambda *names: book({f"contacts/{name}.md": named(name) for name in names})


def named(name: str, rest: str = "") -> str:
    return f"---\nname: {name}\n{rest}---\n"


def text_of(browser: Browser) -> str:
    text: str = browser.run("return document.body ? document.body.innerText : ''")
    return text


def write(file: Path, text: str) -> None:
    """Save as editors do: a new file takes the place of the old one."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def mark(browser: Browser) -> None:
    """Leave something in the open document that is gone when it is loaded anew."""
    browser.run("window.mark = true")


def is_marked(browser: Browser) -> bool:
    marked: bool = browser.run("return window.mark === true")
    return marked


def test_the_open_page_shows_what_was_saved(browser: Browser, book: Books) -> None:
    root = book({"contacts/a.md": CARD, "contacts/b.md": named("Ben", "city: Rome\n")})
    file = root / "contacts/a.md"
    with serving(root) as address:
        browser.open(f"{address}/contacts/a.html")
        browser.run("scrollTo(0, 700)")
        mark(browser)
        write(file, CARD.replace("Ada", "Grace"))
        wait_for(lambda: "Grace" in text_of(browser))
        wait_for(lambda: browser.run("return Math.abs(scrollY - 700) < 2"))
        assert "Grace" in browser.driver.title
        assert is_marked(browser)

        write(file, "---\nname: [\n---\n")
        wait_for(lambda: browser.names(".served-problem") != [])
        assert browser.names(".served-problem")[0].startswith("contacts/a.md:")
        write(file, CARD.replace("Ada", "Hopper"))
        wait_for(lambda: "Hopper" in text_of(browser))
        assert browser.names(".served-problem") == []
        # That the page of a broken file is not there is all that the console may tell.
        assert not [error for error in browser.errors() if "404" not in error]


def test_mkdocs_serve_shows_what_was_saved(browser: Browser, book: Books) -> None:
    root = book({"mkdocs.yml": SETTINGS + "docs_dir: events\n", "contacts/a.md": CARD})
    (root / "events").mkdir()
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"]
    with running(command, root, port):
        browser.open(f"http://127.0.0.1:{port}/contacts/a.html")
        browser.run("scrollTo(0, 700)")
        write(root / "contacts/a.md", CARD.replace("Ada", "Grace"))
        wait_for(lambda: "Grace" in text_of(browser))
        wait_for(lambda: browser.run("return Math.abs(scrollY - 700) < 2"))


def test_what_was_typed_and_unfolded_stays(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben", "Cleo")

    def field() -> Any:
        return browser.run(
            "const field = document.querySelector('main input[type=search]');"
            "return [field.value, document.activeElement === field]"
        )

    with serving(root) as address:
        browser.open(f"{address}/contacts.html")
        browser.run(
            "const field = document.querySelector('main input[type=search]'); field.focus();"
            "field.value = 'be'; field.dispatchEvent(new Event('input', { bubbles: true }));"
        )
        wait_for(lambda: "Ada" not in text_of(browser))
        write(root / "contacts/Ben.md", named("Benno"))
        wait_for(lambda: "Benno" in text_of(browser))
        wait_for(lambda: "Ada" not in text_of(browser))
        assert field() == ["be", True]


def test_focus_and_selection_stay(browser: Browser, book: Books) -> None:
    root = book({"contacts/a.md": CARD, "contacts/b.md": named("Ben")})
    with serving(root) as address:
        browser.open(f"{address}/contacts/a.html")
        mark(browser)
        browser.run(
            "document.querySelector('main a, main button').focus();"
            "window.focused = document.activeElement;"
            "getSelection().selectAllChildren(document.querySelector('main h1'));"
        )
        write(
            root / "contacts/a.md", CARD.replace("A long note.", "Note.", 1) + "- 2026-01-01 call\n"
        )
        wait_for(lambda: "Note." in text_of(browser))
        assert is_marked(browser)
        assert browser.run("return document.activeElement === window.focused")
        assert browser.run("return getSelection().toString()") == "Ada"


def test_what_is_wrong_is_shown_and_goes_away(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben")
    with serving(root) as address:
        browser.open(f"{address}/contacts/Ada.html")
        mark(browser)
        write(root / "contacts/Ben.md", "---\nname: [\n---\n")
        wait_for(lambda: browser.names(".served-problem") != [])
        wait_for(lambda: browser.names(".rail [data-problems]") == ["1"])
        write(root / "contacts/Ben.md", named("Ben"))
        wait_for(lambda: browser.names(".served-problem") == [])
        wait_for(lambda: browser.names(".rail [data-problems]") == [])
        assert is_marked(browser)
        assert browser.errors() == []


def test_quick_find_finds_who_was_just_added(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben")
    with serving(root) as address:
        browser.open(f"{address}/contacts/Ada.html")
        mark(browser)
        browser.find("be")
        wait_for(lambda: browser.names(FOUND) == ["Ben"])
        browser.type("\ue00c")  # Escape
        write(root / "contacts/Ben.md", named("Benno"))
        write(root / "contacts/Bea.md", named("Bea"))

        def finds() -> bool:
            browser.find("be")
            found = sorted(browser.names(FOUND))
            browser.type("\ue00c")
            return found == ["Bea", "Benno"]

        wait_for(finds)
        assert is_marked(browser)
        assert browser.errors() == []


def test_buttons_of_a_new_part_of_the_page_work(browser: Browser, cards: Any) -> None:
    root = cards("Ada")
    with serving(root) as address:
        allowed = {"permissions": ["clipboardReadWrite"], "origin": address}
        browser.command("Browser.grantPermissions", **allowed)
        browser.open(f"{address}/contacts/Ada.html")
        mark(browser)
        write(root / "contacts/Ada.md", named("Ada", "wechat: ada_w\n"))
        wait_for(lambda: browser.names("main [data-copy]") != [])
        browser.run("document.querySelector('main [data-copy]').click()")
        wait_for(lambda: any("ada_w" in said for said in browser.names(".said-copied")))
        assert is_marked(browser)


def test_two_quick_edits(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben")
    with serving(root) as address:
        browser.open(f"{address}/contacts/Ada.html")
        for number in range(12):
            write(root / "contacts/Ada.md", named("Ada") + f"Version {number} of the note.\n")
            if number % 3:
                wait_for(lambda: "Version" in text_of(browser))
        wait_for(lambda: "Version 11 of the note." in text_of(browser))


def test_the_page_of_a_record_that_is_removed(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben")
    with serving(root) as address:
        browser.open(f"{address}/contacts/Ada.html")
        (root / "contacts/Ada.md").unlink()
        wait_for(lambda: "Ada" not in text_of(browser))
        assert browser.driver.current_url.endswith("/contacts/Ada.html")
        write(root / "contacts/Ada.md", named("Ada"))
        wait_for(lambda: "Ada" in text_of(browser))


def test_other_settings_are_another_frame(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    with serving(root) as address:
        browser.open(f"{address}/contacts/Ada.html")
        write(root / "mkdocs.yml", settings.replace("Test", "Another name"))
        wait_for(lambda: browser.names(".brand span:last-child") == ["Another name"])


def test_the_picture_of_the_net_is_drawn_again(browser: Browser, cards: Any) -> None:
    root = cards("Ada", "Ben")
    with serving(root) as address:
        browser.open(f"{address}/network.html")
        drawn = "return Boolean(window.renmai?.draw?.state.drawn) && window.renmai.net.names.join()"
        wait_for(lambda: browser.run(drawn) == "Ada,Ben")
        write(root / "contacts/Cleo.md", named("Cleo"))
        wait_for(lambda: browser.run(drawn) == "Ada,Ben,Cleo")
        assert browser.errors() == []


def test_a_page_outlives_its_server(browser: Browser, cards: Any) -> None:
    root, port = cards("Ada"), free_port()
    command = [sys.executable, "-c", OURS, str(root), str(port)]
    with running(command, root, port):
        browser.open(f"http://127.0.0.1:{port}/contacts/Ada.html")
        for number in range(3):
            write(root / "contacts/Ada.md", named("Ada") + f"Version {number}.\n")
            wait_for(lambda number=number: f"Version {number}." in text_of(browser))
    write(root / "contacts/Ada.md", named("Ada") + "Written in between.\n")
    with running(command, root, port):
        wait_for(lambda: "Written in between." in text_of(browser))


# -- one tree becomes another ----------------------------------------------------------------------

#: Makes trees at random, has each become the next, and answers with those that did not.
BECOMING = """
let seed = 7;
const pick = (n) => (seed = (seed * 48271) % 2147483647) % n;
const template = document.createElement("template");
function tree(depth) {
  const kinds = ["p", "div", "li", "template", "svg", "#"];
  const kind = depth ? kinds[pick(kinds.length)] : "#";
  if (kind === "#") return ["one", "two", "&lt;p&gt;", "<!--note-->"][pick(4)];
  const attributes = ["", ' class="a"', ' class="b" title="t"', ' id="x"', " hidden"][pick(5)];
  return `<${kind}${attributes}>${branches(depth - 1)}</${kind}>`;
}
const branches = (depth) => Array.from({ length: pick(5) }, () => tree(depth)).join("");
function made(source) {
  template.innerHTML = `<main>${source}</main>`;
  return template.content.firstChild;
}
const failed = [];
let shown = made("");
for (let n = 0; n < 400; n++) {
  const place = ["one", "two", "<p", "</div>"][pick(4)];
  const source = n % 3 ? branches(4) : shown.innerHTML.replace(place, "three<b>4</b>$&");
  window.renmai.become(shown, made(source));
  shown.normalize();
  const now = made(source);
  now.normalize();
  if (!shown.isEqualNode(now) || shown.textContent !== now.textContent) failed.push(source);
}
return failed;
"""


def test_any_tree_becomes_any_other(browser: Browser) -> None:
    browser.run(f"window.renmai = {{}}; {asset('become.js')}")
    assert browser.run(BECOMING) == []


@pytest.mark.parametrize(
    ("old", "now", "stay"),
    [
        ("<p>a</p>\n<p>b</p>", "<p>new</p>\n<p>a</p>\n<p>b</p>", ["a", "b"]),
        ("<p>a</p>\n<p>b</p>\n<p>c</p>", "<p>a</p>\n<p>c</p>", ["a", "c"]),
        ("<p>a</p>\n<p>b</p>\n<p>c</p>", "<p>new</p>\n<p>a</p>\n<p>B</p>\n<p>c</p>", ["a", "c"]),
        ("<ul><li>a</li></ul><p>b</p>", "<ul><li>x</li><li>a</li></ul><p>B</p>", ["a"]),
        ("<template><i>a</i></template><p>b</p>", "<template><i>A</i></template><p>b</p>", ["b"]),
    ],
)
def test_what_is_the_same_stays(browser: Browser, old: str, now: str, stay: list[str]) -> None:
    browser.run(f"window.renmai = {{}}; {asset('become.js')}")
    found = browser.run(
        "const made = (text) => Object.assign(document.createElement('main'), { innerHTML: text });"
        "const [old, now] = [...arguments].map(made);"
        "const leaves = [...old.querySelectorAll('p, li')];"
        "window.renmai.become(old, now);"
        "const stayed = leaves.filter((leaf) => old.contains(leaf));"
        "return [old.innerHTML, stayed.map((leaf) => leaf.textContent)];",
        old,
        now,
    )
    assert found[0] == now
    assert set(stay) <= set(found[1])


# -- a page in place is the page that one would open ---------------------------------------------

#: Pages of the example book, by how many days after the build they are read.
PAGES = {
    0: ("contacts/amara-nwosu-reid.html", "introductions.html", "influence.html"),
    3: ("index.html", "events.html", "events/waterwatch-summit.html"),
}

#: What is done to the example book: in which file, what for what; groups of changes.
CHANGES = (
    (
        ("contacts/work/amara-nwosu-reid.md", "name: ", "name: Dr "),
        (
            "contacts/work/amara-nwosu-reid.md",
            "## Log\n",
            "## Log\n\n- 2026-11-18 call: [[bai-weiran]]\n",
        ),
        ("contacts/work/amara-nwosu-reid.md", "date: 2026-11-17", "date: 2026-11-22"),
    ),
    (
        (
            "contacts/new.md",
            "",
            named("Newcomer", "tier: 5\nmet: {through: '[[amara-nwosu-reid]]'}\n"),
        ),
        ("contacts/work/bai-weiran.md", "circles: work", "circles: [work, town]"),
        ("events/waterwatch-summit.md", "date: ", "date: 2026-11-22 # "),
        ("events/long-table-coming.md", "title: ", "title: The "),
    ),
    (
        ("events/waterwatch-summit.md", "date: 2026-11-22 # ", "date: "),
        ("communities/small-waters.md", "name: ", "name: The "),
        ("contacts/new.md", "tier: 5", "tier: ["),
    ),
)

#: The body as it is, but for what is made when it is first wanted.
SOURCE = """
const body = document.body.cloneNode(true);
for (const made of body.querySelectorAll("body > .said-copied, dialog")) made.remove();
// Attributes come in whatever order they were set.
function sort(root) {
  for (const element of root.querySelectorAll("*")) {
    const pairs = [...element.attributes].map(({ name, value }) => [name, value]).sort();
    for (const [name] of pairs) element.removeAttribute(name);
    for (const [name, value] of pairs) element.setAttribute(name, value);
    if (element.content) sort(element.content);
  }
}
sort(body);
return body.outerHTML;
"""

#: Counts how often the open page has taken up the book as it then was.
COUNT = "window.books = 0; document.addEventListener('renmai:book', () => window.books++);"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """The example book as it is served in this process: built when it is told to."""
    (tmp_path / "book").mkdir()
    (tmp_path / "site").mkdir()
    root = copy_example(tmp_path / "book")
    served = Served(root, tmp_path / "site", Wish(TODAY), print)
    served.build()
    server = Server("127.0.0.1", 0, tmp_path / "site")
    server.start()
    served.on_shown = server.show
    yield served, server.address
    server.close()


@pytest.mark.parametrize("later", PAGES)
def test_in_place_is_as_opened(browser: Browser, kept: Any, later: int) -> None:
    """Each page after some changes is, to the last byte, what a browser makes of it on opening it.

    On the day of the build, and on another, when scripts have arranged the page.
    """
    served, address = kept
    browser.on(TODAY + timedelta(later))
    for page in PAGES[later]:
        undo: dict[Path, str] = {}
        for group in CHANGES:
            browser.open(address + page)
            browser.run(COUNT)
            for number, (path, what, instead) in enumerate(group):
                file = served.root / path
                text = file.read_text("utf-8") if file.exists() else ""
                undo.setdefault(file, text)
                assert what in text
                file.write_text(text.replace(what, instead, 1), "utf-8")
                assert served.refresh()
                wait_for(lambda number=number: browser.run("return window.books") == number + 1)
            source = browser.run(SOURCE)
            browser.open(address + page)
            assert browser.run(SOURCE) == source, page
        for file, text in undo.items():
            file.write_text(text, "utf-8") if text else file.unlink()
        served.refresh()
    assert browser.errors() == []


def test_folds_stay_as_the_reader_left_them(browser: Browser, kept: Any) -> None:
    served, address = kept
    browser.open(f"{address}influence.html")
    folds = "return [...document.querySelectorAll('main details')].map((fold) => fold.open)"
    browser.run(
        COUNT + "for (const fold of document.querySelectorAll('main details')) fold.open ^= 1"
    )
    before = browser.run(folds)
    file = served.root / "contacts/work/amara-nwosu-reid.md"
    file.write_text(file.read_text("utf-8") + "\n- 2026-11-18 helped: a budget\n", "utf-8")
    assert served.refresh()
    wait_for(lambda: browser.run("return window.books") == 1)
    assert len(before) > 1
    assert browser.run(folds) == before
