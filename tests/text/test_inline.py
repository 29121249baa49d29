"""Inline code and comments in a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.text.inline import CODE, COMMENT, mask_comments, mask_inline


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a `b` c", "a ccc c"),
        ("a `b c", "a `b c"),
        ("``a`b``", "ccccccc"),
        ("``a`b", "``a`b"),
        ("`a``b`", "cccccc"),
        ("`a\nb` c", "cc\ncc c"),
        ("\\`a` b", "\\`a` b"),
        ("\\`a` `b`", "\\`accc" + "b`"),
        ("\\\\`a`", "\\\\ccc"),
        ("`a\\` b`", "cccc b`"),
        ("a <!-- b --> c", "a !!!!!!!!!! c"),
        ("a <!-- b", "a <!-- b"),
        ("<!-- a\nb --> c", "!!!!!!\n!!!!! c"),
        ("<!--> a -->", "!!!!! a -->"),
        ("<!---> a", "!!!!!! a"),
        ("\\<!-- a -->", "\\<!-- a -->"),
        ("`<!--` a -->", "cccccc a -->"),
        ("<!-- ` --> `", "!!!!!!!!!! `"),
        ("<!-- a --><!-- b -->", "!" * 20),
    ],
)
def test_what_is_masked(text: str, shown: str) -> None:
    assert mask_inline(text).replace(CODE, "c").replace(COMMENT, "!") == shown


@given(st.text(st.sampled_from("`\\<!->a \n"), max_size=40))
def test_places_hold(text: str) -> None:
    masked = mask_inline(text)
    assert len(masked) == len(text)
    pairs = zip(text, masked, strict=True)
    assert all(new == old or (new in (CODE, COMMENT) and old != "\n") for old, new in pairs)


def test_comments_alone() -> None:
    shown = mask_comments("`a` <!-- b --> `c` <!-- d").replace(COMMENT, "!")
    assert shown == "`a` !!!!!!!!!! `c` <!-- d"
