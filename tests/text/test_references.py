"""What is a reference, and what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.text.references import Ref, mentions, parse_ref, target_text


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[[li]]", ["li"]),
        ("see [[li]] and [[wang|Wang Fang]].", ["li", "wang"]),
        ("[[ li ]]", ["li"]),
        ("[[li#Log]]", ["li"]),
        ("[[li#Log|the log]]", ["li"]),
        ("[[li|a#b]]", ["li"]),
        ("[[events/li]]", ["events/li"]),
        ("[[e\u0301]]", ["é"]),
        ("[[李雷]]、[[王芳]]", ["李雷", "王芳"]),
        ("[[li\\|in a table]]", ["li"]),
        ("[[[li]]]", ["li"]),
        ("[[#Heading]]", []),
        ("[[]]", []),
        ("[[ ]]", []),
        ("[[|x]]", []),
        ("![[li]]", []),
        ("\\[[li]]", []),
        ("[li]", []),
        ("[[li]", []),
        ("[[li\n]]", []),
        ("[[a[b]]", []),
    ],
)
def test_mentions(line: str, found: list[str]) -> None:
    assert mentions(line, 7) == [Ref(each, True, 7) for each in found]


@pytest.mark.parametrize(
    ("scalar", "ref"),
    [
        ("li", Ref("li", False, 3)),
        (" li ", Ref("li", False, 3)),
        ("[[li]]", Ref("li", True, 3)),
        (" [[li|x]] ", Ref("li", True, 3)),
        ("[[events/li#x]]", Ref("events/li", True, 3)),
        ("Ms Wu", Ref("Ms Wu", False, 3)),
        ("see [[li]]", Ref("see [[li]]", False, 3)),
        ("", None),
        ("  ", None),
        ("[[#x]]", None),
        ("[[ |x]]", None),
    ],
)
def test_a_scalar(scalar: str, ref: Ref | None) -> None:
    assert parse_ref(scalar, 3) == ref


@given(st.text(st.characters(exclude_characters="[]\n#|\\"), min_size=1))
def test_what_is_written_in_brackets_is_found(text: str) -> None:
    found = [ref.text for ref in mentions(f"a [[{text}]] b", 1)]
    assert found == ([target_text(text)] if text.strip() else [])
