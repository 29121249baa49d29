"""The page of the net in headless Chromium: found, filtered, without scripts, on paper."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser
from tests.site.conftest import TODAY, Books, Site
from tests.site.picturing import Picture, wait

pytestmark = pytest.mark.browser

# -- finding and filtering ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["xia wenxi", "xwx", "夏闻溪"])
def test_search_finds_by_name_pinyin_and_initials(picture: Picture, text: str) -> None:
    assert "夏闻溪" in picture.search(text)


def test_search_picks_people_out_and_goes_to_them(picture: Picture) -> None:
    assert picture.search("isak") == ["Isak Nordhaug"]
    assert picture.browser.run("return renmai.draw.state.lit.reduce((a, b) => a + b)") == 1
    picture.press("Enter")
    assert picture.active == "isak-nordhaug"
    assert picture.browser.run("return renmai.draw.state.lit") is None


def test_search_says_when_nobody_fits(picture: Picture) -> None:
    assert picture.search("qqqqq") == []
    assert picture.browser.names("[data-net-said]") == ["Nobody here fits."]


def test_weak_ties_are_hidden(picture: Picture) -> None:
    said = "return document.querySelector('[data-net-told]').textContent"
    whole = picture.browser.run(said)
    picture.browser.run(
        "const slider = document.querySelector('[data-net-least]'); slider.value = slider.max;"
        "slider.dispatchEvent(new Event('input'))"
    )
    assert picture.browser.run(said) != whole
    assert picture.browser.run("return renmai.draw.state.least === Math.max(...renmai.net.weight)")


def test_the_legend_tells_the_colours_and_picks_out(picture: Picture) -> None:
    circles = picture.browser.names(".net-key")
    assert len(circles) > 8
    picture.browser.run("document.querySelector('.net-key').click()")
    lit = picture.browser.run("return renmai.draw.state.lit.reduce((a, b) => a + b)")
    assert 1 < lit < 10
    picture.browser.run("document.querySelector('.net-key').click()")
    assert picture.browser.run("return renmai.draw.state.lit") is None
    picture.browser.run("document.querySelector('[name=net-colour][value=warmth]').click()")
    assert len(picture.browser.names(".net-key")) in (4, 5)


# -- for everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_bars_anybody(browser: Browser, site: Site, theme: str, width: int) -> None:
    browser.theme(theme)
    browser.width(width)
    picture = Picture(browser, site[1].as_uri())
    assert browser.violations() == []
    assert not browser.is_sideways()
    browser.run("document.querySelector('.net-list').open = true")
    picture.focus()
    picture.search("a")
    assert browser.violations() == []
    browser.open(f"{site[1].as_uri()}/contacts/isak-nordhaug.html")
    assert browser.run("return document.querySelectorAll('.near-net a').length") > 3
    assert browser.violations() == []


def test_the_near_net_leads_on_without_scripts(browser: Browser, here: Path) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{here.as_uri()}/contacts/isak-nordhaug.html")
    links = browser.driver.find_elements("css selector", ".near-net a")
    assert len(links) > 3
    links[0].click()
    wait(lambda: "isak" not in browser.driver.current_url)


def test_the_list_is_there_without_scripts(browser: Browser, here: Path) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(f"{here.as_uri()}/network.html")
    assert not browser.driver.find_element("css selector", "[data-net]").is_displayed()
    browser.driver.find_element("css selector", ".net-list summary").click()
    assert "Isak Nordhaug" in browser.driver.find_element("css selector", ".net-list").text


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"contacts/wen.md": "---\nname: Wen\nme: yes\n---\n"},
        {"contacts/a.md": "---\nname: Ann\n---\n"},
        {
            "contacts/a.md": "---\nname: Ann\n---\n",
            "contacts/b.md": "---\nname: Bo\nme: yes\n---\n",
        },
    ],
)
def test_a_net_of_few_or_none(browser: Browser, book: Books, files: dict[str, str]) -> None:
    folder = build_site(book(files), today=TODAY).site_dir
    browser.open(f"{folder.as_uri()}/network.html")
    assert browser.errors() == []
    if "contacts/a.md" in files:
        wait(lambda: browser.run("return renmai.draw.state.drawn"))
        names = browser.run("return renmai.draw.state.names.length")
        assert names == len(files)


def test_it_prints_light_and_sharp_with_its_list(browser: Browser, here: Path) -> None:
    browser.theme("dark")
    picture = Picture(browser, here.as_uri())
    browser.run(
        "addEventListener('beforeprint', () => { const { canvas, state } = renmai.draw;"
        "const sharp = Math.round(canvas.width / state.width);"
        "window.printed = [document.documentElement.dataset.theme, sharp] })"
    )
    made = browser.command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
    assert browser.run("return window.printed") == ["light", 3]
    picture.wait("return renmai.draw.canvas.width / renmai.draw.state.width < 3")
    assert browser.run("return document.documentElement.dataset.theme") is None
    printed = base64.b64decode(made["data"])
    assert b"/Subtype /Image" in printed
    # The picture, then the list.
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 5
