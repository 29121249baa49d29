"""The register of files, kept while files change, is that of the files as they are."""

from __future__ import annotations

import random

import pytest

from renmai.model.outline import Outline
from renmai.model.register import MINE, UNREADABLE, WRONG, lines_of, register_of

WORDS = ("li", "wu", "王五", "Ben", "straße", "ﬁ")


def outline(chance: random.Random) -> Outline:
    if chance.random() < 0.1:
        return Outline()
    some = [chance.sample(WORDS, chance.randint(0, 3)) for _ in range(3)]
    photos = tuple(chance.choice(("a.png", "b.png")) for _ in range(chance.randint(0, 2)))
    return Outline(
        is_readable=True,
        is_me=chance.random() < 0.2,
        keys=tuple(some[0]),
        names=tuple(some[1]),
        photos=photos,
    )


@pytest.mark.parametrize("seed", range(20))
def test_kept_is_as_made_anew(seed: int) -> None:
    chance = random.Random(seed)
    ids = [chance.choice(WORDS) for _ in range(8)]
    lines = [lines_of(id, outline(chance), chance.random() < 0.2) for id in ids]
    kept = register_of(lines)
    for _ in range(30):
        number = chance.randrange(len(ids))
        now = lines_of(ids[number], outline(chance), chance.random() < 0.2)
        kept.remove(number, lines[number])
        kept.put(number, now)
        lines[number] = now
        assert kept == register_of(lines), f"seed {seed}"


def test_what_is_said_of_a_file() -> None:
    found = lines_of("Ben", Outline(is_me=True), is_wrong=True)
    assert found["traits"] == (UNREADABLE, MINE, WRONG)
    assert found["caseless"] == found["folded"] == ("ben",)
    plain = lines_of("li", Outline(is_readable=True), is_wrong=False)
    assert plain["traits"] == plain["caseless"] == plain["folded"] == ()
