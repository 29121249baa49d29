"""The net: a merge that does not read as it should is not written."""

from __future__ import annotations

from collections import Counter

import pytest

from renmai.merge.body import MergedBody
from renmai.merge.frontmatter import Merged
from renmai.merge.lines import conflict
from renmai.merge.net import holds
from renmai.merge.versions import Versions
from tests.merge.cards import card, log

TEXT = card("tags: [a]\n", "\nMet.\n" + log("2026-09-01 call: a"))
FRONT = Merged("", {"name": "Li", "tags": ["a"]})
UNITS = ["## Log\n", "- 2026-09-01 call: a\n"]
MET = Counter(["Met."])


def body(units: list[str], conflicts: int = 0, *prose: Counter[str]) -> MergedBody:
    return MergedBody("", units, conflicts, Versions(*(prose or (MET, MET, MET))))


def test_what_reads_as_it_should_holds() -> None:
    assert holds(TEXT, FRONT, body(UNITS))


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("[a]", "[a, a]"),
        TEXT.replace("tags: [a]", "tags: [a"),
        TEXT.replace("tags: [a]\n", "tags: [a]\nname: Li\n"),
        TEXT.replace("- 2026-09-01 call: a\n", ""),
        TEXT + "- 2026-09-01 call: a\n",
        TEXT.replace("- 2026", "```\n- 2026"),
        TEXT.replace("## Log", "# Log"),
        TEXT.replace("Met.", "Met.\n\nMet."),
        TEXT.replace("Met.", ""),
    ],
)
def test_what_does_not_is_given_up(text: str) -> None:
    assert not holds(text, FRONT, body(UNITS))


@pytest.mark.parametrize(
    ("counts", "found", "fine"),
    [
        ((0, 1, 1), 1, True),  # the same line by both, or two of it
        ((0, 1, 1), 2, True),
        ((0, 1, 0), 0, False),
        ((1, 1, 1), 2, False),
        ((1, 0, 1), 0, True),
        ((1, 0, 1), 1, False),
        ((2, 1, 1), 0, True),
        ((2, 1, 3), 2, True),
        ((2, 1, 3), 1, False),
    ],
)
def test_prose_stands_as_often_as_the_changes_come_to(
    counts: tuple[int, int, int], found: int, fine: bool
) -> None:
    prose = [Counter({"Met.": count}) for count in counts]
    assert holds(TEXT.replace("Met.\n", "Met.\n" * found), FRONT, body(UNITS, 0, *prose)) == fine


def test_a_conflict_holds_whichever_way_it_ends() -> None:
    ours, theirs = "- 2026-10-01 call: b\n", "- 2026-10-01 call: c\n"
    text = TEXT + conflict(ours, theirs)
    assert holds(text, FRONT, body(UNITS, 1))
    assert not holds(text, FRONT, body([*UNITS, "- [ ] lost\n"], 1))
    assert not holds(text.replace(theirs, "<<<<<<< x\n"), FRONT, body(UNITS, 1))
