"""Books at random, for the properties: valid ones, and Markdown of lists, fences and comments."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import HealthCheck, note, seed, settings
from hypothesis import strategies as st

from tests.spec.book import community, contact, day, event

IN_CI = bool(os.environ.get("CI"))
SEED = int(os.environ.get("RENMAI_SEED") or (20261121 if IN_CI else random.randrange(10**6)))


def reproducible(examples: int) -> Callable[[Any], Any]:
    """So many examples, from a seed that RENMAI_SEED sets and that a failure prints."""

    def decorate(test: Any) -> Any:
        few = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        )
        return few(seed(SEED)(test))

    return decorate


def say_seed() -> None:
    """Print the seed when this example fails."""
    note(f"RENMAI_SEED={SEED}")


days = st.integers(-800, 60).map(day)
PEOPLE = ("ann", "ben", "陈月", "dan")
KINDS = ("meet", "call", "message", "见面!", "gave", "got", "asked", "gift", "note")


@st.composite
def log_lines(draw: st.DrawFn) -> str:
    """An entry that is not in the future."""
    when = day(draw(st.integers(-800, 0)))
    behind = draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True))
    with_ = " with " + ", ".join(f"[[{who}]]" for who in behind) if behind else ""
    return f"{when} {draw(st.sampled_from(KINDS))}{with_}: words"


@st.composite
def tasks(draw: st.DrawFn) -> str:
    box = draw(st.sampled_from("  x"))
    due = draw(st.just("") | days.map(lambda on: f" due {on}"))
    return f"- [{box}] do it{due}\n"


bodies = st.lists(tasks(), max_size=3).map("".join)
logs = st.lists(log_lines(), max_size=4)


def _keys(**values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Some of these keys, as lines."""
    lines = [
        st.just("") | value.map(partial("{}: {}\n".format, key)) for key, value in values.items()
    ]
    return st.tuples(*lines).map("".join)


@st.composite
def contacts(draw: st.DrawFn, name: str) -> str:
    front = draw(
        _keys(
            tier=st.sampled_from(["5", "15", "50", "150"]),
            cadence=st.sampled_from(["1d", "2w", "1m", "1y", "never"]),
            circles=st.sampled_from(["work", "[work, hobby]", "[]"]),
            status=st.sampled_from(["active", "wanted", "dormant", "deceased"]),
            follow_up=days,
            snooze=days,
            birthday=st.sampled_from(
                ["1990-11-21", "--02-29", "1980", "lunar 1985-08-15", "lunar --12-30"]
            ),
            met=days.map(lambda on: f"{{date: {on}}}"),
        )
    )
    return contact(front, draw(logs), draw(bodies), name=name)


@st.composite
def events(draw: st.DrawFn) -> str:
    start = draw(st.integers(-120, 30))
    end = f"end: {day(start + draw(st.integers(0, 3)))}\n" if draw(st.booleans()) else ""
    front = draw(
        _keys(
            status=st.sampled_from(["going", "considering", "cancelled"]),
            community=st.just("club"),
            hosted=st.sampled_from(["yes", "no"]),
        )
    )
    who = draw(st.lists(st.sampled_from([*PEOPLE, "Zhao Min"]), max_size=4, unique=True))
    people = [
        f"who: {name}, met: {draw(st.sampled_from(['yes', 'no']))}"
        + draw(st.just("") | days.map(lambda on: f", next: {on}"))
        for name in who
    ]
    phases = "".join(
        f"\n## {phase}\n\n{draw(bodies)}"
        for phase in ("Before", "会中", "After")
        if draw(st.booleans())
    )
    return event(day(start), end + front, people, draw(logs), draw(bodies) + phases)


@st.composite
def communities(draw: st.DrawFn) -> str:
    front = draw(
        _keys(
            role=st.sampled_from(["owner", "admin", "member"]),
            gather_every=st.sampled_from(["1m", "2w", "never"]),
            since=st.sampled_from(["2025", "2026-01", "2026-03-04"]),
            members=st.just("[ann, Zhao Min]"),
        )
    )
    return community(front, draw(logs), draw(bodies))


@st.composite
def books(draw: st.DrawFn) -> dict[str, str]:
    """Records by id, with the folder before it: all are valid."""
    files = {f"contacts/{name}": draw(contacts(name.title())) for name in PEOPLE}
    files["events/fair"] = draw(events())
    files["events/论坛"] = draw(events())
    files["communities/club"] = draw(communities())
    if draw(st.booleans()):
        files["contacts/me"] = contact("me: yes", draw(logs), draw(bodies), name="Me")
    return files
