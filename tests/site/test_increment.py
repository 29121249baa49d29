"""A small change is a small build, and whatever shows it is made anew."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from jinja2 import Environment

from renmai.site import pages
from renmai.site.book import Site
from renmai.site.build import build_site
from renmai.site.environment import environment
from renmai.site.folder import SiteFolder
from renmai.site.increment import small
from renmai.site.pages import Pages
from renmai.site.views.ahead import Ahead
from tests.site.conftest import TODAY, Books
from tests.site.test_truth import MEMORY, SEED, files_below

Changes = dict[str, set[date]]

LATELY = TODAY - timedelta(9)


def card(name: str, front: str = "", log: str = "") -> str:
    front = f"{front}\n" if front else ""
    return f"---\nname: {name}\n{front}---\n{log}"


def fair(who: str) -> str:
    return f"---\ntitle: Fair\ndate: {LATELY}\npeople: [{{who: {who}, met: yes}}]\n---\n"


#: People in a row, each with a talk with the next one, so that what one page shows of another is
#: mostly nothing; an event, a community, somebody who is wanted, wishes that match.
ROW = {
    f"contacts/p{n:02}.md": card(
        f"Person {n}", "", f"## Log\n- 2024-01-0{1 + n % 9} call with [[p{n + 1:02}]]: x\n"
    )
    for n in range(24)
}
BOOK = ROW | {
    "contacts/me.md": card("Me", "me: yes"),
    "contacts/p10.md": card("Ten", "needs: [a lawyer]"),
    "contacts/p20.md": card("Twenty", "offers: [lawyer]"),
    "contacts/p22.md": card("Wanted", "status: wanted\nmet: {through: p21}"),
    "contacts/p23.md": card("Last", "", "Knows [[Zoe]].\n"),
    "events/fair.md": fair("p05"),
    "communities/club.md": "---\nname: Club\nmembers: [p06]\n---\n",
}


def add(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def put(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(text, "utf-8")


def drop(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


ENTRY = f"\n## Log\n- {LATELY} call: x\n"

#: A change, and the pages of records that show it, all of which are made; of the others some may.
CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "an entry": (add("contacts/p15.md", ENTRY), {"p15", "p14", "p16"}),
    "an entry of two": (
        add("contacts/p02.md", f"\n## Log\n- {LATELY} call with [[p12]]: x\n"),
        {"p02", "p12"},
    ),
    "a note": (add("contacts/p15.md", "\n# Notes\n\nHello.\n"), {"p15"}),
    "a name": (put("contacts/p15.md", card("Other")), {"p14", "p15", "p16"}),
    "somebody new, who was missed": (put("contacts/zoe.md", card("Zoe")), {"zoe", "p23"}),
    "an alias that two have": (put("contacts/p23.md", card("Ten")), {"p23"}),
    "an id that is gone": (drop("contacts/p15.md"), {"p14", "p16"}),
    "a message after the fair": (add("contacts/p05.md", ENTRY), {"p05", "fair"}),
    "a guest": (
        put("events/fair.md", fair("p07")),
        {"fair", "p05", "p07"},
    ),
    "a member": (
        put("communities/club.md", "---\nname: Club\nmembers: [p08]\n---\n"),
        {"p06", "p08"},
    ),
    "a wish": (put("contacts/p20.md", card("Twenty")), {"p20", "p10"}),
    "a way": (add("contacts/p21.md", ENTRY), {"p21", "p22"}),
    "a broken file": (put("contacts/p15.md", "---\nname: [\n---\n"), {"p14", "p16"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_shows_a_change_is_made_anew(
    name: str, book: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, shown = CHANGES[name]
    root, fresh, made = book(BOOK), tmp_path / "fresh", set[str]()
    build_site(root, today=TODAY)
    memory = (root / MEMORY).read_bytes()
    change(root)
    record = Pages.record

    def noted(self: Pages, each: object) -> str:
        made.add(each.id)  # type: ignore[attr-defined]
        return record(self, each)  # type: ignore[arg-type]

    monkeypatch.setattr(Pages, "record", noted)
    grown = files_below(build_site(root, today=TODAY).site_dir)
    monkeypatch.undo()
    assert shown <= made
    assert len(made) < len(BOOK) / 2
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", ".renmai"))
    (fresh / MEMORY).parent.mkdir()
    (fresh / MEMORY).write_bytes(memory)
    whole = files_below(build_site(fresh, today=TODAY).site_dir)
    assert grown.keys() == whole.keys()
    assert [path for path in whole if grown[path] != whole[path]] == []


def test_a_way_is_told_without_going_through_the_book_again(
    book: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = {
        f"contacts/p{n}.md": card(f"Person {n}", f"relations: [{{who: p{n - 1}, how: sibling}}]")
        for n in range(17, 22)
    }
    wanted = card("Wanted", "status: wanted\nrelations: [{who: p21, how: mentor}]")
    root = book(BOOK | way | {"contacts/p22.md": wanted})
    build_site(root, today=TODAY)
    add("contacts/p17.md", ENTRY)(root)
    build_site(root, today=TODAY)
    # Now nobody on the way is touched, but the page of the wanted is made anew.
    add("contacts/p02.md", ENTRY)(root)
    with monkeypatch.context() as patched:
        patched.delattr(Site, "pages")
        grown = files_below(build_site(root, today=TODAY).site_dir)
    fresh = tmp_path / "fresh"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", "cache*"))
    whole = files_below(build_site(fresh, today=TODAY).site_dir)
    page = "contacts/p22.html"
    assert grown[page] == whole[page]
    assert b"last in touch" in grown[page]
    assert b"sibling of" in grown[page]


def test_with_nothing_changed_nothing_is_written(book: Books) -> None:
    root = book(BOOK)
    site = build_site(root, today=TODAY).site_dir
    before = {path: path.stat().st_ino for path in site.rglob("*.*") if path.is_file()}
    build_site(root, today=TODAY)
    after = {path: path.stat().st_ino for path in site.rglob("*.*") if path.is_file()}
    assert {path.name for path in before if before[path] != after[path]} <= {".renmai.json"}


def test_two_builds_at_once(book: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, fresh = book(BOOK), tmp_path / "fresh"
    build_site(root, today=TODAY)
    add("contacts/p15.md", f"\n## Log\n- {LATELY} gave: x\n")(root)
    end = SiteFolder.end

    def meanwhile(folder: SiteFolder, build: str) -> None:
        monkeypatch.undo()
        add("contacts/p03.md", f"\n## Log\n- {LATELY} gave: x\n")(root)
        build_site(root, today=TODAY)
        end(folder, build)

    monkeypatch.setattr(SiteFolder, "end", meanwhile)
    build_site(root, today=TODAY)
    memory = (root / MEMORY).read_bytes()
    grown = files_below(build_site(root, today=TODAY).site_dir)
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", ".renmai"))
    (fresh / MEMORY).parent.mkdir()
    (fresh / MEMORY).write_bytes(memory)
    whole = files_below(build_site(fresh, today=TODAY).site_dir)
    assert [path for path in whole if grown.get(path) != whole[path]] == []


@pytest.mark.parametrize("days", [1, 40])
def test_another_day_is_another_site(
    book: Books, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book(BOOK)
    build_site(root, today=TODAY)
    monkeypatch.setattr(small.Small, "build", None)
    site = build_site(root, today=TODAY + timedelta(days)).site_dir
    assert f'"today":"{TODAY + timedelta(days)}"' in (site / "assets/words.js").read_text("utf-8")


def test_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    first, again = compiled_environment(), compiled_environment()
    first.get_template("today.html")
    (kept,) = (tmp_path / "renmai/templates").iterdir()
    assert list(kept.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(Environment, "_generate", None)
        again.get_template("today.html")
    for file in kept.iterdir():
        file.write_bytes(file.read_bytes()[:-20])
    assert compiled_environment().get_template("today.html")
    shutil.rmtree(tmp_path / "renmai")
    assert compiled_environment().get_template("events.html")


def compiled_environment() -> Environment:
    """A new environment, as another run makes it."""
    return environment.__wrapped__("en")


SKILLS = ("lawyer", "piano", "boat", "kitchen", "设计师")


def crowd(chance: random.Random) -> dict[str, str]:
    """So many people who need what others can give that few of the matches are shown."""
    found = {"contacts/me.md": card("Me", "me: yes\noffers: [piano]\nneeds: [boat]")}
    for number in range(90):
        needs, offers = chance.choice(SKILLS), chance.choice(SKILLS)
        front = f"needs: [{needs}]\noffers: [{offers}]"
        if number % 30 == 7:
            front += f"\nstatus: wanted\nmet: {{through: p{number - 1:02}}}"
        log = [f"- {TODAY - timedelta(chance.randrange(600))} meet: x" for _ in range(number % 4)]
        text = "\n## Log\n" + "\n".join(log) + "\n"
        found[f"contacts/p{number:02}.md"] = card(f"Person {number}", front, text)
    people = "".join(f"\n  - {{who: p{number:02}, met: yes}}" for number in range(20, 30))
    found["events/fair.md"] = f"---\ntitle: Fair\ndate: {LATELY}\npeople:{people}\n---\n"
    return found


@pytest.mark.parametrize("number", range(2))
def test_those_who_match_are_in_the_order_of_their_warmth(
    book: Books, tmp_path: Path, number: int
) -> None:
    seed = SEED + number
    chance = random.Random(seed)
    root, fresh = book(crowd(chance)), tmp_path / "fresh"
    build_site(root, today=TODAY)
    for step in range(6):
        for _ in range(chance.choice((1, 1, 3))):
            one, other = (f"p{chance.randrange(90):02}" for _ in range(2))
            line = chance.choice(("meet!: x", f"call with [[{other}]]: x", "gave: x", "note: x"))
            path = root / f"contacts/{one}.md"
            if chance.random() < 0.2:
                path.write_text("\n".join(path.read_text("utf-8").split("\n")[:-2]) + "\n", "utf-8")
            else:
                add(f"contacts/{one}.md", f"- {TODAY - timedelta(step)} {line}\n")(root)
        memory = (root / MEMORY).read_bytes()
        grown = files_below(build_site(root, today=TODAY).site_dir)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", ".renmai"))
        (fresh / MEMORY).parent.mkdir()
        (fresh / MEMORY).write_bytes(memory)
        whole = files_below(build_site(fresh, today=TODAY).site_dir)
        story = f"RENMAI_SEED={seed}, step {step}"
        assert [path for path in whole if grown.get(path) != whole[path]] == [], story


def _giving(number: int, also: str = "") -> str:
    """Somebody who may be asked, or is owed; the later in the book, the colder."""
    kind = "gave" if number % 2 else "got"
    day = LATELY - timedelta(10 * number)
    return card(f"Person {number}", "", f"## Log\n- {day} {kind}: x\n- {day} {kind}: y\n{also}")


@pytest.mark.parametrize(
    ("number", "days", "is_seen"),
    [
        (40, 0, True),
        (41, 0, True),
        (40, 300, False),
        (41, 300, False),
        (30, -1, True),
        (31, -1, True),
    ],
)
def test_the_ledger_is_made_anew_where_others_are_warmest(
    number: int, days: int, is_seen: bool, book: Books, tmp_path: Path
) -> None:
    people = {f"contacts/p{n:02}.md": _giving(n) for n in range(44)}
    path, also = f"contacts/p{number:02}.md", f"- {LATELY} call: x\n"
    root, fresh = book(people | ({path: _giving(number, also)} if days < 0 else {})), tmp_path / "f"
    ledger = build_site(root, today=TODAY).site_dir / "ledger.html"
    then = ledger.read_text("utf-8"), ledger.stat().st_mtime_ns
    # Warmer by a call, or colder without one.
    now = "" if days < 0 else f"- {LATELY - timedelta(days)} call: x\n"
    (root / path).write_text(_giving(number, now), "utf-8")
    build_site(root, today=TODAY)
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", ".renmai"))
    build_site(fresh, today=TODAY)
    assert ledger.read_text("utf-8") == (fresh / "site/ledger.html").read_text("utf-8")
    assert (ledger.read_text("utf-8") != then[0]) == is_seen
    assert is_seen or ledger.stat().st_mtime_ns == then[1]


def test_the_ledger_is_not_even_made_where_the_same_are_warmest(
    book: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({f"contacts/p{n:02}.md": _giving(n) for n in range(44)})
    build_site(root, today=TODAY)
    monkeypatch.setattr(pages, "ledger_page", None)
    add("contacts/p40.md", f"- {LATELY - timedelta(300)} call: x\n")(root)
    build_site(root, today=TODAY)


def test_an_event_is_told_without_going_through_the_book_again(
    book: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book(BOOK | {"events/walk.md": fair("p10").replace("Fair", "Walk")})
    build_site(root, today=TODAY)
    # Of whom they talked with nothing is another, nor of the fair.
    add("contacts/p04.md", ENTRY)(root)
    build_site(root, today=TODAY)
    add("contacts/p10.md", ENTRY)(root)
    with monkeypatch.context() as patched:
        patched.setattr(Ahead, "_changes", _only_in_part(Ahead._changes))
        grown = files_below(build_site(root, today=TODAY).site_dir)
    fresh = tmp_path / "fresh"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", "cache*"))
    assert grown == files_below(build_site(fresh, today=TODAY).site_dir)


def _only_in_part(changes: Callable[[Ahead], Changes]) -> Callable[[Ahead], Changes]:
    """What follows of a few people, and fails where it is asked of the whole book."""

    def asked(self: Ahead) -> Changes:
        assert len(list(self.facts.book.records)) < len(BOOK) / 2
        return changes(self)

    return asked
