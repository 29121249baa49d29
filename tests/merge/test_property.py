"""The three-way property: whatever two devices do to a record, nothing is lost, both ways round.

`RENMAI_EXAMPLES=5000` makes many more examples.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.merge.checking import faults

SEEDS = st.integers(min_value=0, max_value=2**32)
OFTEN = settings(
    max_examples=int(os.environ.get("RENMAI_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@OFTEN
@given(SEEDS)
def test_nothing_is_lost(seed: int) -> None:
    """Added: there, once. Removed and left alone: gone. Both ways round: the same record."""
    found, _ = faults(random.Random(seed))
    note(f"seed {seed}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("seed", [380, 523, 63418, 102845, 102894, 104309, 108168])
def test_what_was_lost_once(seed: int) -> None:
    assert not faults(random.Random(seed))[0]


@OFTEN
@given(SEEDS)
def test_what_is_only_added_is_never_in_conflict(seed: int) -> None:
    found, conflicts = faults(random.Random(seed), adds_only=True)
    note(f"seed {seed}")
    assert not found, "\n".join(found)
    assert conflicts == 0
