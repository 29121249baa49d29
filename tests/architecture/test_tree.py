"""What may stand in the repository, and how large a module may grow."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.reading import PACKAGE, ROOT

LONGEST_MODULE = 300  # lines
LONGEST_LINE = 1000  # characters; a minified script is one line

#: Hosts of package registries and of mirrors, and paths of somebody's own machine.
ADDRESSES = re.compile(
    r"(?:pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg|cdnjs|crates|rubygems)\.(?:org|com|net|io)"
    r"|(?:deb|security)\.debian\.org|ghcr\.io|registry\.|--index-url|--extra-index-url"
    r"|find-links|file:///(?:home|opt|root|work|Users)\b"
    r"|(?<![\w./-])/(?:home|root|work|Users|opt)/[\w.-]+",
    re.IGNORECASE,
)
#: These tests hold the forbidden words themselves.
EXEMPT = {"tests/architecture/test_tree.py"}
FONTS = {".woff", ".woff2", ".ttf", ".otf", ".eot"}
MADE_BY_OTHERS = re.compile(r"\.min\.(?:js|css)$|(?:^|/)(?:node_modules|vendor|third_party)/")


def tracked() -> list[Path]:
    """The files of the repository: what git has, and what it would take in."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the tree is no git repository")
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Every file that is text, with its path below the root."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8", "replace")


def addresses(text: str) -> list[str]:
    """The addresses in a text that have no place in the repository."""
    return [match.group() for match in ADDRESSES.finditer(text)]


def is_foreign(path: str, text: str) -> bool:
    """Whether a file is somebody else's: a font, or a script that was packed."""
    if Path(path).suffix.lower() in FONTS or MADE_BY_OTHERS.search(path):
        return True
    packed = Path(path).suffix in {".js", ".css"}
    return packed and any(len(line) > LONGEST_LINE for line in text.splitlines())


def too_long(text: str) -> bool:
    """Whether a module has outgrown its room."""
    return len(text.splitlines()) > LONGEST_MODULE


def test_no_module_is_too_long() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
        if too_long(path.read_text("utf-8"))
    }
    assert not found, f"split them, they have more than {LONGEST_MODULE} lines: {found}"


def test_no_address_of_a_registry_or_a_machine() -> None:
    found = {path: addresses(text) for path, text in texts() if path not in EXEMPT}
    assert not {path: there for path, there in found.items() if there}


def test_nothing_of_others_is_committed() -> None:
    found = [path.relative_to(ROOT).as_posix() for path in tracked()]
    contents = dict(texts())
    assert not [path for path in found if is_foreign(path, contents.get(path, ""))]


@pytest.mark.parametrize(
    "parts",
    [
        ("pip install --index", "-url somewhere"),
        ("see https://pypi", ".org/project/x"),
        ("cd /home", "/somebody/book"),
        ("root: /opt", "/x"),
        ("https://cdn.jsdelivr", ".net/npm/x"),
    ],
)
def test_an_address_is_found(parts: tuple[str, str]) -> None:
    """In two parts, so that no address stands whole in this file either."""
    assert addresses("".join(parts))


@pytest.mark.parametrize("text", ["contacts/work/lin.md", "./home/x", "https://example.com/work/"])
def test_an_innocent_path_passes(text: str) -> None:
    assert not addresses(text)


def test_what_is_foreign_is_found() -> None:
    assert is_foreign("generator/renmai/site/assets/d3.min.js", "")
    assert is_foreign("generator/renmai/site/assets/inter.woff2", "")
    assert is_foreign("generator/renmai/site/assets/app.js", "x" * 2000)
    assert not is_foreign("generator/renmai/site/assets/app.js", "let a = 1;\n" * 2000)


def test_a_long_module_is_found() -> None:
    assert too_long("x = 1\n" * (LONGEST_MODULE + 1))
    assert not too_long("x = 1\n" * LONGEST_MODULE)
