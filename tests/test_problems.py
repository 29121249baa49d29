"""Problems as values: severity, order, short arguments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.problems import CODES, SHOWN, Problem, Report, shorten


def test_the_severity_is_that_of_the_code_unless_it_is_given() -> None:
    report = Report("contacts/li.md")
    report.add(1, "bad-value", key="a")
    report.add(2, "unknown-key")
    report.add(3, "too-many")
    report.add(4, "unknown-reference", severity="warning")
    assert [each.severity for each in report.problems] == ["error", "warning", "hint", "warning"]


def test_the_severities_of_the_format() -> None:
    errors = {code for code, severity in CODES.items() if severity == "error"}
    hints = {code for code, severity in CODES.items() if severity == "hint"}
    assert errors == {
        *("bad-encoding", "conflict-markers", "no-front-matter", "unreadable", "duplicate-id"),
        *("bad-yaml", "yaml-alias", "duplicate-key", "missing-key", "bad-value"),
        *("ambiguous-reference", "unknown-reference", "several-me"),
    }
    assert hints == {"too-many", "round-table", "budget-untold", "bill-not-split"}


def test_an_unknown_code_is_a_slip_in_the_program() -> None:
    with pytest.raises(KeyError):
        Report("x").add(1, "no-such-code")


def test_equal_ones_are_kept_once_and_in_order() -> None:
    report = Report("contacts/li.md")
    for line, code in [(3, "bad-value"), (1, "missing-key"), (3, "bad-due"), (3, "bad-value")]:
        report.add(line, code)
    assert report.count == 3
    assert [(each.line, each.code) for each in report.problems] == [
        (1, "missing-key"),
        (3, "bad-due"),
        (3, "bad-value"),
    ]


def test_problems_of_several_files_by_path_and_line() -> None:
    rows = [("b", 1), ("a", 10), ("a", 2)]
    found = sorted(Problem(path, line, "bad-value", "error") for path, line in rows)
    assert [(each.path, each.line) for each in found] == [("a", 2), ("a", 10), ("b", 1)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("two\nlines\tand  more", "two lines and more"),
        ("x" * SHOWN, "x" * SHOWN),
        ("x" * (SHOWN + 1), "x" * (SHOWN - 1) + "…"),
        ("", ""),
    ],
)
def test_a_value_in_a_message_is_one_short_line(text: str, shown: str) -> None:
    assert shorten(text) == shown


@given(st.text())
def test_any_value_is_short(text: str) -> None:
    shown = shorten(text)
    assert len(shown) <= SHOWN
    assert "\n" not in shown


def test_a_long_value_costs_nothing() -> None:
    report = Report("x")
    report.add(1, "bad-value", value="x" * 10_000_000)
    assert len(dict(report.problems[0].args)["value"]) == SHOWN
