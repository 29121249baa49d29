"""The picture of the net in headless Chromium: drawn, searched, pointed at, walked by keyboard."""

from __future__ import annotations

import base64
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from renmai.site.build import build_site
from tests.site.browsing import Browser, served
from tests.site.conftest import TODAY, Books, Site

pytestmark = pytest.mark.browser

#: The number of the person whose page has a name.
NUMBER = "renmai.net.pages.indexOf(arguments[0])"


@pytest.fixture(scope="module")
def here(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example book, in English."""
    place = tmp_path_factory.mktemp("net") / "site"
    shutil.copytree(build_site(example, today=TODAY, language="en").site_dir, place)
    return place


class Picture:
    """The open page of the net."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        browser.open(f"{address}/network.html")
        self.wait("return renmai.draw.state.drawn")

    def wait(self, script: str, *args: Any) -> Any:
        """What a script says, once it says something."""
        return wait(lambda: self.browser.run(script, *args))

    @property
    def view(self) -> dict[str, float]:
        found: dict[str, float] = self.browser.run("return renmai.draw.state.view")
        return found

    @property
    def active(self) -> str:
        """The page of whoever is pointed at; empty for nobody."""
        found: str = self.browser.run("return renmai.net.pages[renmai.draw.state.active] || ''")
        return found

    def place(self, page: str) -> tuple[float, float]:
        """Where on the screen somebody stands."""
        x, y = self.browser.run(
            f"const i = {NUMBER}, box = renmai.draw.canvas.getBoundingClientRect();"
            "return [renmai.draw.screenX(i) + box.left, renmai.draw.screenY(i) + box.top]",
            page,
        )
        return x, y

    def mouse(self, kind: str, x: float, y: float, **more: Any) -> None:
        self.browser.command("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def press(self, key: str, **more: Any) -> None:
        self.browser.command("Input.dispatchKeyEvent", type="keyDown", key=key, **more)
        self.browser.command("Input.dispatchKeyEvent", type="keyUp", key=key)

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, x, y, button="left", clickCount=1)

    def focus(self) -> None:
        """Come to the picture by keyboard."""
        self.browser.run("document.querySelector('[data-net-least]').focus()")
        self.press("Tab", code="Tab", windowsVirtualKeyCode=9)
        self.wait("return document.activeElement === renmai.draw.canvas")

    def search(self, text: str) -> list[str]:
        """The names that are offered for a text."""
        self.browser.run(
            "const field = document.querySelector('[data-net-find]'); field.focus();"
            "field.value = arguments[0]; field.dispatchEvent(new Event('input'))",
            text,
        )
        self.wait(
            "return window.renmai.match && document.querySelector('[data-net-said]').textContent"
        )
        return self.browser.names("[data-net-found] b")


def wait(what: Callable[[], Any]) -> Any:
    """What a function says, once it says something."""
    for _ in range(100):
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("nothing came")


@pytest.fixture
def picture(browser: Browser, here: Path) -> Picture:
    return Picture(browser, here.as_uri())


def at(browser: Browser) -> str:
    """The name of the open page."""
    path: str = browser.run("return location.pathname")
    return path.rpartition("/")[2]


# -- drawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["file", "http"])
def test_it_is_drawn_without_errors_and_requests(browser: Browser, here: Path, place: str) -> None:
    if place == "file":
        picture = Picture(browser, here.as_uri())
    else:
        with served(here) as address:
            picture = Picture(browser, address)
            assert browser.hosts() <= {address.split("/")[2]}
    browser.run("document.querySelector('[data-theme-toggle]').click()")
    assert picture.browser.errors() == []


def test_names_stand_beside_people_and_not_over_one_another(picture: Picture) -> None:
    names = picture.browser.run("return renmai.draw.state.names.map((i) => renmai.net.names[i])")
    assert len(names) > 20
    assert names[0] == "夏闻溪"
    assert len(set(names)) == len(names)


SHADES = """
const { canvas } = renmai.draw, seen = new Set();
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
for (let k = 0; k < data.length; k += 4) {
  if (data[k + 3] === 255) seen.add((data[k] << 16) | (data[k + 1] << 8) | data[k + 2]);
}
return seen.size;
"""


def test_it_is_painted_in_the_colours_of_the_theme(browser: Browser, here: Path) -> None:
    # From a folder, a photo on it would keep the canvas from being read.
    with served(here) as address:
        picture = Picture(browser, address)
        assert browser.run(SHADES) > 50
        colour = "return renmai.draw.colourOf(renmai.net.me)"
        light = browser.run(colour)
        browser.run("document.querySelector('[data-theme-toggle]').click()")
        picture.wait(f"{colour} !== arguments[0]", light)


def test_large_screens_of_pixels_are_drawn_sharp(browser: Browser, here: Path) -> None:
    metrics = {"width": 1280, "height": 800, "deviceScaleFactor": 2, "mobile": False}
    browser.command("Emulation.setDeviceMetricsOverride", **metrics)
    Picture(browser, here.as_uri())
    wide, shown = browser.run(
        "const { canvas } = renmai.draw; return [canvas.width, canvas.clientWidth]"
    )
    assert wide == 2 * shown


# -- the hand -------------------------------------------------------------------------------------


def test_pointing_shows_who_it_is(picture: Picture) -> None:
    picture.mouse("mouseMoved", *picture.place("isak-nordhaug"))
    picture.wait("return !document.querySelector('[data-net-card]').hidden")
    assert picture.browser.names("[data-net-card] a") == ["Isak Nordhaug"]
    assert len(picture.browser.names("[data-net-card] li")) == 4
    picture.mouse("mouseMoved", 5, 5)
    picture.wait("return document.querySelector('[data-net-card]').hidden")


def test_a_click_opens_the_card(picture: Picture) -> None:
    place = picture.place("isak-nordhaug")
    picture.mouse("mouseMoved", *place)
    picture.click(*place)
    wait(lambda: at(picture.browser) == "isak-nordhaug.html")


def test_dragging_moves_and_opens_nothing(picture: Picture) -> None:
    before, (x, y) = picture.view, picture.place("isak-nordhaug")
    picture.mouse("mousePressed", x, y, button="left", clickCount=1)
    for step in range(1, 6):
        picture.mouse("mouseMoved", x + 10 * step, y - 4 * step, button="left", buttons=1)
    picture.mouse("mouseReleased", x + 50, y - 20, button="left", clickCount=1)
    after = picture.view
    assert after["x"] == pytest.approx(before["x"] - 50 / before["s"])
    assert after["y"] == pytest.approx(before["y"] + 20 / before["s"])
    assert at(picture.browser) == "network.html"


def test_the_wheel_zooms_where_the_pointer_is(picture: Picture) -> None:
    x, y = picture.place("isak-nordhaug")
    before = picture.view
    picture.mouse("mouseWheel", x, y, deltaX=0, deltaY=-240)
    picture.wait("return renmai.draw.state.view.s > arguments[0]", before["s"])
    assert picture.place("isak-nordhaug") == pytest.approx((x, y), abs=0.5)


def test_buttons_zoom_and_show_all(picture: Picture) -> None:
    home = picture.view
    press = "document.querySelector('[data-net-zoom=' + arguments[0] + ']').click()"
    picture.browser.run(press, "in")
    picture.wait("return renmai.draw.state.view.s > 1.5 * arguments[0]", home["s"])
    picture.browser.run(press, "fit")
    picture.wait("return renmai.draw.state.view.s === arguments[0]", home["s"])
    assert picture.view == pytest.approx(home)


def test_a_finger_shows_first_and_opens_then(browser: Browser, here: Path) -> None:
    browser.command("Emulation.setTouchEmulationEnabled", enabled=True)
    browser.width(360)
    picture = Picture(browser, here.as_uri())

    def tap(x: float, y: float) -> None:
        browser.command(
            "Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}]
        )
        browser.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    tap(*picture.place("wenxi"))
    picture.wait("return !document.querySelector('[data-net-card]').hidden")
    assert at(browser) == "network.html"
    tap(*picture.place("wenxi"))
    wait(lambda: at(browser) == "wenxi.html")


def test_two_fingers_zoom(browser: Browser, here: Path) -> None:
    browser.command("Emulation.setTouchEmulationEnabled", enabled=True)
    browser.width(360)
    picture = Picture(browser, here.as_uri())
    before = picture.view["s"]
    for kind, apart in (
        ("touchStart", 40),
        ("touchMove", 60),
        ("touchMove", 90),
        ("touchMove", 120),
    ):
        points = [{"x": 180 - apart, "y": 420, "id": 0}, {"x": 180 + apart, "y": 420, "id": 1}]
        browser.command("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    browser.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    assert picture.view["s"] > 1.5 * before


# -- keys -----------------------------------------------------------------------------------------


def test_arrows_go_from_one_to_the_next(picture: Picture) -> None:
    picture.focus()
    assert picture.active == "wenxi"
    picture.press("ArrowRight")
    right = picture.active
    assert right not in ("", "wenxi")
    assert picture.place(right)[0] > picture.place("wenxi")[0]
    said = picture.browser.run("return document.querySelector('[data-net-said]').textContent")
    name = picture.browser.run(f"return renmai.net.names[{NUMBER}]", right)
    assert name in said
    picture.press("Enter")
    wait(lambda: at(picture.browser).removesuffix(".html") in right)


def test_everybody_can_be_reached_by_arrows(picture: Picture) -> None:
    missing = picture.browser.run(
        "const { net } = renmai, seen = new Set([net.me]), pending = [net.me];"
        "for (const i of pending) for (const way of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {"
        "  const j = net.towards(i, ...way);"
        "  if (j >= 0 && !seen.has(j)) { seen.add(j); pending.push(j); } }"
        "return net.names.filter((_, i) => !seen.has(i))"
    )
    assert missing == []


def test_escape_lets_go_and_tab_goes_on(picture: Picture) -> None:
    """Nobody is caught in the picture: from the card of whoever is there, Tab leads on."""
    picture.focus()
    picture.press("Tab", code="Tab", windowsVirtualKeyCode=9)
    assert picture.browser.run("return document.activeElement.closest('[data-net-card]') !== null")
    picture.press("Escape")
    assert picture.active == ""
    assert picture.browser.run("return document.activeElement === renmai.draw.canvas")
    picture.press("Tab", code="Tab", windowsVirtualKeyCode=9)
    assert picture.browser.run("return document.activeElement.dataset.netZoom") == "in"


def test_the_card_leads_to_those_who_are_tied(picture: Picture) -> None:
    picture.focus()
    picture.press("ArrowRight")
    other = picture.browser.names("[data-net-card] li button")[0]
    picture.browser.run("document.querySelector('[data-net-card] li button').click()")
    assert picture.browser.names("[data-net-card] a") == [other]


def test_no_motion_where_it_is_unwanted(browser: Browser, here: Path) -> None:
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.command("Emulation.setEmulatedMedia", features=features)
    picture = Picture(browser, here.as_uri())
    before = picture.view["s"]
    at_once = browser.run(
        "document.querySelector('[data-net-zoom=in]').click(); return renmai.draw.state.view.s"
    )
    assert at_once > 1.5 * before


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
        "window.printed = [document.documentElement.dataset.theme, canvas.width / state.width] })"
    )
    made = browser.command("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
    assert browser.run("return window.printed") == ["light", 3]
    picture.wait("return renmai.draw.canvas.width / renmai.draw.state.width < 3")
    assert browser.run("return document.documentElement.dataset.theme") is None
    printed = base64.b64decode(made["data"])
    assert b"/Subtype /Image" in printed
    # The picture, then the list.
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 5
