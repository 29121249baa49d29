"""What is made of the program's own files is kept for as long as these stay as they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from renmai.caching import made_of

NAME = "words/try"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/renmai"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "source"
    made.write_text("人脉")
    return made


class Maker:
    """Counts how often something is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, text: str) -> dict[str, str]:
        self.times += 1
        return {"text": text}


def test_made_once_and_anew_when_the_file_is_another(home: Path, source: Path) -> None:
    make = Maker()
    for _ in range(3):
        assert made_of(source, NAME, dict[str, str], make) == {"text": "人脉"}
    assert make.times == 1
    source.write_text("renmai")
    assert made_of(source, NAME, dict[str, str], make) == {"text": "renmai"}
    assert make.times == 2
    assert [each.name for each in (home / "words").iterdir()] == ["try"]


@pytest.mark.parametrize("data", [b"", b"\xff\xff", b"\x92\xa1a\x01"])
def test_a_damaged_one_is_made_anew(home: Path, source: Path, data: bytes) -> None:
    make = Maker()
    made_of(source, NAME, dict[str, str], make)
    (home / NAME).write_bytes(data)
    assert made_of(source, NAME, dict[str, str], make) == {"text": "人脉"}
    assert make.times == 2


def test_without_a_place_it_is_made_each_time(home: Path, source: Path) -> None:
    home.parent.mkdir()
    home.write_text("no folder")
    make = Maker()
    for _ in range(2):
        assert made_of(source, NAME, dict[str, str], make) == {"text": "人脉"}
    assert make.times == 2
    assert os.listdir(home.parent) == ["renmai"]
