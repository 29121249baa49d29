"""What a browser shows of the served site when the book changes, in headless Chromium."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.browsing import Browser
from tests.site.conftest import Books
from tests.site.test_serve import OURS, free_port, running, wait_for

pytestmark = pytest.mark.browser

LOG = "## Log\n" + "".join(f"- 2025-{month:02}-01 call: talk {month}\n" for month in range(1, 13))
CARD = "---\nname: Ada\ncity: Oslo\n---\n" + "A long note.\n\n" * 80 + LOG


def text_of(browser: Browser) -> str:
    text: str = browser.run("return document.body ? document.body.innerText : ''")
    return text


def write(file: Path, text: str) -> None:
    """Save as editors do: a new file takes the place of the old one."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def test_the_open_page_shows_what_was_saved(browser: Browser, book: Books) -> None:
    root = book({"contacts/a.md": CARD, "contacts/b.md": "---\nname: Ben\ncity: Rome\n---\n"})
    port, file = free_port(), root / "contacts/a.md"
    with running([sys.executable, "-c", OURS, str(root), str(port)], root, port):
        browser.open(f"http://127.0.0.1:{port}/contacts/a.html")
        browser.run("scrollTo(0, 700)")
        write(file, CARD.replace("Ada", "Grace"))
        wait_for(lambda: "Grace" in text_of(browser))
        wait_for(lambda: browser.run("return Math.abs(scrollY - 700) < 2"))

        write(file, "---\nname: [\n---\n")
        wait_for(lambda: browser.names(".served-problem") != [])
        assert browser.names(".served-problem")[0].startswith("contacts/a.md:")
        write(file, CARD.replace("Ada", "Hopper"))
        wait_for(lambda: "Hopper" in text_of(browser))
        assert browser.names(".served-problem") == []
        # That the page of a broken file is not there is all that the console may tell.
        assert not [error for error in browser.errors() if "404" not in error]


def test_what_was_typed_and_unfolded_stays(browser: Browser, book: Books) -> None:
    names = ("Ada", "Ben", "Cleo")
    root = book({f"contacts/{name}.md": f"---\nname: {name}\n---\n" for name in names})
    port = free_port()

    def field() -> Any:
        return browser.run(
            "const field = document.querySelector('main input[type=search]');"
            "return [field.value, document.activeElement === field]"
        )

    with running([sys.executable, "-c", OURS, str(root), str(port)], root, port):
        browser.open(f"http://127.0.0.1:{port}/contacts.html")
        browser.run(
            "const field = document.querySelector('main input[type=search]'); field.focus();"
            "field.value = 'be'; field.dispatchEvent(new Event('input', { bubbles: true }));"
        )
        wait_for(lambda: "Ada" not in text_of(browser))
        write(root / "contacts/Ben.md", "---\nname: Benno\n---\n")
        wait_for(lambda: "Benno" in text_of(browser))
        wait_for(lambda: "Ada" not in text_of(browser))
        assert field() == ["be", True]
