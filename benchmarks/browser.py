"""What a reader waits for, in headless Chromium; nothing is measured where there is none."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.measure import Failed, environment
from benchmarks.tools import renmai

#: How long anything may take before it is given up, in seconds.
_PATIENCE = 60

#: Answers when what is on the page now has been painted.
_PAINTED = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 0));"
_SHOWS = "return Boolean(document.body) && document.body.textContent.includes(arguments[0]);"

#: Types one letter into quick find as soon as it is open, and answers with the milliseconds until
#: the first hit was painted.
_FIRST_HIT = """
const done = arguments[1], letter = arguments[0];
document.querySelector("[data-find]").click();
(function whenOpen() {
  const field = document.querySelector("dialog[open] input");
  if (!field) return setTimeout(whenOpen, 1);
  const begin = performance.now();
  field.value = letter;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  (function whenFound() {
    if (!document.querySelector("#found [role=option]")) return setTimeout(whenFound, 1);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin), 0));
  })();
})();
"""


def repaint_times(book: Path, id: str, say: Callable[[], str], runs: int) -> list[float]:
    """Seconds from saving a card to its open page showing the new text, painted; [] unmeasured.

    `say` saves the card of `id` with new text, and returns that text.
    """
    times = []
    with browser() as driver:
        if driver is None:
            return []
        with _serving(book) as address:
            driver.get(f"{address}contacts/{id}.html")
            # The first one is not counted: the program has not yet changed a page.
            for _ in range(runs + 1):
                time.sleep(1.0)
                begin = time.perf_counter()
                text = say()
                _wait_until_shown(driver, text)
                times.append(time.perf_counter() - begin)
    return times[1:]


def find_first_hits(site: Path, letters: Sequence[str]) -> list[float]:
    """Seconds from each letter typed into quick find to the first hit painted; [] unmeasured.

    Each on a page that was just opened: nothing of an earlier search is there.
    """
    times = []
    with browser() as driver, _static(site) as address:
        if driver is None:
            return []
        for letter in letters:
            driver.get(f"{address}index.html")
            times.append(driver.execute_async_script(_FIRST_HIT, letter) / 1000)
    return times


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium; None where it, its driver or selenium is not installed."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    try:
        from selenium import webdriver
    except ImportError:
        chromium = None
    if not (chromium and chromedriver):
        print("no Chromium with its driver and selenium: not measured", file=sys.stderr)
        yield None
        return
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    driver.set_script_timeout(_PATIENCE)
    try:
        yield driver
    finally:
        driver.quit()


def _wait_until_shown(driver: Any, text: str) -> None:
    """Wait until the page shows a text and has been painted since."""
    from selenium.common.exceptions import WebDriverException

    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        # While a page is being loaded anew there may be none to ask.
        with contextlib.suppress(WebDriverException):
            if driver.execute_script(_SHOWS, text):
                driver.execute_async_script(_PAINTED)
                return
        time.sleep(0.005)
    raise Failed(f"the page never showed: {text}")


@contextmanager
def _serving(book: Path) -> Iterator[str]:
    """The address at which `renmai serve` gives out a book, once it does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    child = subprocess.Popen(
        renmai("serve", "--port", str(port)),
        cwd=book,
        env={**environment(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # Where this runs in the background, an interrupt is ignored, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert child.stdout is not None
    address = f"http://127.0.0.1:{port}/"
    try:
        for said in child.stdout:
            if address in said:
                break
        else:
            raise Failed("renmai serve ended before it served")
        # What else it says must not fill the pipe.
        threading.Thread(target=child.stdout.read, daemon=True).start()
        yield address
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def _static(site: Path) -> Iterator[str]:
    """The address at which a folder is given out."""
    handler = partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
