"""A made-up record and what two devices do to it, for the test of the three-way property.

A `Doc` is a record as a person thinks of it; `written` gives its bytes in the style of its
writer. Entries and tasks carry a word of their own, which edits keep, so that one can be followed.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field

SYLLABLES = [
    "ka",
    "ro",
    "mi",
    "ten",
    "sol",
    "var",
    "茶",
    "书",
    "影",
    "山",
    "桥",
    "灯",
    "ne",
    "lu",
    "dor",
    "fi",
]


@dataclass
class Line:
    """An entry or a task; `key` is the word of its own."""

    key: str
    text: str
    day: str = ""
    done: bool | None = None
    nested: list[str] = field(default_factory=list)

    def rendered(self, mark: str) -> list[str]:
        box = "" if self.done is None else f"[{'x' if self.done else ' '}] "
        day = f"{self.day} meet: " if self.day else ""
        return [
            f"{mark} {box}{day}{self.text} {self.key}",
            *(f"  - {each}" for each in self.nested),
        ]


def _spaced(paragraphs: list[str]) -> list[str]:
    return [line for paragraph in paragraphs for line in (paragraph, "")]


@dataclass
class Section:
    heading: str
    prose: list[str]
    lines: list[Line]
    mark: str = "-"
    loose: bool = False
    below: list[str] = field(default_factory=list)

    @property
    def is_log(self) -> bool:
        return self.heading in ("Log", "记录")

    def rendered(self) -> list[str]:
        out = [f"## {self.heading}", ""] if self.heading else []
        out += _spaced(self.prose)
        for number, line in enumerate(self.lines):
            if self.loose and number:
                out.append("")
            out += line.rendered(self.mark)
        if self.lines:
            out.append("")
        return [*out, *_spaced(self.below)]


@dataclass
class Key:
    """A key of front matter: a text, a list of texts, a map, or a list of maps known by `who`."""

    name: str
    value: str | list[str] | dict[str, str] | list[dict[str, str]]
    flow: bool = True
    above: str = ""
    behind: str = ""
    indent: int = 2

    def rendered(self) -> list[str]:
        out = [f"# {self.above}"] if self.above else []
        behind = f"  # {self.behind}" if self.behind else ""
        pad = " " * self.indent
        value = self.value
        if isinstance(value, str):
            return [*out, f"{self.name}: {value}{behind}"]
        if isinstance(value, dict):
            if self.flow:
                inside = ", ".join(f"{key}: {each}" for key, each in value.items())
                return [*out, f"{self.name}: {{{inside}}}{behind}"]
            return [*out, f"{self.name}:{behind}", *(f"{pad}{k}: {v}" for k, v in value.items())]
        if not value:
            return [*out, f"{self.name}: []{behind}"]
        if self.flow:
            inside = ", ".join(_flow(each) for each in value)
            return [*out, f"{self.name}: [{inside}]{behind}"]
        out.append(f"{self.name}:{behind}")
        for each in value:
            if isinstance(each, str):
                out.append(f"{pad}- {each}")
            else:
                first, *more = (f"{key}: {text}" for key, text in each.items())
                out += [f"{pad}- {first}", *(f"{pad}  {text}" for text in more)]
        return out


def _flow(value: str | dict[str, str]) -> str:
    if isinstance(value, str):
        return value
    return "{" + ", ".join(f"{key}: {each}" for key, each in value.items()) + "}"


@dataclass
class Doc:
    keys: list[Key]
    sections: list[Section]
    crlf: bool = False
    bom: bool = False
    last_feed: bool = True

    def written(self) -> bytes:
        lines = ["---", *(line for key in self.keys for line in key.rendered()), "---", ""]
        lines += [line for section in self.sections for line in section.rendered()]
        while lines[-1] == "":
            lines.pop()
        text = "\n".join(lines) + ("\n" if self.last_feed else "")
        text = text.replace("\n", "\r\n") if self.crlf else text
        return (("\ufeff" if self.bom else "") + text).encode()

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)

    def lines(self) -> dict[str, Line]:
        return {line.key: line for section in self.sections for line in section.lines}


class Writer:
    """Whoever holds a device: `r` decides, `name` makes what is new recognisable."""

    def __init__(self, r: random.Random, name: str) -> None:
        self.r, self.name, self.count = r, name, 0

    def word(self) -> str:
        self.count += 1
        return f"{self.name}{self.count}q"

    def words(self, count: int) -> list[str] | list[dict[str, str]]:
        return [self.word() for _ in range(count)]

    def text(self) -> str:
        words = ("".join(self.r.choices(SYLLABLES, k=3)) for _ in range(self.r.randint(1, 4)))
        return " ".join(words)

    def day(self) -> str:
        return f"20{self.r.randint(20, 26)}-{self.r.randint(1, 12):02}-{self.r.randint(1, 28):02}"

    def doc(self) -> Doc:
        """An ancestor."""
        r = self.r
        keys = [Key("name", f"Lin {self.word()}")]
        texts = r.sample(["city", "company", "title", "wechat"], r.randint(0, 4))
        keys += [Key(name, self.text()) for name in texts]
        lists = r.sample(["tags", "phones", "needs", "aliases"], r.randint(0, 4))
        keys += [Key(name, self.words(r.randint(0, 3)), r.random() < 0.5) for name in lists]
        if r.random() < 0.5:
            links = {self.word(): self.text() for _ in range(r.randint(1, 3))}
            keys.append(Key("links", links, r.random() < 0.5))
        if r.random() < 0.7:
            people = [{"who": self.word(), "how": self.text()} for _ in range(r.randint(1, 3))]
            keys.append(Key("relations", people, r.random() < 0.5))
        head, rest = keys[:1], keys[1:]
        r.shuffle(rest)
        for key in rest:
            key.above = self.text() if r.random() < 0.2 else ""
            key.behind = self.text() if r.random() < 0.2 else ""
            key.indent = r.choice([0, 2, 4])
            if isinstance(key.value, dict):
                key.indent = key.indent or 2
        sections = []
        if r.random() < 0.8:
            lines = [self.entry() for _ in range(r.randint(0, 6))]
            how = r.choice(["rising", "falling", "mixed"])
            if how != "mixed":
                lines.sort(key=lambda line: line.day, reverse=how == "falling")
            prose = [self.prose() for _ in range(r.randint(0, 1))]
            sections.append(Section(r.choice(["Log", "记录"]), prose, lines))
        for heading in ["", *r.sample(["Before", "会中", "Notes"], r.randint(0, 3))]:
            lines = [self.task() for _ in range(r.randint(0, 4))]
            prose = [self.prose() for _ in range(r.randint(0, 2))]
            below = [self.prose() for _ in range(r.randint(0, 1))]
            sections.append(Section(heading, prose, lines, below=below))
        for section in sections:
            section.mark, section.loose = r.choice("-*+"), r.random() < 0.3
        r.shuffle(sections)
        sections.sort(key=lambda section: section.heading != "")  # it begins the body
        return Doc([*head, *rest], sections, r.random() < 0.2, r.random() < 0.1, r.random() < 0.9)

    def prose(self) -> str:
        return f"{self.text()} {self.word()}."

    def entry(self) -> Line:
        nested = [self.text() for _ in range(self.r.choice([0, 0, 0, 1, 2]))]
        return Line(self.word(), self.text(), self.day(), nested=nested)

    def task(self) -> Line:
        return Line(self.word(), self.text(), done=self.r.random() < 0.4)

    def edited(self, doc: Doc, steps: int, *, adds_only: bool = False) -> Doc:
        """What a device makes of a record in so many steps."""
        doc = copy.deepcopy(doc)
        adding = [self.add_line, self.add_line, self.add_item, self.add_key, self.add_log]
        adding += [self.tick, self.add_to_map, self.add_person]
        changing = [self.remove_line, self.edit_line, self.untick, self.remove_item]
        changing += [self.set_key, self.remove_key, self.move_key, self.move_line, self.restyle]
        changing += [self.remove_person, self.edit_person, self.edit_prose, self.line_ends]
        for _ in range(steps):
            self.r.choice(adding if adds_only else adding + changing)(doc)
        return doc

    # What adds

    def add_line(self, doc: Doc) -> None:
        if not doc.sections:
            return
        section = self.r.choice(doc.sections)
        if not section.is_log:
            section.lines.insert(self.r.randint(0, len(section.lines)), self.task())
            return
        new = self.entry()
        days = [line.day for line in section.lines]
        if days == sorted(days) and len(days) > 1:
            place = sum(day <= new.day for day in days)
        elif days == sorted(days, reverse=True):
            place = sum(day > new.day for day in days)
        else:
            place = 0
        section.lines.insert(place, new)

    def add_log(self, doc: Doc) -> None:
        if not any(section.is_log for section in doc.sections):
            doc.sections.append(Section(self.r.choice(["Log", "记录"]), [], [self.entry()]))

    def lists(self, doc: Doc) -> list[Key]:
        return [key for key in doc.keys if key.name in ("tags", "phones", "needs", "aliases")]

    def add_item(self, doc: Doc) -> None:
        if lists := self.lists(doc):
            values = self.r.choice(lists).value
            assert isinstance(values, list)
            values.insert(self.r.randint(0, len(values)), self.word())  # type: ignore[arg-type]

    def add_key(self, doc: Doc) -> None:
        name = self.r.choice(["tags", "phones", "needs", f"x-{self.word()}"])
        if not doc.key(name):
            value = self.text() if name.startswith("x-") else [self.word()]
            key = Key(name, value, self.r.random() < 0.5)
            doc.keys.insert(self.r.randint(1, len(doc.keys)), key)

    def add_to_map(self, doc: Doc) -> None:
        if (links := doc.key("links")) and isinstance(links.value, dict):
            links.value[self.word()] = self.text()

    def people(self, doc: Doc) -> list[dict[str, str]]:
        key = doc.key("relations")
        return key.value if key and isinstance(key.value, list) else []  # type: ignore[return-value]

    def add_person(self, doc: Doc) -> None:
        if people := self.people(doc):
            place = self.r.randint(0, len(people))
            people.insert(place, {"who": self.word(), "how": self.text()})

    # What changes

    def tasks(self, doc: Doc) -> list[Line]:
        return [line for line in doc.lines().values() if line.done is not None]

    def tick(self, doc: Doc) -> None:
        if tasks := self.tasks(doc):
            self.r.choice(tasks).done = True

    def untick(self, doc: Doc) -> None:
        if tasks := self.tasks(doc):
            self.r.choice(tasks).done = False

    def some_section(self, doc: Doc) -> Section | None:
        full = [section for section in doc.sections if section.lines]
        return self.r.choice(full) if full else None

    def remove_line(self, doc: Doc) -> None:
        if section := self.some_section(doc):
            section.lines.remove(self.r.choice(section.lines))

    def edit_line(self, doc: Doc) -> None:
        if section := self.some_section(doc):
            line = self.r.choice(section.lines)
            line.text = f"{line.text} {self.text()}"

    def move_line(self, doc: Doc) -> None:
        section = self.some_section(doc)
        if section and not section.is_log:
            line = section.lines.pop(self.r.randrange(len(section.lines)))
            others = [each for each in doc.sections if not each.is_log]
            target = self.r.choice(others)
            target.lines.insert(self.r.randint(0, len(target.lines)), line)

    def remove_item(self, doc: Doc) -> None:
        full = [key for key in self.lists(doc) if key.value]
        if full:
            values = self.r.choice(full).value
            assert isinstance(values, list)
            values.pop(self.r.randrange(len(values)))

    def set_key(self, doc: Doc) -> None:
        texts = [key for key in doc.keys[1:] if isinstance(key.value, str)]
        if texts:
            self.r.choice(texts).value = self.text()

    def remove_key(self, doc: Doc) -> None:
        if len(doc.keys) > 1:
            doc.keys.pop(self.r.randrange(1, len(doc.keys)))

    def move_key(self, doc: Doc) -> None:
        if len(doc.keys) > 2:
            key = doc.keys.pop(self.r.randrange(1, len(doc.keys)))
            doc.keys.insert(self.r.randint(1, len(doc.keys)), key)

    def restyle(self, doc: Doc) -> None:
        key = self.r.choice(doc.keys)
        if self.r.random() < 0.5:
            key.flow = not key.flow
        elif self.r.random() < 0.5:
            key.behind = self.text()
        else:
            key.above = self.text()

    def remove_person(self, doc: Doc) -> None:
        people = self.people(doc)
        if len(people) > 1:
            people.pop(self.r.randrange(len(people)))

    def edit_person(self, doc: Doc) -> None:
        if people := self.people(doc):
            person = self.r.choice(people)
            person[self.r.choice(["how", "x-note"])] = self.text()

    def edit_prose(self, doc: Doc) -> None:
        if doc.sections:
            section = self.r.choice(doc.sections)
            place = self.r.randint(0, len(section.prose))
            section.prose[place : place + self.r.randint(0, 1)] = [self.prose()]

    def line_ends(self, doc: Doc) -> None:
        doc.crlf = not doc.crlf
