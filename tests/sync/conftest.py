"""Devices for the tests of sync."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sync.kit import IGNORED, SETTINGS, Device

MakeDevice = Callable[..., Device]


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A bare repository, as on a server or a stick."""
    path = tmp_path / "hub.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True)
    return path


@pytest.fixture
def one(tmp_path: Path, hub: Path) -> Device:
    """A device with a book that it has synced once."""
    device = begin(tmp_path / "one", hub)
    device.synced()
    return device


@pytest.fixture
def two(tmp_path: Path, one: Device, hub: Path) -> Device:
    """A second device that has cloned the book of the first, and synced."""
    device = clone(hub, tmp_path / "two")
    device.synced()
    one.synced()
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
