"""Front matter merges by key, maps by key at every depth, lists by item (sync.md)."""

from __future__ import annotations

import pytest

from tests.merge.cards import card, clean, front, merged


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        # by key
        ("city: A\ntier: 5\n", "city: B\ntier: 5\n", "city: A\ntier: 15\n", "city: B\ntier: 15\n"),
        ("city: A\n", "city: A\ntier: 5\n", "city: A\npinyin: Li\n", None),
        (
            "city: A\ntier: 5\n",
            "city: A\n",
            "city: A\ntier: 5\nwechat: w\n",
            "city: A\nwechat: w\n",
        ),
        ("city: A\n", "city: B\n", "city: B\n", "city: B\n"),
        ("city: A\n", 'city: "B"  # b\n', "city: A\n", 'city: "B"  # b\n'),
        # the exact bytes of the side that changed
        ("city:   'A'\n", "city:   'A'\ntier: 5\n", 'city:  "B"   # x\n', None),
        # lists by item
        ("tags: [a]\n", "tags: [a, b]\n", "tags: [c, a]\n", "tags: [c, a, b]\n"),
        ("tags: [a, b]\n", "tags: [b]\n", "tags: [a, b, c]\n", "tags: [b, c]\n"),
        ("tags: [ a ]\n", "tags: [ a, b ]\n", "tags: [a]\n", "tags: [ a, b ]\n"),
        (
            "tags:\n  - a\n",
            "tags:\n  - a\n  - b\n",
            "tags:\n  - c\n  - a\n",
            "tags:\n  - c\n  - a\n  - b\n",
        ),
        ("tags:\n- a\n", "tags:\n- a\n- b\n", "tags:\n  - c\n  - a\n", None),
        ("tags: [a]\n", "tags:\n  - a\n  - b\n", "tags: [a, c]\n", "tags:\n  - a\n  - b\n  - c\n"),
        ("tags:\n", "tags: [a]\n", "tags:\n  - b\n", "tags:\n  - a\n  - b\n"),
        ("", "tags: [a]\n", "tags: [b]\n", "tags: [a, b]\n"),
        ("tags: [a]\n", "", "tags: [a, b]\n", "tags: [b]\n"),
        ("tags: [a, b]\n", "tags: [b]\n", "tags: [a]\n", "tags: []\n"),
        (
            "phones: '1'\n",
            "phones: ['1', '2']\n",
            "phones: ['3', '1']\n",
            "phones: ['3', '1', '2']\n",
        ),
        ("", "phones: '1'\n", "phones: '2'\n", "phones: ['1', '2']\n"),
        ("phones: '1'\n", "phones:\n  - '1'\n  - '2'\n", "phones: '1'\ncity: A\n", None),
        # a plain text that means something else in brackets
        ("tags: [a]\n", "tags: [a, b]\n", "tags:\n  - a\n  - x, y\n", None),
        ("", "needs: a lawyer, soon\n", "needs: b\n", 'needs: ["a lawyer, soon", b]\n'),
        # maps by key at every depth
        (
            "links: {a: 1}\n",
            "links: {a: 1, b: 2}\n",
            "links: {c: 3, a: 1}\n",
            "links: {c: 3, a: 1, b: 2}\n",
        ),
        (
            "links:\n  a: 1\n",
            "links:\n  a: 1\n  b: 2\n",
            "links:\n  a: 9\n",
            "links:\n  a: 9\n  b: 2\n",
        ),
        ("links:\n  a: 1\n", "links:\n    a: 1\n    b: 2\n", "links: {a: 1, c: 3}\n", None),
        (
            "met: {date: 2024, at: x}\n",
            "met: {date: 2024-05, at: x}\n",
            "met: {date: 2024, at: y}\n",
            "met: {date: 2024-05, at: y}\n",
        ),
        (
            "x-a:\n  b:\n    c: 1\n    d: 2\n",
            "x-a:\n  b:\n    c: 3\n    d: 2\n",
            "x-a:\n  b:\n    c: 1\n    d: 4\n",
            "x-a:\n  b:\n    c: 3\n    d: 4\n",
        ),
        # a list over several lines in brackets
        (
            "tags: [\n  a,  # first\n  b,\n]\n",
            "tags: [\n  a,  # first\n  b,\n  c,\n]\n",
            "tags: [\n  a,  # first\n]\n",
            None,
        ),
    ],
)
def test_merges(base: str, ours: str, theirs: str, expected: str | None) -> None:
    found = front(base, ours, theirs) if expected else None
    assert found == expected
    merged(card(base), card(ours), card(theirs))


