"""The open page of the net in headless Chromium."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.site.browsing import Browser

#: The number of the person whose page has a name.
NUMBER = "renmai.net.pages.indexOf(arguments[0])"


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


def at(browser: Browser) -> str:
    """The name of the open page."""
    path: str = browser.run("return location.pathname")
    return path.rpartition("/")[2]
