"""A made-up book of any size: the same for the same size and seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

#: The day on which the book is read.
TODAY = date(2026, 11, 21)


def _words(text: str) -> list[str]:
    return text.split()


_CIRCLES = _words("""
family classmate colleague work hobby media finance community
""")
_CITIES = _words("""
上海 成都 Berlin Oslo Lisbon 杭州 Leeds Nairobi
""")
_FIRST = _words("""
Ada Ben Chloé Dara Emil Farah Gwen Hugo Ines Jonas Kira Lena Mateo Noor Omar Priya Rosa
Sam Tova Uma Walt Zoë
""")
_LAST = _words("""
Adler Brandvold Castellane Dunmore Ekström Fairley Grieve Haddadi Iverson Jansma Kessel
Lindqvist Marsh Nordhaug Okafor Pellam Quarshie Rowntree Sorley Tamsin Varnell Wierzba
""")
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜林郭白"
_GIVEN = "晓舟明月清风文静子轩雨涵浩然思远佳怡梓萱安宁素云青禾怀守拙闻溪竹满颂蔚"
_COMPANIES = ("Example Press", "Lantern Row", "Northwater", "纸页书店", "Crumb & Ledger", "溪流")
_TITLES = _words("""
editor engineer doctor teacher 设计师 researcher 律师 baker
""")
#: What people need, and what others can give: so many things that few want the same.
_THINGS = _words("""
lawyer printer room teacher loan translator photographer carpenter baker boat garden piano
gallery editor plumber violin tutor workshop kitchen projector bookbinder tailor beekeeper
法语审校 设计师 志愿者 摄影师 投资人 译者 场地 画框 医生 程序员 厨师
""")
_WHOSE = ("for contracts", "for Sundays", "near the river", "with patience", "in Oslo", "给孩子")
#: As often as people write them: mostly messages, calls and meetings.
_KINDS = _words("""
meet meet call call message message message gave got asked intro note 见面 电话 微信 微信 帮助
email
""")
_SAID = """
talked about work and the move
他在招人；答应介绍一位
walked along the river
sent the article he asked for
聊了孩子上学的事
coffee after the talk; wants a *second* opinion
晚饭，聊到很晚
promised the address of the printer
问了装修的事，推荐了一家
short: all is well
helped to rewrite the letter, two pages
一起看了展览，下次带上大家
""".strip().splitlines()
_NOTES = (
    "Likes long letters and short meetings.\n\n> 慢慢来。\n\nAsk about the **garden** first.",
    "第一次见面是在火车上。他说：*不要急*。\n\n1. the boat\n2. the book\n3. 茶",
    "Works in three time zones; mornings are best. See also {other}.",
    "| when | what |\n|---|---|\n| spring | away |\n| autumn | here |",
)
_CHECKLIST = """\
## Before

- [x] read up
- [ ] print the cards

## After

