"""The picture of the net in headless Chromium: drawn, pointed at, walked by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.browsing import Browser, served
from tests.site.picturing import NUMBER, Picture, at, wait

pytestmark = pytest.mark.browser

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
