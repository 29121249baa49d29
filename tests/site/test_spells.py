"""What a page will be on a later day is what a build on that day makes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from msgspec import Struct

from renmai.site import index
from renmai.site.views.ahead import DAYS_AHEAD
from renmai.site.views.communities import communities_page, community_page
from renmai.site.views.contact import contact_page
from renmai.site.views.event import event_page
from renmai.site.views.events import events_page
from renmai.site.views.lens import Lens
from renmai.site.views.spells import Spell
from tests.site.conftest import TODAY, Books, lens_of

T = TypeVar("T")

DAYS = [TODAY + timedelta(number) for number in range(1, DAYS_AHEAD + 1)]

#: A book in which everything that can come, go or turn does so within the month.
EDGES = {
    "contacts/me.md": "---\nname: Me\nme: yes\n---\n## Log\n- 2026-11-23 call with [[gift]]: x\n",
    # Met at what began yesterday, and at what is yet to come.
    "contacts/fair.md": "---\nname: Fair\ntier: 50\n---\n## Log\n- 2026-08-01 meet: x\n",
    "contacts/soon.md": "---\nname: Soon\nmet: {date: 2026-11-27}\ncadence: 1w\n---\n",
    "events/fair.md": """
        ---
        title: Fair
        date: 2026-11-20
        end: 2026-11-23
        people:
          - {who: fair, met: yes, seed: the map, next: 2026-12-02}
          - {who: Nobody Yet, met: yes}
          - {who: promise, target: yes}
        ---
        ## Before
        - [ ] read
        ## After
        - [ ] write
        """,
    "events/day.md": """
        ---
        title: A day
        date: 2026-11-27
        hosted: yes
        community: club
        people: [{who: soon, met: yes}, {who: guest}]
        ---
        """,
    "events/old.md": """
        ---
        title: Old
        date: 2026-08-26
        community: club
        people: [{who: lapse, met: yes}, {who: Gone, met: yes}]
        ---
        """,
    "contacts/guest.md": "---\nname: Guest\nbirthday: --11-30\n---\n",
    "contacts/lapse.md": "---\nname: Lapse\ntier: 15\n---\n",
    "contacts/gift.md": "---\nname: Gift\ntier: 15\n---\n## Log\n- 2026-01-02 meet: x\n",
    "contacts/promise.md": "---\nname: Promise\ntier: 15\nfollow_up: 2026-11-25\n---\n",
    "contacts/later.md": "---\nname: Later\nfollow_up: {date: 2026-12-17, why: y}\n---\n",
    "contacts/snoozed.md": "---\nname: Snoozed\ntier: 15\nsnooze: 2026-12-01\n---\n",
    "contacts/new.md": "---\nname: New\nmet: {date: 2025-12-01}\n---\n",
    "contacts/leap.md": "---\nname: Leap\nbirthday: lunar --10-18\ndates: {date: --12-20}\n---\n",
    # Warm until December; apart from the day on which last year's meeting lies a year back; apart
    # until what was a year ago is no longer warm.
    "contacts/cooling.md": "---\nname: C\n---\n## Log\n- 2026-07-25 meet: x\n",
    "contacts/fading.md": "---\nname: F\n---\n## Log\n- 2025-02-24 meet! x\n",
    "contacts/apart.md": """
        ---
        name: Apart
        ---
        ## Log
        - 2025-12-02 meet! one
        - 2025-06-02 meet: two
        """,
    "communities/club.md": "---\nname: Club\nrole: owner\ngather_every: 3m\n---\n",
    "communities/young.md": "---\nname: Young\nrole: admin\ngather_every: 2w\n---\n",
    "communities/first.md": """
        ---
        name: First
        role: owner
        since: 2026-11-20
        gather_every: 2w
        ---
        """,
}


def on(spells: list[Spell[T]], day: date) -> T:
    """What the page shows on a day."""
    return [each for each in spells if each.since <= day.isoformat()][-1].what


def fresh(lens: Lens, root: Path, day: date) -> Lens:
    """The lens of a build on that day, its words told from the day of the first build."""
    made = lens_of(root, today=day)
    made.built = lens.today
    made.__dict__["ahead"] = _Nothing()
    return made


class _Nothing:
    """Stands for `Ahead` where only the day itself is wanted."""

    def __getattr__(self, name: str) -> Callable[..., list[Any]]:
        return lambda *_: []


@pytest.fixture(params=["example", "edges"])
def root(request: pytest.FixtureRequest, example: Path, book: Books) -> Path:
    return example if request.param == "example" else book(EDGES)


def held(page: Struct, keys: tuple[str, ...]) -> list[list[Spell[Any]]]:
    return [getattr(page, key) for key in keys]


def test_contacts(root: Path) -> None:
    lens = lens_of(root)
    keys = ("standing", "waiting", "story")
    pages = {id: contact_page(lens, one) for id, one in lens.book.contacts.items()}
    for day in DAYS:
        then = fresh(lens, root, day)
        for id, contact in then.book.contacts.items():
            page = contact_page(then, contact)
            for key in keys:
                said = on(getattr(pages[id], key), day)
                assert said == getattr(page, key)[0].what, (id, key, day)


def test_the_table(root: Path) -> None:
    lens = lens_of(root)
    rows = {
        row[1]: row for row in json.loads(index.make_index(lens))["rows"] if row[0] == "contact"
    }
    first = index.COLUMNS.index("level")
    for day in DAYS:
        for row in json.loads(index.make_index(fresh(lens, root, day)))["rows"]:
            if row[0] != "contact":
                continue
            level, last, due, *later = rows[row[1]][first:]
            number = index._day(day) or 0
            states = [(0, level, last, due), *(later[0] if later else [])]
            said = [state for state in states if state[0] <= number][-1]
            assert list(said)[1:] == row[first : first + 3], (row[1], day)


def test_events_and_communities(root: Path) -> None:
    lens = lens_of(root)
    events = {id: event_page(lens, one) for id, one in lens.book.events.items()}
    communities = {id: community_page(lens, one) for id, one in lens.book.communities.items()}
    tiles = {on(one, TODAY).href: one for one in communities_page(lens).communities}
    for day in DAYS:
        then = fresh(lens, root, day)
        for id, event in then.book.events.items():
            assert on(events[id].states, day) == event_page(then, event).states[0].what, (id, day)
        for id, community in then.book.communities.items():
            page = community_page(then, community).states[0].what
            assert on(communities[id].states, day) == page, (id, day)
        for tile in communities_page(then).communities:
            assert on(tiles[tile[0].what.href], day) == tile[0].what, (tile[0].what.name, day)


def test_the_list_of_events(root: Path) -> None:
    lens = lens_of(root)
    tiles = {on(one, TODAY).href: one for group in events_page(lens).groups for one in group.events}
    for day in DAYS:
        for group in events_page(fresh(lens, root, day)).groups:
            for tile in group.events:
                assert on(tiles[tile[0].what.href], day) == tile[0].what, (tile[0].what.title, day)
