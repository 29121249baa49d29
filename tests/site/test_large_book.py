"""The pages that look at the whole book stay small when there are ten thousand people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from renmai.site.environment import environment
from renmai.site.shell import Shells
from renmai.site.views.circles import circles_page
from renmai.site.views.influence import influence_page
from renmai.site.views.introductions import introductions_page
from renmai.site.views.ledger import STATIC_ROWS, ledger_page
from renmai.site.views.lens import Lens
from renmai.words import Words
from tests.books import TODAY, card, facts

PEOPLE = 10_000
#: Bytes of a page.
MOST = 500_000

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lens() -> Lens:
    """A book of people who need and offer, give and get, some of them wanted."""
    circles = ("family", "work", "hobby", "media")
    files = {
        "contacts/me": card(
            "me: yes\nneeds: [w1, w2]\noffers: [w3]", "2026-11-01 output: x", name="Me"
        )
    }
    for n in range(PEOPLE):
        front = (
            f"circles: [{circles[n % 4]}]\nneeds: [help with w{n % 900}]\noffers: [w{n % 1000}]\n"
        )
        front += f"met: {{date: {TODAY - timedelta(n % 700)}, through: p{n * 7 % PEOPLE}}}"
        if n % 50 == 0:
            files[f"contacts/p{n}"] = card(f"{front}\nstatus: wanted\ngoal: to learn", name=f"P{n}")
        else:
            day = TODAY - timedelta(n % 800)
            files[f"contacts/p{n}"] = card(
                front, f"{day} gave: x", f"{day} got: y", name=f"P{n} 明"
            )
    return Lens(facts(files), Words("zh"), {})


@pytest.mark.parametrize("name", ["circles", "ledger", "influence", "introductions"])
def test_a_page_is_bounded(lens: Lens, name: str) -> None:
    views = {
        "circles": circles_page,
        "ledger": ledger_page,
        "influence": influence_page,
        "introductions": introductions_page,
    }
    shell = Shells(lens, "Test").at("", name)
    made = (
        environment("zh").get_template(f"{name}.html").render(page=views[name](lens), shell=shell)
    )
    assert 10_000 < len(made.encode()) < MOST


def test_what_is_left_out_is_counted(lens: Lens) -> None:
    ledger, introductions = ledger_page(lens), introductions_page(lens)
    assert len(ledger.rows) == STATIC_ROWS
    assert str(PEOPLE - PEOPLE // 50) in ledger.more
    assert introductions.wanted_more == "还有 100 项"
    assert introductions.introductions_count > len(introductions.introductions)
