"""What is remembered in bytes is what it was, row by row, however it has changed since."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import date

import pytest

from renmai.rules.circles import Member
from renmai.rules.ledger import Balance
from renmai.rules.warmth import LEVELS
from renmai.site.increment.gist import Gist
from renmai.site.increment.gists import gists_of
from renmai.site.increment.inverse import inverse_of
from renmai.site.increment.lookers import lookers_of
from renmai.site.increment.memory import decoded, encoded
from renmai.site.increment.page import Numbers, Page
from renmai.site.increment.rows import _FEW, Packing, Rows, packed_rows
from renmai.site.increment.seen import Seen
from renmai.site.index import spliced

SEED = int(os.environ.get("RENMAI_SEED") or random.randrange(10**6))
SINCE = date(2026, 1, 1).toordinal()

#: One is the beginning of another, or its end.
IDS = ["ann", "ann-b", "b", "bo", "李雷", "雷", "zoë", *(f"p{number}" for number in range(60))]


def some_gist(chance: random.Random) -> Gist:
    return Gist(
        warmth=chance.choice([0.0, chance.random(), 100 * chance.random()]),
        last=chance.choice([0, SINCE - 1, SINCE, SINCE + 9]),
        then=chance.choice([0, SINCE - 400, SINCE]),
        drifting=chance.random() < 0.2,
        balance=(chance.choice([0, 3]), chance.choice([0, 2]), chance.choice([0, 0, 1])),
        felt=chance.randbytes(8),
        status=chance.choice(["active", "wanted", "dormant"]),
        circles=tuple(chance.sample(["work", "kin", "town"], chance.randrange(3))),
    )


@pytest.mark.parametrize("count", [0, 1, len(IDS)])
def test_rows(count: int) -> None:
    chance = random.Random(SEED)
    table = {id: chance.randbytes(chance.randrange(9)) for id in chance.sample(IDS, count)}
    packing = packed_rows(table)
    for _ in range(2):  # what is asked often is looked for in another way
        known = Rows[bytes](packing, bytes)
        for number, id in enumerate((*IDS, "", "n", "-b", *IDS, *IDS)):
            story = f"RENMAI_SEED={SEED} {number} of {_FEW}"
            assert known.get(id) == table.get(id), story
            assert (id in known) == (id in table), story
        assert dict(known) == table
        assert len(known) == len(table)
        changed = {id: chance.choice([None, b"new"]) for id in chance.sample(IDS, 9)}
        table = {**table, **changed}  # type: ignore[dict-item]
        table = {id: row for id, row in table.items() if row is not None}
        known = known.after(changed)
        assert dict(known) == table
        assert {id: known.get(id) for id in IDS} == {id: table.get(id) for id in IDS}
        packing = packed_rows(known)


def test_a_row_that_cannot_be_had_is_none() -> None:
    empty = Rows[bytes](Packing(b"\0", b"", b""), bytes)
    assert empty.get("") is None
    assert list(empty) == []


def test_lists_by_number() -> None:
    found = {0: [3, 1], 4: [2], 9: []}
    known = inverse_of(found)
    assert [list(known.of(number)) for number in (0, 1, 4, 9, 10, 99)] == [
        [3, 1],
        [],
        [2],
        [],
        [],
        [],
    ]
    assert list(known.pairs) == [(0, 3), (0, 1), (4, 2)]
    assert list(inverse_of({}).of(0)) == []


def test_gists_in_columns() -> None:
    chance = random.Random(SEED)
    told = {id: some_gist(chance) for id in IDS[:40]}
    known = gists_of(told)
    for step in range(20):
        story = f"RENMAI_SEED={SEED}, step {step}"
        assert dict(known) == told, story
        assert known.warmths == {id: gist.warmth for id, gist in told.items()}, story
        assert set(known.drifting) == {id for id, gist in told.items() if gist.drifting}, story
        assert {id: known.status(id) for id in told} == {i: g.status for i, g in told.items()}
        assert set(known.with_status("wanted")) == {
            id for id, gist in told.items() if gist.status == "wanted"
        }, story
        assert known.balances == {
            id: Balance(*gist.balance) for id, gist in told.items() if any(gist.balance)
        }, story
        for is_now in (True, False):
            assert known.census(SINCE, is_now, "bo") == _census(told, is_now, "bo"), story
        rows: dict[str, Gist | None] = {id: some_gist(chance) for id in chance.sample(IDS, 3)}
        if step % 3 == 2:
            rows[chance.choice(IDS)] = None
        before, was = dict(known), known
        known = known.after(rows)
        assert dict(was) == before, story
        told = {id: gist for id, gist in {**told, **rows}.items() if gist is not None}
        known = decoded("gists", encoded(known))


def _census(told: dict[str, Gist], is_now: bool, but: str) -> Counter[Member]:
    return Counter(
        Member(
            gist.circles,
            (gist.last if is_now else gist.then) >= SINCE,
            gist.warmth < LEVELS[-1][1],
        )
        for id, gist in told.items()
        if id != but and gist.status == "active"
    )


def test_who_looked() -> None:
    chance = random.Random(SEED)
    numbers = Numbers(IDS)
    pages = {id: _page(chance, numbers) for id in IDS}
    known = lookers_of(pages)
    for step in range(4):
        story = f"RENMAI_SEED={SEED}, step {step}"
        for _ in range(30):
            wanted = {chance.randrange(5 * len(IDS) + 20) for _ in range(3)}
            names, fronts = {chance.choice(["kim", "lee"])}, chance.random() < 0.2
            assert known.of(wanted, names, fronts) == {
                id
                for id, page in pages.items()
                if not wanted.isdisjoint(page.numbers)
                or not names.isdisjoint(page.names)
                or (fronts and page.fronts)
            }, story
        changed = {id: _page(chance, numbers) for id in chance.sample([*IDS, "new"], 5)}
        pages |= changed
        known = known.after(changed)
        assert known.after({}) == known, story


def _page(chance: random.Random, numbers: Numbers) -> Page:
    seen = Seen()
    for name in ("records", "levels", "ties"):
        getattr(seen, name).update(chance.sample(IDS, chance.randrange(6)))
    seen.names.update(chance.sample(["Kim", "Lee", "Ray"], chance.randrange(2)))
    seen.fronts = chance.random() < 0.1
    return numbers.page(seen)


def test_an_index_with_other_rows() -> None:
    index = b'rows":[["a",1],["b",2],["c",["a",1]]]};'
    assert spliced(index, []) == index
    assert spliced(index, [('["a",2]', '["a",2]')]) == index
    assert spliced(index, [('["b",2]', '["b","wider"]')]) == index.replace(b"2", b'"wider"')
    some = [('["c",["a",1]]', '["c"]'), ('["b",2]', "[]")]
    assert spliced(index, some) == b'rows":[["a",1],[],["c"]]};'
    # None is there for certain: all are made anew.
    assert spliced(index, [('["a",1]', '["a",2]')]) is None
    assert spliced(index, [('["d",1]', '["a",2]')]) is None
    assert spliced(index, [(None, '["a",2]')]) is None
    assert spliced(index, [('["b",2]', None)]) is None
