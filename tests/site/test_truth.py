"""However a site has grown, it is byte for byte what a build from nothing makes.

What is remembered of where people stood in the picture of the net is memory, no cache: the build
from nothing begins with it too.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from renmai.site.build import build_site
from renmai.site.folder import LIST
from renmai.site.increment import rows, shelf, small
from renmai.site.views import ledger
from tests.site.scribbling import Scribbler

SEED = int(os.environ.get("RENMAI_SEED") or random.randrange(10**6))
#: So many books, and so many changes of each.
BOOKS = int(os.environ.get("RENMAI_BOOKS") or 4)
CHANGES = 12

MEMORY = ".renmai/network.json"


def files_below(root: Path) -> dict[str, bytes]:
    """The files of a site but the list that a build keeps of its own."""
    files = (path for path in root.rglob("*") if path.is_file() and path.name != LIST)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def fresh_site(root: Path, scratch: Path, writer: Scribbler, memory: bytes | None) -> Path:
    """A build from nothing of the same book, with the memory from before the last change."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(root, scratch, ignore=shutil.ignore_patterns("site", ".renmai"))
    if memory is not None:
        (scratch / MEMORY).parent.mkdir()
        (scratch / MEMORY).write_bytes(memory)
    return build_site(scratch, today=writer.day).site_dir


def mischief(root: Path, chance: random.Random) -> str:
    """Something that befalls caches and sites."""
    cache, site = root / ".renmai/cache.db", root / "site"
    deed = chance.choice(["lose", "spoil", "meddle", "sweep", "unlist", *[""] * 8])
    if deed == "lose":
        cache.unlink(missing_ok=True)
    elif deed == "spoil" and cache.exists():
        data = bytearray(cache.read_bytes())
        for _ in range(40):
            data[chance.randrange(len(data))] ^= 255
        cache.write_bytes(data)
    elif deed == "meddle":
        page = chance.choice(sorted(site.rglob("*.html")))
        if chance.random() < 0.5:
            page.unlink()
        else:
            page.write_text("not ours")
    elif deed == "sweep":
        shutil.rmtree(site)
    elif deed == "unlist":
        (site / LIST).unlink()
    return deed


#: Limits that a small book hardly reaches.
LIMITS = [(ledger, "MOST_READY"), (ledger, "MOST_OWED"), (small, "_TURNED"), (shelf, "_MANY")]


@pytest.mark.parametrize("number", range(BOOKS))
def test_a_grown_site_is_a_fresh_one(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = SEED + number
    if number % 2:
        for module, name in LIMITS:
            monkeypatch.setattr(module, name, 3)
        monkeypatch.setattr(rows, "_FEW", 1)
    root, scratch = tmp_path / "book", tmp_path / "fresh"
    writer, chance = Scribbler(root, seed), random.Random(seed)
    build_site(root, today=writer.day)
    for step in range(CHANGES):
        said = [writer.act() for _ in range(chance.choice((1, 1, 1, 2, 4)))]
        befell = mischief(root, chance)
        memory = (root / MEMORY).read_bytes() if (root / MEMORY).exists() else None
        grown = files_below(build_site(root, today=writer.day).site_dir)
        fresh = files_below(fresh_site(root, scratch, writer, memory))
        story = f"RENMAI_SEED={seed}, step {step}, befell: {befell!r}\n" + "\n".join(said)
        assert grown.keys() == fresh.keys(), story
        for path, data in fresh.items():
            assert grown[path] == data, f"{path}\n{story}"
