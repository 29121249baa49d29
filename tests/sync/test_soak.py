"""The soak: short here, long with RENMAI_SOAK."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from tests.sync.soak import Soak

SEED = int(os.environ.get("RENMAI_SEED", random.randrange(10**6)))
STEPS = int(os.environ.get("RENMAI_SOAK_STEPS", "500")) if os.environ.get("RENMAI_SOAK") else 30


def test_three_devices_end_equal_and_nothing_logged_is_missing(hub: Path, tmp_path: Path) -> None:
    sys.stdout.write(f"RENMAI_SEED={SEED}\n")
    soak = Soak(tmp_path, hub, SEED)
    soak.run(STEPS)
    soak.check()
    sys.stdout.write(f"{soak.done} {len(soak.logged)} logged\n")
    assert soak.logged
