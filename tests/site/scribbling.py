"""Somebody who writes in a book at random: what they write, and what they do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.site.conftest import PIXEL, TODAY

PEOPLE = (
    *("ann", "ben", "chen-yue", "dan", "eva", "fay", "gus", "han", "ida", "jon", "kai", "lea"),
    *("mia", "noa", "ole", "pia", "quinn", "ron", "sam", "tao", "uma", "vic", "wei", "xia"),
)
NAMES = ("Ann Lee", "Ben", "陈月", "Dan Roe", "Éva", "Fay", "林晓舟", "Han", "Ann Lee")
#: Others whom people write of: by a name that several have, by one that nobody has, an event.
OTHERS = ("Éva", "陈月", "nobody", "Zoe", "summit", "Ann Lee", "Wei")
KINDS = (
    "meet",
    "call",
    "message",
    "gave",
    "got",
    "asked",
    "intro",
    "note",
    "见面",
    "output",
    "case",
)
WISHES = ("a lawyer", "office space", "设计师", "lawyer", "a designer", "space")
STATUSES = ("active", "active", "active", "wanted", "dormant", "deceased")
TOPS = (
    "language: zh",
    "language: en",
    "horizon: 1m",
    "cadence: 1w",
    "circles: {work: {label: Jobs}}",
)


class Scribbler:
    """Writes at random into the book at `root`; `day` is its today, `did` what was done last."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.chance, self.day, self.did = root, random.Random(seed), TODAY, ""
        self.settings: list[str] = []
        self.here = 0
        self.doings: list[Callable[[], str | None]] = [
            *[self.log] * 12,
            *[self.greet] * 6,
            *[self.contact] * 4,
            *[self.field] * 6,
            *[self.event, self.community, self.remove, self.rename, self.spoil, self.prose] * 2,
            *(self.set, self.wait, self.picture, self.touch),
        ]
        self.settle()
        for name in PEOPLE[:20]:
            self.write(f"contacts/{name}.md", self.card(name))
        self.event()
        self.community()

    def act(self) -> str:
        """Do one thing, and say which."""
        said = None
        while said is None:
            said = self.chance.choice(self.doings)()
        self.did = said
        return said

    # -- what is written --------------------------------------------------------------------------

    def one(self, values: tuple[str, ...]) -> str:
        return self.chance.choice(values)

    def maybe(self, text: str, share: float = 0.4) -> str:
        return text if self.chance.random() < share else ""

    def some_day(self, ahead: int = 40) -> date:
        return self.day - timedelta(self.chance.randrange(-ahead, 700))

    def a_day_around(self) -> date:
        """When most is left to do: shortly before today or behind it."""
        return self.day - timedelta(self.chance.randrange(-4, 10))

    def who(self) -> str:
        """Somebody to refer to, mostly one of the few around the one who is written of."""
        return self.one(OTHERS) if self.chance.random() < 0.15 else self.near()

    def near(self) -> str:
        return PEOPLE[(self.here + self.chance.randrange(1, 4)) % len(PEOPLE)]

    def entry(self) -> str:
        behind = f" with [[{self.who()}]]" + self.maybe(f", [[{self.who()}]]", 0.3)
        mark = self.maybe("!", 0.2)
        with_ = self.maybe(behind, 0.5)
        day = self.chance.choice((self.some_day(3), self.a_day_around()))
        return f"- {day} {self.one(KINDS)}{mark}{with_}: about [[{self.who()}]]\n"

    def card(self, name: str) -> str:
        self.here = PEOPLE.index(name)
        lines = [
            f"name: {self.chance.choice(NAMES)}" if self.maybe("x") else f"name: {name.title()}"
        ]
        lines += [self.line() for _ in range(self.chance.randrange(6))]
        kept = {line.partition(":")[0]: line for line in lines}
        body = self.maybe(f"Notes on [[{self.who()}]], **bold** ![x](face.png).\n")
        body += self.maybe(f"\n- [ ] write to [[{self.who()}]] due {self.some_day()}\n")
        log = "".join(self.entry() for _ in range(self.chance.randrange(5)))
        return "---\n" + "\n".join(kept.values()) + f"\n---\n{body}\n## Log\n\n{log}"

    def line(self) -> str:
        return self.chance.choice(
            (
                f"status: {self.one(STATUSES)}",
                f"circles: [{self.one(('work', 'family', 'hobby', 'other'))}]",
                f"tier: {self.one(('5', '15', '50', '150'))}",
                f"needs: [{self.one(WISHES)}]",
                f"offers: [{self.one(WISHES)}]",
                f"follow_up: {self.some_day()}",
                f"birthday: 1980-{self.chance.randrange(1, 13):02}-05",
                f"met: {{date: {self.some_day(0)}, through: {self.near()}}}",
                f"relations: [{{who: {self.near()}, how: friend}}]",
                f"company: {self.one(('Acme', '[[ann]] & co', '上海'))}",
                "photo: contacts/face.png",
                f"aliases: [{self.one(('Zoe', 'Éva', 'nobody'))}]",
                f"me: {'yes' if self.chance.random() < 0.2 else 'no'}",
                f"tags: [{self.one(('a', 'b'))}]",
                f"challenge: about [[{self.who()}]]",
            )
        )

    # -- what is done -----------------------------------------------------------------------------

    def write(self, path: str, text: str) -> str:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return f"write {path}:\n{text}"

    def any_file(self, *folders: str) -> Path | None:
        found = [file for folder in folders for file in (self.root / folder).glob("*.md")]
        file = self.chance.choice(sorted(found)) if found else None
        if file is not None and file.stem in PEOPLE:
            self.here = PEOPLE.index(file.stem)
        return file

    def log(self) -> str | None:
        file = self.any_file("contacts", "contacts", "events", "communities")
        if file is None:
            return None
        text = file.read_text("utf-8")
        text += "" if "## Log" in text else "\n## Log\n\n"
        return self.write(file.relative_to(self.root).as_posix(), text + self.entry())

    def greet(self) -> str | None:
        """Somebody who was at an event is written to, or not."""
        event = self.any_file("events")
        people = re.findall(r"who: ([a-z-]+)", event.read_text("utf-8")) if event else []
        file = self.root / f"contacts/{self.one((*people, 'nobody'))}.md"
        if not file.exists():
            return None
        self.here = PEOPLE.index(file.stem)
        text = file.read_text("utf-8").partition("## Log")[0]
        entry = f"- {self.a_day_around()} {self.one(('message', 'call', 'note'))}: x\n"
        return self.write(f"contacts/{file.name}", f"{text}\n## Log\n\n{entry}")

    def contact(self) -> str:
        name = self.one(PEOPLE)
        return self.write(f"contacts/{name}.md", self.card(name))

    def field(self) -> str | None:
        file = self.any_file("contacts")
        if file is None:
            return None
        head, _, rest = file.read_text("utf-8").partition("\n")
        line = self.line()
        key = line.partition(":")[0] + ":"
        kept = "\n".join(each for each in rest.split("\n") if not each.startswith(key))
        return self.write(f"contacts/{file.name}", f"{head}\n{line}\n{kept}")

    def event(self) -> str:
        people = "".join(
            f"  - {{who: {self.who()}, met: {self.one(('yes', 'yes', 'no'))}, target: yes"
            + self.maybe(f", next: {self.some_day()}")
            + "}\n"
            for _ in range(self.chance.randrange(5))
        )
        long_ago = self.day - timedelta(self.chance.randrange(-20, 100))
        start = self.chance.choice((long_ago, self.a_day_around(), self.a_day_around()))
        text = f"---\ntitle: {self.one(('Summit', 'Fair', 'Zoe'))}\ndate: {start}\n"
        text += self.maybe("community: club\n") + self.maybe("status: cancelled\n", 0.1)
        text += self.maybe("hosted: yes\n", 0.3)
        text += self.maybe(f"introductions: [{{a: {self.near()}, b: {self.near()}}}]\n")
        text += f"people:\n{people}" if people else ""
        text += "---\n## Before\n\n- [ ] tickets\n" + self.maybe("\n## After\n\n- [ ] thanks\n")
        return self.write(f"events/{self.one(('summit', 'fair', 'ball'))}.md", text)

    def community(self) -> str:
        members = ", ".join(self.who() for _ in range(self.chance.randrange(1, 5)))
        text = f"---\nname: {self.one(('Club', 'Circle'))}\nmembers: [{members}]\n"
        text += self.maybe("role: owner\ngather_every: 1m\n") + "---\n"
        return self.write(f"communities/{self.one(('club', 'guild'))}.md", text)

    def remove(self) -> str | None:
        file = self.any_file("contacts", "events", "communities")
        if file is None:
            return None
        file.unlink()
        return f"remove {file.name}"

    def rename(self) -> str | None:
        file = self.any_file("contacts", "events", "communities")
        target = file.with_name(f"{self.one(PEOPLE)}.md") if file else None
        if file is None or target is None or target.exists():
            return None
        file.rename(target)
        return f"rename {file.name} to {target.name}"

    def spoil(self) -> str | None:
        file = self.any_file("contacts", "events")
        if file is None:
            return None
        return self.write(file.relative_to(self.root).as_posix(), "---\nname: [\n---\nx [[ann]]\n")

    def prose(self) -> str | None:
        file = self.any_file("contacts", "communities")
        if file is None:
            return None
        text = file.read_text("utf-8") + f"\n# More\n\nSee [[{self.who()}]].\n"
        return self.write(file.relative_to(self.root).as_posix(), text)

    def touch(self) -> str | None:
        file = self.any_file("contacts")
        if file is None:
            return None
        file.touch()
        return f"touch {file.name}"

    def picture(self) -> str:
        file = self.root / "contacts/face.png"
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return "no picture"
        file.write_bytes(PIXEL + self.chance.randbytes(4))
        return "another picture"

    def set(self) -> str:
        self.settings = self.chance.sample(TOPS, self.chance.randrange(3))
        if "language: zh" in self.settings and "language: en" in self.settings:
            self.settings.remove("language: en")
        return self.settle()

    def settle(self) -> str:
        lines = "".join(f"      {line}\n" for line in self.settings)
        name = self.chance.choice(("Mine", "Ours"))
        colon = ":\n" if lines else "\n"
        return self.write("mkdocs.yml", f"site_name: {name}\nplugins:\n  - renmai{colon}{lines}")

    def wait(self) -> str:
        self.day += timedelta(self.chance.choice((1, 1, 7, 40)))
        return f"wait until {self.day}"