def test_the_forms_that_differ_with_the_side() -> None:
    """Which of two ways to write one thing stands is a matter of whose file it is."""
    base, ours, theirs = "tags:\n- a\n", "tags:\n- a\n- b\n", "tags:\n  - c\n  - a\n"
    assert merged(card(base), card(ours), card(theirs)) == (
        card("tags:\n- c\n- a\n- b\n").encode(),
        0,
    )


PEOPLE = "date: 2026-11-21\npeople:\n  - who: li\n    met: yes\n  - who: wang\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (
            "  - who: li\n    met: yes\n    seed: tea\n  - who: wang\n",
            "  - who: li\n    met: yes\n    next: 2026-12-01\n  - who: wang\n    met: yes\n",
            "  - who: li\n    met: yes\n    next: 2026-12-01\n    seed: tea\n"
            "  - who: wang\n    met: yes\n",
        ),
        (
            "  - who: wang\n  - who: li\n    met: yes\n",
            "  - who: li\n    met: no\n  - who: wang\n",
            "  - who: wang\n  - who: li\n    met: no\n",
        ),
        (
            "  - who: li\n    met: yes\n",
            "  - who: li\n    met: yes\n  - who: wang\n    met: yes\n",
            "  - who: li\n    met: yes\n  - who: wang\n    met: yes\n",
        ),
        (
            "  - who: li\n    met: yes\n",
            "  - who: li\n    met: yes\n  - who: wang\n  - who: chen\n",
            "  - who: li\n    met: yes\n  - who: chen\n",
        ),
        (
            "  - {who: li, met: yes, seed: tea}\n  - {who: wang}\n",
            "  - who: li\n    met: yes\n    x-a: 1\n  - who: wang\n",
            None,
        ),
        (
            '  - who: "[[li]]"\n    met: yes\n    seed: tea\n  - who: wang\n',
            "  - who: li\n    met: no\n  - who: wang\n",
            '  - who: "[[li]]"\n    met: no\n    seed: tea\n  - who: wang\n',
        ),
    ],
)
def test_a_map_in_a_list_is_known_by_who(ours: str, theirs: str, expected: str | None) -> None:
    head = "date: 2026-11-21\npeople:\n"
    if expected:
        assert front(PEOPLE, head + ours, head + theirs, "events") == head + expected
    else:
        merged(card(PEOPLE), card(head + ours), card(head + theirs), "events")


def test_a_map_in_a_list_is_known_by_date_and_what() -> None:
    base = "dates:\n  - {date: 2020-01-01, what: wedding}\n"
    ours = base + "  - {date: 2021-01-01, what: move}\n"
    ours = ours.replace("wedding", "wedding, x-m: 2")
    theirs = base.replace("wedding", "wedding, x-n: 1")
    assert front(base, ours, theirs) == ours.replace("x-m: 2", "x-m: 2, x-n: 1")


def test_a_map_in_a_list_is_known_by_a_and_b() -> None:
    base = "introductions:\n  - {a: li, b: wang}\n"
    ours = "introductions:\n  - {a: li, b: wang, next: 2026-12-01}\n"
    theirs = base + "  - {a: li, b: chen}\n"
    assert front(base, ours, theirs, "events") == ours + "  - {a: li, b: chen}\n"