- [ ] write to all
"""


def write_book(folder: Path, people: int, seed: int = 1) -> list[str]:
    """Write a book of so many people below `folder`; their ids, in order."""
    book = _Book(people, seed)
    for path, text in book.files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return book.ids


def add_line(card: Path, text: str) -> None:
    """Write one more entry into the log that ends a card, as one does in an editor."""
    with card.open("a", encoding="utf-8") as file:
        file.write(f"- {TODAY} call: {text}\n")


class _Book:
    def __init__(self, people: int, seed: int) -> None:
        self.random = random.Random(f"{seed}/{people}")
        self.names = [self._name(number) for number in range(people)]
        self.ids = [self._id(number) for number in range(people)]

    def files(self) -> Iterator[tuple[str, str]]:
        yield "mkdocs.yml", "site_name: Benchmark\ndocs_dir: contacts\nplugins:\n  - renmai\n"
        yield "contacts/me.md", self._own_card()
        for number, id in enumerate(self.ids):
            yield f"contacts/{id}.md", self._contact(number)
        for number in range(max(1, len(self.ids) // 50)):
            yield f"events/event-{number}.md", self._event(number)
        for number in range(max(1, len(self.ids) // 200)):
            yield f"communities/community-{number}.md", self._community(number)

    # -- people -----------------------------------------------------------------------------------

    def _name(self, number: int) -> str:
        pick = self.random.choice
        if number % 2:
            return pick(_FAMILY) + pick(_GIVEN) + pick(_GIVEN)
        return f"{pick(_FIRST)} {pick(_LAST)}"

    def _id(self, number: int) -> str:
        return f"{self.names[number].replace(' ', '-').lower()}-{number}"

    def _other(self) -> str:
        return self.random.choice(self.ids)

    def _day(self, within: int) -> date:
        # More of what one knows is recent than not.
        return TODAY - timedelta(int(within * self.random.random() ** 2))

    def _thing(self) -> str:
        return f"{self.random.choice(_THINGS)} {self.random.choice(_WHOSE)}"

    def _contact(self, number: int) -> str:
        chance, pick = self.random.random, self.random.choice
        lines = [f"name: {self.names[number]}"]
        lines.append(f"circles: [{', '.join(self.random.sample(_CIRCLES, pick((1, 1, 2))))}]")
        tier = "5" if number < 5 else "15" if number < 20 else "50" if number < 70 else "150"
        lines += [f"tier: {tier}"] if number < 220 else []
        lines += [f"cadence: {pick(('6m', '1y', '2y', 'never'))}"] if chance() < 0.3 else []
        lines += ["status: wanted", "goal: to learn how it is done"] if chance() < 0.01 else []
        lines += [
            f"company: {pick(_COMPANIES)}",
            f"title: {pick(_TITLES)}",
            f"city: {pick(_CITIES)}",
        ]
        lines += [f"emails: [p{number}@example.com]"]
        lines += [f'phones: ["+1 555 01{number % 100:02}"]'] if chance() < 0.6 else []
        lines += [f"wechat: example_{number}"] if chance() < 0.4 else []
        if chance() < 0.4:
            lines.append(
                f"birthday: {1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}"
            )
        through = f", through: {self._other()}" if chance() < 0.5 else ""
        lines.append(f"met: {{date: {self._day(4000)}{through}}}")
        lines += [f"needs: [{self._thing()}]"] if chance() < 0.15 else []
        lines += [f"offers: [{self._thing()}]"] if chance() < 0.2 else []
        lines += (
            [f"hobbies: [{pick(('rowing', '书法', 'bread', '爬山'))}]"] if chance() < 0.4 else []
        )
        lines += [f"background: grew up near {pick(_CITIES)}"] if chance() < 0.3 else []
        if chance() < 0.2:
            how = pick(("colleague", "friend", "spouse", "mentor", "classmate"))
            lines.append(f"relations: [{{who: {self._other()}, how: {how}}}]")
        lines += [f"tags: [{pick(('river', 'press', '读书'))}]"] if chance() < 0.5 else []
        return "---\n" + "\n".join(lines) + "\n---\n" + self._body(10)

    def _body(self, entries: int) -> str:
        chance, pick = self.random.random, self.random.choice
        parts = []
        if chance() < 0.3:
            parts.append(pick(_NOTES).format(other=f"[[{self._other()}]]"))
        if chance() < 0.15:
            due = TODAY + timedelta(self.random.randrange(-20, 90))
            parts.append(f"- [{pick(' x')}] {pick(_SAID)}, due {due}")
        log = "\n".join(self._entry(day) for day in self._days(entries))
        return "\n\n".join([*parts, f"## Log\n\n{log}"]) + "\n"

    def _days(self, number: int) -> list[date]:
        return sorted((self._day(1500) for _ in range(number)), reverse=True)

    def _entry(self, day: date) -> str:
        chance, pick = self.random.random, self.random.choice
        deep = "!" if chance() < 0.1 else ""
        others = f" with [[{self._other()}]]" if chance() < 0.15 else ""
        more = f"; [[{self._other()}]] knows more" if chance() < 0.05 else ""
        return f"- {day} {pick(_KINDS)}{deep}{others}: {pick(_SAID)}{more}"

    def _own_card(self) -> str:
        head = "name: Wenxi Example\nme: yes\nneeds: [设计师 给孩子, room near the river]\n"
        head += "offers: [baker for Sundays]\n"
        entries = "".join(f"- {day} output: a field note\n" for day in self._days(10))
        return f"---\n{head}---\n## Log\n\n{entries}"

    # -- events and communities -------------------------------------------------------------------

    def _event(self, number: int) -> str:
        chance = self.random.random
        day = TODAY + timedelta(self.random.randrange(-1500, 40))
        met = day <= TODAY
        people = ""
        for id in self.random.sample(self.ids, min(len(self.ids), 10)):
            seed = f", seed: {self.random.choice(_SAID[:3])}" if met and chance() < 0.5 else ""
            state = "met: yes" if met and chance() < 0.7 else "target: yes, does: writes"
            people += f"  - {{who: {id}, {state}{seed}}}\n"
        head = f"title: Evening {number} 之夜\ndate: {day}\nplace: {self.random.choice(_CITIES)}\n"
        return f"---\n{head}kind: meetup\npeople:\n{people}---\n{_CHECKLIST}"

    def _community(self, number: int) -> str:
        members = ", ".join(self.random.sample(self.ids, min(len(self.ids), 20)))
        head = (
            f"name: Table {number} 长桌\ntheme: bread and books\nrole: member\ngather_every: 3m\n"
        )
        return f"---\n{head}members: [{members}]\n---\nWe meet when there is bread.\n"
