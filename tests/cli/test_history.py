"""`renmai history`: what changed, day by day, as git has it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import MakeBook
from tests.cli.running import run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")

CARD = """\
---
name: 林晓舟
city: 上海
tags: [a, b]
follow_up: {date: 2026-12-01, why: book}
needs:
  - an engineer
  - office space
---
A free line.
Another one.

- [ ] send the book
- [x] ask Chen

## Log

- 2026-11-02 call: she is hiring
  in spring
- 2026-10-12 meet! with [[chen]]: dinner
"""


class Repository:
    """A book in git, whose commits bear a day and an author."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str, day: str = "2026-11-01", author: str = "Wen") -> None:
        name = {f"GIT_{who}_NAME": author for who in ("AUTHOR", "COMMITTER")}
        mail = {f"GIT_{who}_EMAIL": "w@example.com" for who in ("AUTHOR", "COMMITTER")}
        when = {f"GIT_{who}_DATE": f"{day}T23:30:00+0800" for who in ("AUTHOR", "COMMITTER")}
        environment = {**os.environ, **name, **mail, **when}
        subprocess.run(["git", *args], cwd=self.root, env=environment, check=True)

    def commit(self, text: str, path: str = "contacts/lin.md", **when: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8", newline="")
        self.git("add", "-A")
        self.git("commit", "-qm", "x", **when)


@pytest.fixture
def repository(make_book: MakeBook) -> Repository:
    return Repository(make_book({"contacts/chen.md": "---\nname: Chen\n---\n"}))


def said(repository: Repository, *args: str) -> list[str]:
    """What is shown below the title, without blank lines."""
    result = run("--today", "2026-11-21", "history", *(args or ("lin",)), cwd=repository.root)
    assert (result.err, result.code) == ("", 0)
    return [line for line in result.out.splitlines()[1:] if line]


def test_what_changed_is_told_by_day_as_people_read_it(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    changed = (
        CARD.replace("上海", "北京")
        .replace("[a, b]", "[a, c]")
        .replace("2026-12-01, why: book", "2027-01-01, why: book")
        .replace("[ ] send", "[x] send")
        .replace("she is hiring", "she hires")
        .replace("Another one.\n", "")
        .replace("name: 林晓舟", "name: 林晓舟\ntier: 15")
    )
    changed += "- 2026-11-03 note: a line\n"
    repository.commit(changed, day="2026-11-03")
    repository.commit(
        changed.replace("- 2026-10-12", "- [ ] nested\n- 2026-10-12"), day="2026-11-03"
    )
    assert said(repository) == [
        "Tue, 3 Nov 2026",
        "  + to do: nested",
        "  ~ Closeness: 15",
        "  ~ City: 上海 → 北京",
        "  + Tags: c",
        "  - Tags: b",
        "  ~ Promised › date: 2026-12-01 → 2027-01-01",
        "  ~ 2026-11-02 call: she is hiring in spring → 2026-11-02 call: she hires in spring",
        "  + 2026-11-03 note: a line",
        "  x done: send the book",
        "  ~ notes: 0 lines more, 1 less",
        "Mon, 2 Nov 2026",
        "  ~ first written",
    ]


def test_people_of_an_event_are_known_by_who_they_are(repository: Repository) -> None:
    head = "---\ntitle: T\ndate: 2026-11-02\npeople:\n"
    repository.commit(f"{head}  - who: chen\n  - who: Bo\n---\n", "events/t.md", day="2026-11-02")
    people = "  - {who: chen, met: yes, seed: a list}\n  - who: Cy\n"
    repository.commit(f"{head}{people}---\n", "events/t.md", day="2026-11-03")
    assert said(repository, "t")[:5] == [
        "Tue, 3 Nov 2026",
        "  ~ People › chen › met: yes",
        "  ~ People › chen › seed: a list",
        "  + People: Cy",
        "  - People: Bo",
    ]


def test_renames_are_followed(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    (repository.root / "contacts/同事").mkdir()
    repository.git("mv", "contacts/lin.md", "contacts/同事/林 晓舟.md")
    repository.commit(CARD.replace("上海", "北京"), "contacts/同事/林 晓舟.md", day="2026-11-04")
    assert said(repository, "林 晓舟") == [
        "Wed, 4 Nov 2026",
        "  ~ contacts/lin.md is contacts/同事/林 晓舟.md now",
        "  ~ City: 上海 → 北京",
        "Mon, 2 Nov 2026",
        "  ~ first written",
    ]


def test_two_sides_that_were_merged_are_told_once(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    repository.git("checkout", "-qb", "phone")
    repository.commit(CARD + "- 2026-11-05 note: phone\n", day="2026-11-05", author="Phone")
    repository.git("checkout", "-q", "main")
    repository.commit(CARD.replace("上海", "北京"), day="2026-11-04")
    repository.git("merge", "-q", "--no-edit", "phone", day="2026-11-06")
    assert said(repository) == [
        "Thu, 5 Nov 2026 · Phone",
        "  + 2026-11-05 note: phone",
        "Wed, 4 Nov 2026 · Wen",
        "  ~ City: 上海 → 北京",
        "Mon, 2 Nov 2026 · Wen",
        "  ~ first written",
    ]


def test_what_is_not_committed_stands_on_top(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    (repository.root / "contacts/lin.md").write_text(CARD + "- 2026-11-20 note: new\n", "utf-8")
    assert said(repository)[:2] == [
        "Sat, 21 Nov 2026 · not committed yet",
        "  + 2026-11-20 note: new",
    ]


def test_a_version_that_cannot_be_read_is_said(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    repository.commit(CARD.replace("[a, b]", "[a, b"), day="2026-11-03")
    repository.commit(CARD, day="2026-11-04")
    assert [line for line in said(repository) if line.startswith(" ")] == [
        "  ~ first written",
        "  ~ could not be read",
        "  ~ first written",
    ]


def test_json_and_since(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    repository.commit(CARD.replace("上海", "北京"), day="2026-11-03")
    asked = ("history", "lin", "--json", "--today", "2026-11-21", "--since")
    found = run(*asked, "2026-11-03", cwd=repository.root).document
    (day,) = found["days"]
    (change,) = day["changes"]
    assert (found["id"], found["path"], day["date"]) == ("lin", "contacts/lin.md", "2026-11-03")
    assert len(change.pop("commit")) >= 40
    assert change == {
        "what": "key", "key": "city", "old": "上海", "new": "北京", "author": "Wen",
    }  # fmt: skip
    assert len(run(*asked, "19d", cwd=repository.root).document["days"]) == 2
    assert run(*asked, "1d", cwd=repository.root).document["days"] == []
    said = run("history", "lin", "--since", "soon", cwd=repository.root)
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_where_there_is_no_history_one_line_says_so(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"contacts/lin.md": CARD})
    nowhere = run("history", "lin", cwd=root, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (nowhere.code, nowhere.out) == (1, "")
    assert "git init" in nowhere.err
    repository = Repository(root)
    assert "not committed" in run("history", "lin", cwd=root).err
    repository.commit("x", "other.md")
    result = run("history", "lin", cwd=root)
    repository.git("rm", "-q", "--cached", "contacts/lin.md")
    repository.git("commit", "-qm", "x")
    result = run("history", "lin", cwd=root, GIT_DIR="/nowhere")
    assert result.code in (0, 1)
    assert result.err.count("\n") <= 1
    (tmp_path / "bin").mkdir()
    none = run("history", "lin", cwd=root, PATH=str(tmp_path / "bin"))
    assert (none.code, none.out, none.err.count("\n")) == (1, "", 1)


def test_settings_that_could_hurt_do_not(repository: Repository) -> None:
    repository.commit(CARD, day="2026-11-02")
    repository.commit(CARD.replace("上海", "北京"), day="2026-11-03")
    for setting in (
        "core.pager=false", "pager.log=false", "color.ui=always", "core.quotepath=true",
        "diff.external=false", "log.showSignature=true", "log.date=relative",
        "format.pretty=oneline",
        "log.follow=false", "diff.renames=false", "diff.md.textconv=false", "log.showRoot=false",
        "diff.noprefix=true", "log.diffMerges=off", "diff.relative=true", "log.mailmap=false",
    ):  # fmt: skip
        repository.git("config", *setting.split("=", 1))
    (repository.root / ".gitattributes").write_text("*.md diff=md\n")
    assert len(said(repository)) == 4


@pytest.mark.parametrize("name", ["a[b]*", ":(top)x", "-x", "名 字", "x'\"y"])
def test_names_that_mean_something_to_git(name: str, repository: Repository) -> None:
    path = f"contacts/{name}.md"
    repository.commit(CARD, path, day="2026-11-02")
    repository.commit(CARD.replace("上海", "北京"), path, day="2026-11-03")
    repository.commit("---\nname: Other\n---\n", "contacts/ab1.md", day="2026-11-04")
    assert said(repository, "--", name)[:2] == ["Tue, 3 Nov 2026", "  ~ City: 上海 → 北京"]


def test_a_book_that_is_come_to_by_a_link(repository: Repository, tmp_path: Path) -> None:
    repository.commit(CARD, day="2026-11-02")
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/link").symlink_to(repository.root)
    found = run("-C", str(tmp_path / "deep/er/link"), "history", "lin", cwd=tmp_path)
    assert found.out.splitlines()[-1] == "  ~ first written"


def test_a_book_below_the_top_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "vault/my book").mkdir(parents=True)
    repository = Repository(tmp_path / "vault")
    repository.commit("plugins:\n  - renmai:\n", "my book/mkdocs.yml")
    repository.commit(CARD, "my book/contacts/lin.md", day="2026-11-02")
    repository.commit(CARD.replace("上海", "北京"), "my book/contacts/lin.md", day="2026-11-03")
    repository.root = repository.root / "my book"
    assert said(repository)[1] == "  ~ City: 上海 → 北京"
