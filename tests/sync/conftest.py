"""Devices for the tests of sync."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sync.kit import IGNORED, SETTINGS, Device

MakeDevice = Callable[..., Device]


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bare repository and two devices that have synced; made once, and copied."""
    folder = tmp_path_factory.mktemp("pair")
    hub = folder / "hub.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(hub)], check=True)
    shutil.copytree(hub, folder / "empty.git")
    one = begin(folder / "one", hub)
    one.synced()
    two = clone(hub, folder / "two")
    two.synced()
    one.synced()
    return folder


@pytest.fixture
def hub(tmp_path: Path, pair: Path, request: pytest.FixtureRequest) -> Path:
    """A bare repository, as on a server or a stick; empty, unless a device has synced already."""
    filled = {"one", "two"} & set(request.fixturenames)
    return copy(pair / ("hub.git" if filled else "empty.git"), tmp_path / "hub.git")


@pytest.fixture
def one(tmp_path: Path, pair: Path, hub: Path) -> Device:
    """A device with a book that it has synced once."""
    return moved(copy(pair / "one", tmp_path / "one"), hub)


@pytest.fixture
def two(tmp_path: Path, pair: Path, one: Device, hub: Path) -> Device:
    """A second device that has cloned the book of the first, and synced."""
    return moved(copy(pair / "two", tmp_path / "two"), hub)


def copy(source: Path, target: Path) -> Path:
    """The same repository in another place."""
    return Path(shutil.copytree(source, target, symlinks=True))


def moved(root: Path, hub: Path) -> Device:
    """The device at `root`, which now syncs with `hub`."""
    device = Device(root)
    device.git("remote", "set-url", "origin", str(hub))
    return device


def begin(root: Path, hub: Path | None = None, within: str = "", language: str = "en") -> Device:
    """A small book in a new repository."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    device = Device(root, within)
    device.git("config", "user.name", root.name)
    device.git("config", "user.email", f"{root.name}@example.com")
    device.write("mkdocs.yml", SETTINGS.format(language=language))
    device.write(".gitignore", IGNORED)
    device.write("contacts/me.md", "---\nname: Me\nme: yes\n---\n")
    if hub:
        device.git("remote", "add", "origin", str(hub))
    return device


def clone(hub: Path, root: Path, within: str = "") -> Device:
    """A clone of what lies in the repository between the devices."""
    subprocess.run(["git", "clone", "-q", str(hub), str(root)], check=True)
    device = Device(root, within)
    device.git("config", "user.name", root.name)
    device.git("config", "user.email", f"{root.name}@example.com")
    return device


if shutil.which("git") is None:
    pytest.skip("no git here", allow_module_level=True)