def test_a_reference_in_brackets_is_no_list() -> None:
    assert front("", "members: [[li]]\n", "members: [[wang]]\n", "communities") == (
        "members: [[[li]], [[wang]]]\n"
    )


# Comments


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("city: A  # c\n", "city: B  # c\n", "city: A  # d\n", "city: B  # d\n"),
        ("city: A\n", "city: B\n", "# c\ncity: A\n", "# c\ncity: B\n"),
        (
            "# c\ncity: A\ntier: 5\n",
            "# c\ncity: B\ntier: 5\n",
            "tier: 5\n# c\ncity: A\n",
            "tier: 5\n# c\ncity: B\n",
        ),
        ("# c\ncity: A\ntier: 5\n", "tier: 5\n", "# c\ncity: A\ntier: 15\n", "tier: 15\n"),
        (
            "tags: [a]  # c\n",
            "tags: [a, b]  # c\n",
            "tags: [a, c]  # d\n",
            "tags: [a, b, c]  # d\n",
        ),
        (
            "tags:  # c\n  - a  # d\n",
            "tags:  # c\n  - a  # d\n  - b\n",
            "tags:  # c\n  # e\n  - a  # d\n  - c\n",
            "tags:  # c\n  # e\n  - a  # d\n  - b\n  - c\n",
        ),
        ("x-a: |\n  one\n", "x-a: |\n  one\ncity: A\n", "x-a: |\n  two\n", None),
    ],
)
def test_a_comment_stays_with_its_key(
    base: str, ours: str, theirs: str, expected: str | None
) -> None:
    found = front(base, ours, theirs)
    assert expected is None or found == expected


def test_a_list_written_anew_keeps_its_comment() -> None:
    base, ours, theirs = "tags: [a]\n", "tags:\n  - a\n  - b\n", "tags: [a, c]  # mine\n"
    found, conflicts = merged(card(base), card(ours), card(theirs))
    assert (found.decode(), conflicts) == (card("# mine\ntags:\n  - a\n  - b\n  - c\n"), 0)


def test_lines_in_brackets_that_lose_the_brackets() -> None:
    base = "links: {a: one\n    two}\n"
    ours, theirs = "links:\n  a: one\n    two\n  c: 3\n", base.replace("}", ", b: x\n y}")
    found, _ = merged(card(base), card(ours), card(theirs))
    assert found.decode() == card("links:\n  a: one\n    two\n  b: x\n     y\n  c: 3\n")


def test_a_map_written_anew_here_and_commented_there() -> None:
    base = "links:  # c\n  a: 1\n"
    assert front(base, "links: {a: 1}  # c\n", "# d\n" + base) == "# d\nlinks: {a: 1}  # c\n"


def test_what_stands_above_all_keys_stays_there() -> None:
    top = "# yaml-language-server: $schema=x\n"
    base, ours, theirs = (
        f"---\n{top}name: {n}\n{m}---\n" for n, m in (("L", ""), ("M", ""), ("L", "tier: 5\n"))
    )
    assert clean(base, ours, theirs) == f"---\n{top}name: M\ntier: 5\n---\n"


# Conflicts


def conflicting(base: str, ours: str, theirs: str, folder: str = "contacts") -> str:
    """The front matter of a merge with one conflict."""
    found, conflicts = merged(card(base), card(ours), card(theirs), folder)
    assert conflicts == 1
    return found.decode().removeprefix("---\nname: Li\n").removesuffix("---\n")


def test_different_values_are_marked_around_the_key() -> None:
    assert conflicting("city: A\ntier: 5\n", "city: B\ntier: 5\n", "city: C\ntier: 15\n") == (
        "<<<<<<< ours\ncity: B\n=======\ncity: C\n>>>>>>> theirs\ntier: 15\n"
    )


