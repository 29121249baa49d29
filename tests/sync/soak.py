"""Three devices and one repository: edits and syncs by chance, with kills and hours offline.

RENMAI_SOAK=1 pytest tests/sync/test_soak.py          # the long one
RENMAI_SEED=4711 pytest tests/sync/test_soak.py       # the same again
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

from tests.cli.running import run
from tests.sync.conftest import begin, clone
from tests.sync.kit import ENVIRONMENT, Device, card

PEOPLE = ("li", "wang", "zhao", "chen")
_MARKER = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


class Soak:
    """`logged`: the entries that were written, each a text of its own, with its card."""

    def __init__(self, folder: Path, hub: Path, seed: int) -> None:
        self.chance, self.hub = random.Random(seed), hub
        first = begin(folder / "one", hub)
        for name in PEOPLE:
            first.write(f"contacts/{name}.md", card(name.title(), "2026-01-01 call: begun"))
        first.synced()
        self.devices = [first, *(clone(hub, folder / name) for name in ("two", "three"))]
        self.logged: list[tuple[str, str]] = []
        self.done = dict.fromkeys(("edits", "syncs", "kills", "conflicts", "offline"), 0)

    def run(self, steps: int) -> None:
        """So many steps, each an edit, a sync, or a sync that is killed; then all come together."""
        for _ in range(steps):
            device = self.chance.choice(self.devices)
            kind = self.chance.choices(("edit", "sync", "kill", "offline"), (60, 25, 12, 3))[0]
            getattr(self, f"_{kind}")(device)
        if not self.hub.exists():
            self._away.rename(self.hub)
        for _ in range(3):
            for device in self.devices:
                self._sync(device)

    def check(self) -> None:
        """All three are equal, and hold everything that was logged, once."""
        trees = {device.git("rev-parse", "HEAD^{tree}") for device in self.devices}
        assert len(trees) == 1, trees
        assert len({device.head for device in self.devices}) == 1
        for device in self.devices:
            assert device.status == ""
            device.git("fsck", "--strict")
            assert run("check", cwd=device.book).code == 0
        book = self.devices[0]
        texts = {path.stem: path.read_text("utf-8") for path in book.book.glob("contacts/*.md")}
        counts = {text: texts[name].count(text) for name, text in self.logged}
        assert {text: n for text, n in counts.items() if n != 1} == {}
        stray = [path.name for path in book.book.rglob("*") if path.name.startswith(".merge_file")]
        assert stray == []

    def _edit(self, device: Device) -> None:
        self.done["edits"] += 1
        name = self.chance.choice(PEOPLE)
        path = f"contacts/{name}.md"
        text = device.read(path)
        if _MARKER.search(text):
            return  # nobody writes into a card that waits for a choice
        number = self.done["edits"]
        sort = self.chance.randrange(10)
        if sort < 5:
            entry = f"note {number} of {device.root.name} end"
            device.append(path, f"- 2026-02-{number % 28 + 1:02} call: {entry}\n")
            self.logged.append((name, entry))
        elif sort < 7:
            entry = f"word {number} of {device.root.name} end"
            if run("log", f"{name} call: {entry}", cwd=device.book, **ENVIRONMENT).code == 0:
                self.logged.append((name, entry))
        elif sort < 8:
            device.write(path, text.replace("\n---\n", f"\nx-{number}: {number}\n---\n", 1))
        elif sort < 9:
            device.write(f"contacts/new-{number}.md", card(f"New {number}", "2026-01-01 call: x"))
        else:
            plain = re.sub(r"(?m)^city: .*\n", "", text)
            device.write(path, plain.replace("\n---\n", f"\ncity: City {number}\n---\n", 1))

    def _sync(self, device: Device) -> None:
        self.done["syncs"] += 1
        for _ in range(4):
            result = device.sync()
            if result.code == 0:
                return
            if "<<<<<<<" in result.err:
                self.done["conflicts"] += 1
                self._choose(device)
            else:
                raise AssertionError(result)
        raise AssertionError(result)

    def _choose(self, device: Device) -> None:
        """What a user does: takes this device's words of a key, and both entries."""
        for path in device.book.rglob("*.md"):
            lines, side = [], ""
            for line in path.read_bytes().decode().splitlines(keepends=True):
                if _MARKER.match(line):
                    side = line[0].replace(">", "")
                elif not (side == "=" and line.startswith("city:")):
                    lines.append(line)
            path.write_bytes("".join(lines).encode())

    def _kill(self, device: Device) -> None:
        self.done["kills"] += 1
        child = os.fork()
        if child == 0:
            try:
                os.setsid()
                device.sync()
            finally:
                os._exit(0)
        time.sleep(self.chance.uniform(0.02, 0.5))
        ends = os.killpg if self.chance.random() < 0.7 else os.kill
        try:
            ends(child, signal.SIGKILL)
        except ProcessLookupError:  # it has not come to its own group yet, or is done
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def _offline(self, device: Device) -> None:
        """The repository between them goes away, or comes back."""
        self.done["offline"] += 1
        if self.hub.exists():
            self.hub.rename(self._away)
        else:
            self._away.rename(self.hub)

    @property
    def _away(self) -> Path:
        return self.hub.with_name("away.git")
