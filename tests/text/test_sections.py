"""The sections of a body that have a meaning."""

from __future__ import annotations

import pytest

from renmai.text.body import scan_body
from renmai.text.sections import find_sections, roles_of


def roles(text: str, phases: bool = True) -> list[str | None]:
    """The role of each line."""
    body = scan_body(text)
    role_at = roles_of(find_sections(body, phases=phases))
    return [role_at(number) for number in range(len(body.lines))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n## Log\nb\nc", [None, "log", "log", "log"]),
        ("## log\n### x\nb", ["log", "log", "log"]),
        ("## 记录 ##\n## x\nb", ["log", None, None]),
        ("## Log\n# x\nb", ["log", None, None]),
        ("## Log\n## Log\nb", ["log", "log", "log"]),
        ("# Log\nb", [None, None]),
        ("### Log\nb", [None, None]),
        ("Log\n---\nb", [None, None, None]),  # a log is opened by #s
        ("## Log\nx\n===\nb", ["log", None, None, None]),
        ("## Before\na\n## Log\nb\n## 会后", ["before", "before", "log", "log", "after"]),
        ("During\n------\na", ["during", "during", "during"]),
        ("## Log of the trip\na", [None, None]),
        ("```\n## Log\n```\na", [None] * 4),
        ("- ## Log\na", [None] * 2),
        ("", [None]),
    ],
)
def test_from_its_heading_to_the_next_of_level_1_or_2(
    text: str, expected: list[str | None]
) -> None:
    assert roles(text) == expected


def test_phases_are_an_events() -> None:
    assert roles("## Before\na", phases=False) == [None, None]
    assert roles("## Log\n## Before\na", phases=False) == ["log", None, None]
