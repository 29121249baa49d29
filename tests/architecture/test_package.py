"""The package as it is installed: all that it needs is in it, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.architecture.reading import PACKAGE, ROOT, imports, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

#: Packages whose module has another name.
MODULES = {
    "pyyaml": "yaml",
    "python-frontmatter": "frontmatter",
    "mkdocs-material": "material",
    "lunar-python": "lunar_python",
    "markdown-it-py": "markdown_it",
}


def normal(name: str) -> str:
    """A package's name as it is compared: `lunar_python>=1` is `lunar-python`."""
    bare = re.split(r"[<>=!~\[; ]", name.strip(), maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


def test_the_wheel_has_every_file_of_the_program(installed: Path) -> None:
    there = {p.relative_to(PACKAGE) for p in PACKAGE.rglob("*") if p.is_file()}
    wanted = {path for path in there if "__pycache__" not in path.parts}
    packed = {p.relative_to(installed / "renmai") for p in (installed / "renmai").rglob("*")}
    assert wanted <= packed


def test_the_wheel_has_nothing_but_the_program(installed: Path) -> None:
    assert {path.name for path in installed.iterdir()} == {
        "renmai",
        f"renmai-{installed_version(installed)}.dist-info",
    }


def installed_version(installed: Path) -> str:
    (info,) = installed.glob("renmai-*.dist-info")
    return info.name.removeprefix("renmai-").removesuffix(".dist-info")


def test_a_demo_book_can_be_made_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """The example book travels in the package; no checkout is needed."""

    def renmai(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WHERE, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    made = renmai("init", "book", "--demo")
    assert str(installed) in made.stderr
    assert made.returncode == 0, made.stderr
    ours = {p.relative_to(ROOT / "contacts") for p in (ROOT / "contacts").rglob("*.md")}
    theirs = {p.relative_to(tmp_path / "book/contacts") for p in tmp_path.rglob("contacts/**/*.md")}
    assert ours <= theirs
    assert renmai("-C", "book", "check").returncode == 0


WHERE = """
import sys, renmai
print(renmai.__file__, file=sys.stderr)
from renmai.cli import main
main()
"""


def test_every_dependency_is_imported_and_the_other_way_round() -> None:
    declared = {normal(name) for name in PROJECT["dependencies"]}
    wanted = {MODULES.get(name, name): name for name in declared}
    used: set[str] = set()
    for name, path in modules().items():
        for target, _ in imports(name, path.read_text("utf-8")):
            top = target.split(".")[0]
            if top not in sys.stdlib_module_names and top != "renmai":
                used.add(top)
        # Material's icons are read from its files.
        used |= {top for top in wanted if f'"{top}"' in path.read_text("utf-8")}
    assert used - set(wanted) == set(), "imported, not declared"
    assert set(wanted) - used == set(), "declared, not used"


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = {normal(n) for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for n in row.split(",")}
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert {normal(name) for name in declared} <= rows
    assert rows - {normal(name) for name in declared} - {"package", "-", ""} == set()


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    names = {normal(pin) for pin in pins}
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    assert {normal(name) for name in declared} <= names
