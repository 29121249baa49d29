"""A headless Chromium, and what it saw."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

#: Moves the page's clock to noon of a day, where it then runs on.
_CLOCK = """
(() => {
  const Real = Date, shift = new Real("%sT12:00:00").getTime() - Real.now();
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
  };
})();
"""
#: Notes every attempt to run something that the book must not run.
_TRAP = "window.ran = []; window.alert = (what) => window.ran.push(String(what));"


class Browser:
    """Opens pages and tells of errors, requests, rows."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self._scripts: list[str] = []
        self.width(1280)

    def command(self, name: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def reset(self) -> None:
        """As a browser that was just opened."""
        for script in self._scripts:
            self.command("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
        self._scripts = []
        self.command("Emulation.setScriptExecutionDisabled", value=False)
        self.command("Emulation.setTouchEmulationEnabled", enabled=False)
        self.command("Emulation.setEmulatedMedia", media="")
        self.driver.get("about:blank")
        self.width(1280)
        self.theme("light")
        self.before_pages(_TRAP)
        self.errors()
        self.hosts()

    def before_pages(self, script: str) -> None:
        """Run a script before those of every page."""
        made = self.command("Page.addScriptToEvaluateOnNewDocument", source=script)
        self._scripts.append(made["identifier"])

    def on(self, day: date) -> None:
        """Set the clock of every page."""
        self.before_pages(_CLOCK % day.isoformat())

    def width(self, width: int) -> None:
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        self.command("Emulation.setDeviceMetricsOverride", **metrics)

    def theme(self, theme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": theme}]
        self.command("Emulation.setEmulatedMedia", features=features)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def run(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def errors(self) -> list[str]:
        """What stands on the console since the last time."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] == "SEVERE"
        ]

    def hosts(self) -> set[str]:
        """The hosts that pages asked for something since the last time, files left out."""
        found = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                if address.startswith(("http", "ws")):
                    found.add(address.split("/")[2])
        return found

    def names(self, selector: str) -> list[str]:
        """The texts of the elements that a selector finds and that are shown."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter((e) => e.checkVisibility()).map((e) => e.textContent.trim())",
            selector,
        )
        return found

    def type(self, *keys: str) -> None:
        """Press keys one after the other, as a person types."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def find(self, text: str) -> None:
        """Open quick find by its key, and type."""
        self.type("/")
        self.driver.execute_async_script(
            "const done = arguments[0], look = () => document.querySelector('dialog.find[open]')"
            " ? done() : setTimeout(look, 20); look()"
        )
        self.run("document.querySelector('dialog.find input').value = ''")
        self.type(text)

    def violations(self) -> list[tuple[str, str]]:
        """What axe finds in the open page that would bar somebody: the rule, and where."""
        self.run((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
        found = self.driver.execute_async_script(
            "axe.run({resultTypes: ['violations']}).then(arguments[0])"
        )["violations"]
        return [(one["id"], one["nodes"][0]["html"]) for one in found]

    def is_sideways(self) -> bool:
        """Whether the open page is wider than the screen."""
        wide: bool = self.run("return document.documentElement.scrollWidth > innerWidth")
        return wide


def start() -> Browser:
    """A new headless Chromium; skips the test where there is none."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        pytest.skip("chromium and chromedriver are not installed")
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    driver.set_page_load_timeout(30)
    return Browser(driver)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = partial(_Quiet, directory=str(root))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
