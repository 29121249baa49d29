"""Books to make sites of: small ones written by a test, and the example book."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from renmai.rules.facts import Facts
from renmai.site.build import build_site
from renmai.site.media import pictures, wanted_pictures
from renmai.site.views.lens import Lens
from renmai.storage.opening import open_book
from renmai.words import Words
from tests.site.browsing import Browser, start
from tests.site.picturing import Picture

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
SETTINGS = "site_name: Test\nplugins:\n  - renmai\n"

#: A PNG of one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

Books = Callable[[Mapping[str, str]], Path]
#: A language, and the folder of the example book's site in it.
Site = tuple[str, Path]


@pytest.fixture
def book(tmp_path: Path) -> Books:
    """Writes a book of the given files; those of `mkdocs.yml` are the least unless given."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "book"
        for path, text in ({"mkdocs.yml": SETTINGS} | dict(files)).items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text).lstrip(), "utf-8")
        return root

    return write


@pytest.fixture
def lens(book: Books) -> Callable[..., Lens]:
    """The lens on a book of the given files."""

    def make(files: Mapping[str, str], *, today: date = TODAY, language: str = "en") -> Lens:
        return lens_of(book(files), today=today, language=language)

    return make


def lens_of(root: Path, *, today: date = TODAY, language: str = "en") -> Lens:
    """The lens on the book at `root`."""
    opened = open_book(root)
    shown = pictures(root, wanted_pictures(opened.book))
    media = {path: place for path, (place, _) in shown.items()}
    return Lens(Facts(opened.book, today, opened.settings), Words(language), media)


def copy_example(root: Path) -> Path:
    """A copy of the example book."""
    for folder in ("contacts", "events", "communities"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example book, for tests that change nothing in it."""
    return copy_example(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session", params=["en", "zh"])
def site(request: pytest.FixtureRequest, example: Path) -> Site:
    """The language and the folder of the site of the example book."""
    language: str = request.param
    target = example.parent / f"{example.name}-{language}"
    # A session's fixture is made again each time its parameter comes back.
    if not target.exists():
        built = build_site(example, today=TODAY, language=language).site_dir
        shutil.copytree(built, target)
    return language, target


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, as the last test left it."""
    opened = start()
    yield opened
    opened.driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """A browser whose clock stands on the day of the build, with nothing yet to tell."""
    chromium.reset()
    chromium.on(TODAY)
    return chromium


@pytest.fixture(scope="session")
def here(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example book, in English."""
    place = tmp_path_factory.mktemp("net") / "site"
    shutil.copytree(build_site(example, today=TODAY, language="en").site_dir, place)
    return place


@pytest.fixture
def picture(browser: Browser, here: Path) -> Picture:
    return Picture(browser, here.as_uri())
