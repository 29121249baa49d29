"""An event in headless Chromium: on paper, the message to copy, the next one on a later day."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser, served
from tests.site.conftest import TODAY, Books, Site
from tests.site.test_serve import wait_for

pytestmark = pytest.mark.browser

#: Paper, in inches.
SIZES = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}

#: Pages of the example book with something that stands on no page of another kind.
PAGES = (
    *("events/waterwatch-summit", "events/lantern-row-evening", "events/long-table-coming"),
    *("events/long-table-bread", "events/harbour-open-day", "communities/next-step"),
    *("communities/alumni-board", "contacts/rosalind-verhage", "contacts/isak-nordhaug"),
)


def sheets(browser: Browser, size: str) -> int:
    """How many sheets the open page prints on."""
    width, height = SIZES[size]
    made = browser.command("Page.printToPDF", paperWidth=width, paperHeight=height)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", base64.b64decode(made["data"])))


def event(people: int, text: str, name: str = "P{n}") -> str:
    """A coming event with so many targets, each field of which is `text`."""
    known = "".join(f"\n    {key}: {text}" for key in ("does", "challenge", "value", "recognise"))
    who = "".join(f"\n  - who: {name.format(n=n)}\n    target: yes{known}" for n in range(people))
    return f"---\ntitle: {text}\ndate: 2026-12-01\nplace: {text}\ngoal: {text}\npeople:{who}\n---\n"


LONG = {
    "en": "two years of letters to the whole trade and nobody who would test them outside, " * 4,
    "zh": "两年来一直在找愿意风雨无阻在野外试用、并且老老实实写下哪里坏了的人，" * 6,
}


# -- on paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_the_events_of_the_example_print_on_one_sheet(
    browser: Browser, site: Site, size: str
) -> None:
    pages = sorted((site[1] / "events").glob("*.html"))
    found = {}
    for page in pages:
        browser.open(page.as_uri())
        found[page.stem] = sheets(browser, size)
    assert len(found) == 10
    assert set(found.values()) == {1}, found


@pytest.mark.parametrize("language", LONG)
def test_the_brief_is_one_sheet_or_two(browser: Browser, book: Books, language: str) -> None:
    names = {f"contacts/p{n}.md": f"---\nname: {LONG[language]}\n---\n" for n in range(10)}
    root = book(
        {
            "events/five.md": event(5, "builds small boats"),
            "events/ten.md": event(10, LONG[language], "p{n}"),
            "events/twenty.md": event(20, LONG[language]),
            "events/none.md": event(0, LONG[language]),
        }
        | names
    )
    site = build_site(root, today=TODAY, language=language).site_dir
    for page, most in (("five", 1), ("ten", 2), ("twenty", 2), ("none", 1)):
        browser.open((site / f"events/{page}.html").as_uri())
        for size in SIZES:
            assert sheets(browser, size) <= most, (page, size)


def test_what_is_on_paper(browser: Browser, site: Site) -> None:
    address = site[1].as_uri()
    browser.open(f"{address}/events/lantern-row-evening.html")
    headings = {"en": "Four questions for every talk", "zh": "每次聊天的四个问题"}
    assert headings[site[0]] not in browser.names("h2")
    assert browser.names(".ruled i") == []
    browser.command("Emulation.setEmulatedMedia", media="print")
    assert headings[site[0]] in browser.names("h2")
    assert len(browser.names(".questions li")) == 4
    assert len(browser.names(".ruled i")) == 15
    assert browser.names("h1, .targets h3 a") == [
        "Lantern Row, an open evening",
        "Rosalind Verhage",
    ]
    assert len(browser.names(".targets dt")) == 4
    for selector in (".strip", ".phases", ".chips", ".btns", "aside", ".known", ".rail", ".bar"):
        assert browser.names(selector) == [], selector
    photo = "return document.querySelector('.targets img').naturalWidth"
    assert browser.run(photo) > 0
    colours = "const s = getComputedStyle(document.body); return s.backgroundColor + s.color"
    light = browser.run(colours)
    browser.command(
        "Emulation.setEmulatedMedia",
        media="print",
        features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )
    assert browser.run(colours) == light
    # What nobody knows yet has a line to write it on.
    browser.open(f"{address}/events/field-methods-week.html")
    assert len(browser.names(".targets .blank dd")) == 3


def test_a_button_prints_what_is_ahead(browser: Browser, site: Site) -> None:
    address = site[1].as_uri()
    browser.before_pages("window.printed = 0; window.print = () => (window.printed += 1);")
    browser.open(f"{address}/events/lantern-row-evening.html")
    browser.run("document.querySelector('[data-print]').click()")
    assert browser.run("return window.printed") == 1
    for page in ("waterwatch-summit", "harbour-open-day"):
        browser.open(f"{address}/events/{page}.html")
        assert browser.names("[data-print]") == []
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{address}/events/lantern-row-evening.html")
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.names("[data-print]") == []


# -- the message ----------------------------------------------------------------------------------

DRAFT = "details.draft"
COPY = f"{DRAFT} [data-copies]"
#: Notes what is put on the clipboard by way of a field.
NOTE_COPY = "addEventListener('copy', (e) => (window.copied = e.target.value));"


def press(browser: Browser) -> None:
    """Unfold the first message and press its button, as a hand does."""
    for selector in (f"{DRAFT} summary", COPY):
        browser.driver.find_element("css selector", selector).click()


def letter(browser: Browser) -> str:
    texts = browser.run(
        f"return [...document.querySelectorAll('{DRAFT}:first-of-type .letter')]"
        ".slice(0, 1).flatMap((letter) => [...letter.querySelectorAll('p')])"
        ".map((p) => p.textContent)"
    )
    return "\n\n".join(texts)


def test_a_message_is_copied(browser: Browser, site: Site) -> None:
    with served(site[1]) as address:
        browser.command(
            "Browser.grantPermissions", permissions=["clipboardReadWrite"], origin=address
        )
        browser.open(f"{address}/events/waterwatch-summit.html")
        assert browser.names(COPY) == []  # folded away
        press(browser)
        wait_for(lambda: browser.names(".said-copied") != [""])
        said = browser.names(".said-copied")
        clipboard = browser.driver.execute_async_script(
            "navigator.clipboard.readText().then(arguments[0])"
        )
        assert clipboard.replace("\r\n", "\n") == letter(browser)
    assert said == [{"en": "Copied", "zh": "已复制"}[site[0]]]
    assert clipboard.count("\n\n") == 5
    assert "+1 555 0142" in clipboard
    assert browser.errors() == []


def test_without_the_clipboard_a_field_serves(browser: Browser, site: Site) -> None:
    browser.before_pages(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });" + NOTE_COPY
    )
    browser.open(f"{site[1].as_uri()}/events/waterwatch-summit.html")
    press(browser)
    wait_for(lambda: browser.run("return window.copied"))
    assert browser.run("return window.copied") == letter(browser)
    assert browser.run("return document.querySelectorAll('textarea').length") == 0
    assert browser.errors() == []


def test_where_nothing_can_copy_the_text_is_selected(browser: Browser, site: Site) -> None:
    browser.before_pages(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "Document.prototype.execCommand = () => false;"
    )
    browser.open(f"{site[1].as_uri()}/events/waterwatch-summit.html")
    press(browser)
    wait_for(lambda: browser.run("return String(getSelection())"))
    selected = browser.run("return String(getSelection())")
    assert re.sub(r"\s+", "", selected) == re.sub(r"\s+", "", letter(browser))
    assert "Ctrl+C" in browser.names(".said-copied")[0]


def test_without_scripts_the_text_stands_there(browser: Browser, site: Site) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{site[1].as_uri()}/events/waterwatch-summit.html")
    browser.driver.find_element("css selector", f"{DRAFT} summary").click()
    browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert len(browser.names(f"{DRAFT}[open] .letter p")) == 6
    assert browser.names(COPY) == []


# -- on a later day -------------------------------------------------------------------------------


def test_the_next_event_moves_on(browser: Browser, site: Site) -> None:
    index = (site[1] / "index.html").as_uri()
    names = {0: ["晨间测溪 Morning creek count", "The Long Table, a quiet one 长桌·小声一点"]}
    names[8] = [names[0][1], "Lantern Row, an open evening"]
    names[9] = names[8][1:]
    names[13] = ["Field Methods Week 野外方法周"]
    names[63] = []  # all that is in the book is over
    for days, expected in names.items():
        browser.on(TODAY + timedelta(days))
        browser.open(index)
        assert browser.names("[data-next] h3") == expected, days
    assert browser.names("#s-next") == []


# -- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_anybody(browser: Browser, site: Site, theme: str) -> None:
    browser.theme(theme)
    found = []
    for page in PAGES:
        for width in (1280, 360):
            browser.width(width)
            browser.open(f"{site[1].as_uri()}/{page}.html")
            browser.run(
                "for (const one of document.querySelectorAll('main details')) one.open = true"
            )
            assert not browser.is_sideways(), page
            found += [(page, width, *one) for one in browser.violations()]
    assert found == []