def test_a_conflict_within_a_map_is_around_its_key() -> None:
    base = "invitation:\n  status: needed\n  route: ticket\n"
    ours, theirs = base.replace("needed", "asked"), base.replace("needed", "confirmed")
    assert conflicting(base, ours, theirs.replace("ticket", "host"), "events") == (
        "invitation:\n<<<<<<< ours\n  status: asked\n=======\n  status: confirmed\n>>>>>>> theirs\n"
        "  route: host\n"
    )


def test_a_conflict_within_an_item_is_around_its_key() -> None:
    base = "people:\n  - who: li\n    does: a\n  - who: wang\n"
    ours = base.replace("does: a", "does: b") + "  - who: chen\n"
    found = conflicting(base, ours, base.replace("does: a", "does: c"), "events")
    assert found == (
        "people:\n  - who: li\n<<<<<<< ours\n    does: b\n=======\n    does: c\n>>>>>>> theirs\n"
        "  - who: wang\n  - who: chen\n"
    )


def test_a_conflict_within_brackets_is_around_the_whole() -> None:
    base = "people:\n  - {who: li, does: a}\n  - who: wang\n"
    found = conflicting(base, base.replace(" a}", " b}"), base.replace(" a}", " c}"), "events")
    assert found == (
        "people:\n<<<<<<< ours\n  - {who: li, does: b}\n=======\n  - {who: li, does: c}\n"
        ">>>>>>> theirs\n  - who: wang\n"
    )


def test_a_conflict_on_the_line_of_the_dash_is_around_the_item() -> None:
    base = "people:\n  - role: guest\n    who: li\n  - who: wang\n"
    ours, theirs = base.replace("guest", "host"), base.replace("guest", "speaker")
    assert conflicting(base, ours, theirs, "events") == (
        "people:\n<<<<<<< ours\n  - role: host\n    who: li\n=======\n  - role: speaker\n"
        "    who: li\n>>>>>>> theirs\n  - who: wang\n"
    )


def test_removed_here_and_changed_there_is_a_conflict() -> None:
    found = conflicting("city: A\n", "", "# c\ncity: B\n")
    assert found == "# c\n<<<<<<< ours\n=======\ncity: B\n>>>>>>> theirs\n"


def test_a_map_removed_here_and_changed_there_stands_whole_in_the_conflict() -> None:
    theirs = "follow_up:\n  date: 2026-11-25\n  why: the budget\n"
    found = conflicting(theirs.replace("25", "17"), "", theirs)
    assert found == f"<<<<<<< ours\n=======\n{theirs}>>>>>>> theirs\n"


def test_markers_in_a_file_with_crlf_have_crlf() -> None:
    files = (card(f"city: {city}\n").replace("\n", "\r\n") for city in "ABC")
    found, _ = merged(*files)
    assert b"\r\n<<<<<<< ours\r\ncity: B\r\n=======\r\ncity: C\r\n>>>>>>> theirs\r\n" in found
    assert found.count(b"\n") == found.count(b"\r\n")


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (
            "follow_up: 2026-12-01\n",
            "follow_up: 2026-12-05\n",
            "follow_up: {date: 2026-12-01, why: b}\n",
        ),
        ("x-a: |\n  one\n", "x-a: |\n  two\n", "x-a: |\n  three\n\n  four\n"),
        ("city: A\n", "city: B\n", "city:\n"),
        ("", "city: B\n", "city: C\n"),
        ("links: {a: 1}\n", "links: {a: 2}\n", "links: {a: 3}\n"),
        ("links: {a: 1, b: 1}\n", "links: {b: 1}\n", "links: {a: 3, b: 1}\n"),
        ("city: A # c\n", "city: A # d\n", "city: A # e\n"),
    ],
)
def test_true_conflicts(base: str, ours: str, theirs: str) -> None:
    found = conflicting(base, ours, theirs)
    assert ours in found
    assert theirs in found
