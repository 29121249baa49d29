"""Pin every package of a fresh environment in constraints.txt: names and versions, no address.

Run with `make constraints`. The set is the same for every Python that is supported.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "constraints.txt"
HEAD = """\
# Every package that `make` installs, pinned. Written by `make constraints`; not by hand.
"""
# Only the axe-core script inside it is used, so it comes without what it depends on.
ALONE = "axe-playwright-python"


def main() -> None:
    """Make an environment with the newest of everything, and write down what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        python = str(Path(folder, "bin", "python"))
        _run(sys.executable, "-m", "venv", folder)
        # One dependency comes as source, and is built with setuptools.
        _run(python, "-m", "pip", "install", "--quiet", "--upgrade", f"{ROOT}[dev]", "setuptools")
        _run(python, "-m", "pip", "install", "--quiet", "--no-deps", ALONE)
        frozen = _run(python, "-m", "pip", "freeze", "--all", "--exclude", "renmai")
    pins = sorted(
        (pin for pin in frozen.splitlines() if "==" in pin and not pin.startswith("pip==")),
        key=str.lower,
    )
    TARGET.write_text(HEAD + "\n".join(pins) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(pins)} packages")


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
