"""Whatever is in a book: what falls due does not depend on the order of its files, and a day later
it is due a day longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.model.book import Book
from renmai.rules.facts import Facts
from renmai.rules.followups import KINDS, FollowUp, follow_ups
from renmai.settings import Circle, Settings
from renmai.text.log import KIND_OF
from renmai.text.values import Duration
from tests.books import TODAY, book, sources

SETTINGS = Settings(
    circles={"work": Circle(cadence=Duration(1, "m")), "art": Circle(cadence=Duration(30, "d"))}
)

#: Few people and days near to today, so that rules meet.
people = st.sampled_from(["a", "b", "c", "me", "Ms Wu", "N", "[[gone]]"])
days = st.integers(-120, 60).map(lambda offset: (TODAY + timedelta(days=offset)).isoformat())
partial = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: f"--{day[5:]}"))
spans = st.sampled_from(["1d", "1w", "30d", "1m", "6m", "never", "9999y"])
yes_no = st.sampled_from(["yes", "no"])
kinds = st.sampled_from(sorted(KIND_OF))


def some(fields: Mapping[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    """Some of these keys, a line each."""
    lines = st.fixed_dictionaries({}, optional=fields)
    return lines.map(lambda drawn: "".join(f"{key}: {value}\n" for key, value in drawn.items()))


people_at_events = st.fixed_dictionaries(
    {"who": people.map(lambda who: f'"{who}"')},
    optional={"met": yes_no, "next": days, "recontact": st.just("skip"), "target": yes_no},
).map(lambda drawn: "{" + ", ".join(f"{key}: {value}" for key, value in drawn.items()) + "}")
entries = st.builds(
    lambda day, kind, who: f"- {day} {kind} with [[{who}]]: x\n", days, kinds, people
)
tasks = st.builds(lambda day: f"- [ ] x due {day}\n", days)
bodies = st.builds(
    lambda log, tasks, phases: (
        "".join(tasks) + "## Log\n" + "".join(log) + "".join(f"## {p}\n- [ ] y\n" for p in phases)
    ),
    st.lists(entries, max_size=3),
    st.lists(tasks, max_size=2),
    st.lists(st.sampled_from(["Before", "During", "After"]), max_size=2),
)
contacts = some(
    {
        "tier": st.sampled_from(["5", "15", "150"]),
        "cadence": spans,
        "circles": st.sampled_from(["work", "[work, art]"]),
        "status": st.sampled_from(["active", "active", "wanted", "deceased"]),
        "follow_up": days,
        "snooze": days,
        "birthday": partial,
        "met": partial.map(lambda day: f"{{date: {day}}}"),
    }
)
events = st.builds(
    lambda day, more, listed: f"date: {day}\n{more}people: [{', '.join(listed)}]\n",
    days,
    some(
        {"end": days, "status": st.sampled_from(["cancelled", "going"]), "community": st.just("t")}
    ),
    st.lists(people_at_events, max_size=4),
)
communities = some({"role": st.just("owner"), "gather_every": spans, "since": partial})


@st.composite
def books(draw: st.DrawFn) -> dict[str, str]:
    files = {}
    for id in ("a", "b", "c", "me"):
        me = "me: yes\n" if id == "me" else ""
        files[f"contacts/{id}"] = (
            f"---\nname: {id.upper()}x\n{me}{draw(contacts)}---\n{draw(bodies)}"
        )
    for id in ("e", "f"):
        files[f"events/{id}"] = f"---\ntitle: T\n{draw(events)}---\n{draw(bodies)}"
    files["communities/t"] = f"---\nname: C\n{draw(communities)}---\n{draw(bodies)}"
    return files


def due(files: Mapping[str, str], today: date) -> list[FollowUp]:
    return follow_ups(book(files), today, SETTINGS)


def key(item: FollowUp) -> tuple[object, ...]:
    return (item.kind, item.id, item.about, item.path, item.line, item.due, item.title)


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_makes_no_difference(files: dict[str, str], random: object) -> None:
    read = sources(files)
    expected = follow_ups(Book(read), TODAY, SETTINGS)
    random.shuffle(read)  # type: ignore[attr-defined]
    assert follow_ups(Book(read), TODAY, SETTINGS) == expected


@given(books())
def test_a_day_later_what_is_still_due_is_due_a_day_longer(files: dict[str, str]) -> None:
    before = {key(item): item.days_overdue for item in due(files, TODAY)}
    for item in due(files, TODAY + timedelta(days=1)):
        if key(item) in before:
            assert item.days_overdue == before[key(item)] + 1


@given(books(), st.integers(-400, 400))
def test_what_holds_of_every_list(files: dict[str, str], offset: int) -> None:
    today = TODAY + timedelta(days=offset)
    made = book(files)
    items = follow_ups(made, today, SETTINGS)
    ranks = list(KINDS)
    overdue = [item for item in items if item.due < today]
    # Overdue promises, then overdue cadence, then today's, then ahead.
    parts = [
        (0 if item.kind != "cadence" else 1) if item.due < today else 2 + (item.due > today)
        for item in items
    ]
    assert parts == sorted(parts)
    promises = [item for item in overdue if item.kind != "cadence"]
    assert promises == sorted(
        promises, key=lambda item: (item.due, ranks.index(item.kind), item.id)
    )
    ratios = [item.ratio or Fraction(0) for item in overdue if item.kind == "cadence"]
    assert ratios == sorted(ratios, reverse=True)
    for item in items:
        assert (item.ratio is not None) is (item.kind == "cadence")
        assert item.kind != "birthday" or item.days_overdue <= 0
        record = {**made.contacts, **made.events, **made.communities}[item.id]
        assert getattr(record, "status", "") != "deceased"
        assert not getattr(record, "me", False) or item.kind == "task"
    called = {
        item.id
        for item in items
        if item.kind in ("recontact", "follow_up", "second_meeting") and item.due <= today
    }
    assert not called & {item.id for item in items if item.kind == "cadence"}


@settings(max_examples=40)
@given(books())
def test_all_that_follows_can_be_asked_for(files: dict[str, str]) -> None:
    for today in (TODAY, date.min, date.max):
        facts = Facts(book(files), today, SETTINGS)
        assert facts.follow_ups is not None
        assert facts.book_problems is not None
        assert facts.circles
        assert facts.quarters is not None
        assert 0 <= facts.shape().evenness <= 1
        for contact in facts.book.contacts.values():
            assert facts.warmth(contact) >= 0
            assert facts.meetings_needed(contact) >= 0
            assert facts.level(contact)
            assert facts.net.path(contact) is None or facts.book.me
        for event in facts.book.events.values():
            ready = facts.readiness(event)
            assert ready.researched <= ready.targets
            brought = facts.yielded(event)
            assert set(brought.in_time) <= set(brought.recontacted) <= set(brought.met)
        for community in facts.book.communities.values():
            assert facts.health(community)
