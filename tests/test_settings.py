"""The settings of a book."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.settings import DEFAULT_CIRCLES, Circle, Settings, SettingsFile, read_settings
from renmai.text.values import NEVER, Duration


def read(below: str = "", before: str = "site_name: x\n") -> SettingsFile:
    """A `mkdocs.yml` with these settings; they begin on line 4."""
    plugin = "\n".join(f"      {line}" for line in below.split("\n")) if below else ""
    return read_settings(f"{before}plugins:\n  - renmai:\n{plugin}\n".encode())


def settings(below: str) -> Settings:
    found = read(below)
    assert found.problems == []
    assert found.settings is not None
    return found.settings


def rows(below: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.code, each.variant) for each in read(below).problems]


@pytest.mark.parametrize(
    "text",
    [
        "plugins:\n  - renmai\n",
        "plugins:\n  - renmai:\n",
        "plugins:\n  - renmai: {}\n",
        "plugins:\n  - search\n  - renmai\n",
        "plugins:\n  - search: {x: y}\n  - renmai: ~\n",
        "plugins:\n  renmai:\n",
        "plugins:\n  search: {}\n  renmai: {}\n",
        "plugins: [renmai]\n",
        "site_name: !ENV [X, y]\nplugins:\n  - renmai\nx: &a [*a]\n".replace("[*a]", "1\ny: *a"),
    ],
)
def test_named_with_defaults(text: str) -> None:
    found = read_settings(text.encode())
    assert found.problems == []
    assert found.settings == Settings()


@pytest.mark.parametrize(
    "text",
    ["", "site_name: x\n", "plugins:\n", "plugins: []\n", "plugins:\n  - search\n", "- renmai\n",
     "renmai\n", "plugins:\n  - renmai2\n", "plugins: renmai\n", "theme: {plugins: [renmai]}\n"],
)  # fmt: skip
def test_not_named(text: str) -> None:
    found = read_settings(text.encode())
    assert (found.settings, found.problems, found.broken) == (None, [], False)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"plugins: [renmai\nsite_name: x\n", 1),
        (b"a: b\nplugins: @\n", 2),
        (b"a: b\n\xff\n", 2),
        (b"a: *x\nplugins: [renmai]\n", 1),
        (b"<<<<<<< x\na: b\n", 1),
    ],
)
def test_no_yaml(data: bytes, line: int) -> None:
    found = read_settings(data)
    assert found.broken
    assert found.settings is None
    assert [(each.path, each.line) for each in found.problems] == [("mkdocs.yml", line)]


def test_the_defaults() -> None:
    found = settings("language: en")
    assert (found.language, found.cadence) == ("en", None)
    assert {tier: str(each) for tier, each in found.tiers.items()} == {
        5: "1w",
        15: "1m",
        50: "3m",
        150: "6m",
    }
    assert {name: circle.built_in for name, circle in found.circles.items()} == {
        **dict.fromkeys(["family", "classmate", "colleague"], True),
        **dict.fromkeys(["work", "hobby", "media", "finance", "community", "government"], False),
    }
    assert [str(each) for each in (found.recontact_within, found.recontact_window)] == ["1d", "90d"]
    assert str(found.horizon) == "14d"


def test_what_is_written() -> None:
    found = settings("language: zh\ncadence: 6m\nhorizon: 1w\nrecontact_within: never")
    assert (found.language, found.cadence) == ("zh", Duration(6, "m"))
    assert (found.horizon, found.recontact_within) == (Duration(1, "w"), NEVER)


def test_tiers_add_to_and_override_the_defaults() -> None:
    found = settings("tiers: {5: 3d, 500: 1y, 15: ~}")
    assert {tier: str(each) for tier, each in found.tiers.items()} == {
        5: "3d",
        15: "1m",
        50: "3m",
        150: "6m",
        500: "1y",
    }


def test_circles_replace_the_defaults() -> None:
    found = settings("circles:\n  work: {cadence: 3m, label: 工作, built_in: yes}\n  art:")
    assert list(found.circles) == ["work", "art"]
    work = found.circles["work"]
    assert (work.cadence, work.label, work.built_in) == (Duration(3, "m"), "工作", True)
    assert work.line_of("cadence") == 5
    assert found.circles["art"] == Circle()
    assert settings("circles: {}").circles == {}
    assert settings("circles:").circles == DEFAULT_CIRCLES


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("lang: zh", [(4, "unknown-key", "near")]),
        ("language: de", [(4, "bad-value", "choice")]),
        ("cadence: monthly", [(4, "bad-value", "")]),
        ("horizon: 14", [(4, "bad-value", "")]),
        ("tiers: 5", [(4, "bad-value", "")]),
        ("tiers:\n  5: weekly\n  x: 1w", [(5, "bad-value", ""), (6, "bad-value", "")]),
        ("circles: [work]", [(4, "bad-value", "")]),
        ("circles:\n  work: 3m", [(5, "bad-value", "")]),
        ("circles:\n  work:\n    cadence: x\n    colour: red",
         [(6, "bad-value", ""), (7, "unknown-key", "default")]),
        ("x-mine: 1", []),
    ],
)  # fmt: skip
def test_problems_at_their_line(below: str, expected: list[tuple[int, str, str]]) -> None:
    assert rows(below) == expected
    assert all(each.path == "mkdocs.yml" for each in read(below).problems)


def test_what_can_be_read_is_used() -> None:
    found = read("cadence: x\nlanguage: zh\ncircles: {work: 3m, art: {cadence: 1m}}").settings
    assert found
    assert (found.cadence, found.language) == (None, "zh")
    assert found.circles["work"] == Circle()
    assert found.circles["art"].cadence == Duration(1, "m")


@pytest.mark.parametrize("below", ["text", "[a]"])
def test_settings_that_are_no_map(below: str) -> None:
    found = read_settings(f"plugins:\n  - renmai: {below}\n".encode())
    assert found.settings == Settings()
    assert [(each.line, each.code) for each in found.problems] == [(2, "bad-value")]


def test_defaults_are_not_shared() -> None:
    one, other = Settings(), Settings()
    one.tiers[7] = NEVER
    one.circles.clear()
    assert other == Settings()
    assert 7 not in other.tiers


@given(st.binary(max_size=100), st.booleans())
def test_any_bytes(data: bytes, named: bool) -> None:
    data = b"plugins:\n  - renmai:\n      " * named + data
    found = read_settings(data)
    assert not found.broken or found.problems
    assert all(1 <= each.line <= data.count(b"\n") + 1 for each in found.problems)
