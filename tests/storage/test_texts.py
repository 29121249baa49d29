"""What a search looks at by what is remembered, and the readings of names."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from renmai.rules.find import find
from renmai.storage.opening import open_book
from renmai.storage.readings import recall_readings, remember_readings
from renmai.storage.texts import records_with
from renmai.text import names

NAMES = ["Ada Lin", "林晓舟", "Zoë Müller", "José/Ana", "王五", "ǅungla", "Straße 9"]
SAID = ["talked of tea", "聊了茶", "café — “late”", "see [[{}]]", "İstanbul", "a<!-- b -->"]
ASKED = [
    "lin",
    "ada",
    "zoe",
    "茶",
    "tea lin",
    "wang",
    "lxz",
    "ana",
    "strasse",
    "i",
    "p3",
    "café ada",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "contacts").mkdir()
    (tmp_path / "events").mkdir()
    (tmp_path / "mkdocs.yml").write_text("plugins: [renmai]\n")
    return tmp_path


def change(root: Path, chance: random.Random) -> None:
    number = chance.randint(0, 9)
    said = "\n\n".join(chance.sample(SAID, 2)).format(chance.choice(NAMES))
    through = chance.choice(NAMES)
    front = f'name: {chance.choice(NAMES)}\nmet: {{through: "{through}"}}\ncity: 上海'
    if number == 0:
        front = f"title: {chance.choice(NAMES)}\ndate: 2026-11-21\npeople: [{{who: p{number + 1}}}]"
        (root / "events" / "e.md").write_text(f"---\n{front}\n---\n{said}\n")
    elif number == 1 and (root / "contacts" / "p2.md").exists():
        (root / "contacts" / "p2.md").unlink()
    else:
        (root / "contacts" / f"p{number}.md").write_text(f"---\n{front}\n---\n{said}\n")


@pytest.mark.parametrize("seed", [1, 2, None])
def test_a_search_finds_what_it_found_without(root: Path, seed: int | None) -> None:
    seed = random.randrange(10**6) if seed is None else seed
    chance = random.Random(seed)
    for step in range(12):
        for _ in range(3):
            change(root, chance)
        opened, plain = open_book(root), open_book(root, cache=False).book
        for text in ASKED:
            found = find(opened.book, text, records_with(opened, text))
            assert found == find(plain, text), f"seed {seed}, step {step}: {text}"


def test_records_in_which_the_words_are_not_are_left_alone(root: Path) -> None:
    for number, name in enumerate(("Ada", "Bo", "Cy")):
        (root / "contacts" / f"p{number}.md").write_text(f"---\nname: {name}\n---\n")
    (root / "contacts" / "q.md").write_text("---\nname: Q\nmet: {through: Ada}\n---\n")
    open_book(root)
    assert [each.id for each in records_with(open_book(root), "ada")] == ["p0", "q"]


def test_readings_are_looked_up_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "readings", names.Readings())
    monkeypatch.setattr("renmai.storage.readings.readings", names.readings)
    names._reading.cache_clear()
    names._syllables.cache_clear()
    assert names.reading("林晓舟") == "Lin Xiaozhou"
    assert list(names.readings.learned) == ["林晓舟"]
    remember_readings(root)
    assert names.readings.learned == {}
    again = names.Readings()
    monkeypatch.setattr("renmai.storage.readings.readings", again)
    recall_readings(root)
    assert again("林晓舟") == ["lin", "xiao", "zhou"]
    assert again.learned == {}
    assert again("王") == ["wang"]
    assert list(again.learned) == ["王"]
    names._reading.cache_clear()
    names._syllables.cache_clear()
