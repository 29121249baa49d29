"""The book on disk: which files are read, and what keeps one from being read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from renmai.storage import reading
from renmai.storage.listing import Stamp
from renmai.storage.opening import BrokenSettings, NoBook, find_book, open_book, open_settings

CARD = "---\nname: {}\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty book, beside a place that is no part of it."""
    made = tmp_path / "book"
    for folder in ("contacts", "events", "communities"):
        (made / folder).mkdir(parents=True)
    (made / "mkdocs.yml").write_text("plugins: [renmai]\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(CARD.format("Secret"))
    return made


def write(root: Path, *paths: str) -> None:
    """Cards of the names of their files."""
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(CARD.format(target.stem))


def paths(root: Path) -> list[str]:
    return [source.path for source in open_book(root).book.sources]


def problems(root: Path) -> list[tuple[str, int, str]]:
    return [(each.path, each.line, each.code) for each in open_book(root).problems]


def test_an_empty_book(root: Path) -> None:
    opened = open_book(root)
    assert (opened.root, opened.problems, list(opened.book.records)) == (root, [], [])


def test_folders_may_be_missing(root: Path) -> None:
    for folder in ("contacts", "events", "communities"):
        (root / folder).rmdir()
    assert paths(root) == []
    write(root, "events/a.md")
    assert paths(root) == ["events/a.md"]
    (root / "contacts").write_text("a file")
    assert paths(root) == ["events/a.md"]


def test_which_files_are_records(root: Path) -> None:
    write(
        root,
        *("contacts/a.md", "contacts/b.MD", "contacts/deep/er/c.Md", "contacts/林晓舟.md"),
        *("events/e.md", "communities/t.md", "contacts/d.e.md", "contacts/f g.md"),
        # Passed over:
        *(
            "contacts/.hidden.md",
            "contacts/_template.md",
            "contacts/.git/x.md",
            "contacts/_old/y.md",
        ),
        *("contacts/notes.txt", "contacts/md", "contacts/a.md~", "contacts/a.markdown", "z.md"),
        *("other/z.md", "contacts/.md", "events/deep/_x.md"),
    )
    assert paths(root) == [
        *("communities/t.md", "contacts/a.md", "contacts/b.MD", "contacts/d.e.md"),
        *("contacts/deep/er/c.Md", "contacts/f g.md", "contacts/林晓舟.md", "events/e.md"),
    ]
    assert [source.id for source in open_book(root).book.sources][1:4] == ["a", "b", "d.e"]


def test_a_folder_of_that_name_is_no_record(root: Path) -> None:
    write(root, "contacts/x.md/inner.md")
    assert paths(root) == ["contacts/x.md/inner.md"]
    assert problems(root) == []


def test_a_fifo_is_not_read(root: Path) -> None:
    os.mkfifo(root / "contacts" / "x.md")
    (root / "contacts" / "y.md").symlink_to("x.md")
    assert paths(root) == []
    assert problems(root) == []


def test_a_link_within_the_book(root: Path) -> None:
    write(root, "contacts/a.md", "contacts/work/b.md", "people/c.md")
    (root / "contacts" / "again.md").symlink_to("a.md")
    (root / "contacts" / "team").symlink_to("../people")
    (root / "contacts" / "same").symlink_to("work")
    (root / "contacts" / "notes").symlink_to("a.md")  # its own name has no .md
    # A folder is read once, by its own path.
    assert paths(root) == [
        *("contacts/a.md", "contacts/again.md", "contacts/team/c.md", "contacts/work/b.md")
    ]
    assert problems(root) == []


def test_a_link_to_another_sort_does_not_take_its_records_away(root: Path) -> None:
    (root / "events" / "e.md").write_text("---\ntitle: T\ndate: 2026-11-21\n---\n")
    (root / "contacts" / "events").symlink_to("../events")
    assert paths(root) == ["events/e.md"]


def test_a_folder_of_records_may_be_a_link(root: Path) -> None:
    write(root, "people/a.md")
    (root / "contacts").rmdir()
    (root / "contacts").symlink_to("people")
    assert paths(root) == ["contacts/a.md"]


@pytest.mark.parametrize(
    ("link", "target", "code"),
    [
        ("contacts/x.md", "../../outside/secret.md", "outside-book"),
        ("contacts/x.md", "../../outside", "outside-book"),
        ("contacts/x", "../../outside", "outside-book"),
        ("contacts/x.md", "/etc/passwd", "outside-book"),
        ("contacts/x.md", "../../nothing.md", "outside-book"),
        ("contacts/x.txt", "../../outside/secret.md", None),
        ("contacts/_x.md", "../../outside/secret.md", None),
        ("contacts/.x", "../../outside", None),
        ("contacts/x.md", "nothing.md", None),  # leads nowhere
        ("contacts/x.md", "x.md", None),  # to itself
        ("contacts/x", "../contacts", None),
    ],
)
def test_links(root: Path, link: str, target: str, code: str | None) -> None:
    write(root, "contacts/a.md")
    (root / link).symlink_to(target)
    assert paths(root) == ["contacts/a.md"]
    assert problems(root) == ([(link, 1, code)] if code else [])


def test_a_link_by_way_of_another(root: Path) -> None:
    (root / "inner").symlink_to("../outside")
    (root / "contacts" / "x").symlink_to("../inner")
    assert paths(root) == []
    assert problems(root) == [("contacts/x", 1, "outside-book")]


def test_a_whole_folder_that_leads_out(root: Path) -> None:
    (root / "events").rmdir()
    (root / "events").symlink_to("../outside")
    assert paths(root) == []
    assert problems(root) == [("events", 1, "outside-book")]


def test_links_in_a_circle(root: Path) -> None:
    write(root, "contacts/a/b/c.md")
    (root / "contacts" / "a" / "b" / "up").symlink_to("../..")
    (root / "contacts" / "one").symlink_to("two")
    (root / "contacts" / "two").symlink_to("one")
    assert paths(root) == ["contacts/a/b/c.md"]


def test_a_book_behind_a_link(root: Path) -> None:
    write(root, "contacts/a.md")
    (root / "contacts" / "b.md").symlink_to("a.md")
    behind = root.parent / "link"
    behind.symlink_to(root)
    assert paths(behind) == ["contacts/a.md", "contacts/b.md"]
    assert problems(behind) == []


def test_a_neighbour_with_the_same_beginning_is_outside(root: Path) -> None:
    beside = root.parent / "book2"
    beside.mkdir()
    (beside / "a.md").write_text(CARD.format("A"))
    (root / "contacts" / "a.md").symlink_to("../../book2/a.md")
    assert problems(root) == [("contacts/a.md", 1, "outside-book")]


def test_a_name_that_is_no_utf_8(root: Path) -> None:
    folder = os.fsencode(root / "contacts")
    try:
        with open(folder + b"/l\xff.md", "wb"):
            pass
    except OSError:
        pytest.skip("this file system takes no such names")
    os.mkdir(folder + b"/d\xfe")
    with open(folder + b"/d\xfe/x.md", "wb"), open(folder + b"/n\xff.txt", "wb"):
        pass
    write(root, "contacts/a.md")
    assert paths(root) == ["contacts/a.md"]
    assert sorted(problems(root)) == [
        ("contacts/d\ufffd/x.md", 1, "bad-encoding"),
        ("contacts/l\ufffd.md", 1, "bad-encoding"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_that_may_not_be_read(root: Path) -> None:
    write(root, "contacts/a.md", "contacts/b.md", "contacts/shut/c.md")
    (root / "contacts/b.md").chmod(0)
    (root / "contacts/shut").chmod(0)
    try:
        assert paths(root) == ["contacts/a.md", "contacts/b.md"]
        assert problems(root) == [
            ("contacts/shut", 1, "unreadable"),
            ("contacts/b.md", 1, "unreadable"),
        ]
    finally:
        (root / "contacts/shut").chmod(0o700)


def test_a_file_that_the_machine_does_not_give(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "contacts/a.md", "contacts/b.md")
    give = reading.bytes_of

    def bytes_of(path: str) -> tuple[bytes, Stamp]:
        if Path(path).name == "b.md":
            raise OSError(5, "Input/output error")
        return give(path)

    monkeypatch.setattr(reading, "bytes_of", bytes_of)
    opened = open_book(root)
    (problem,) = opened.problems
    assert (problem.path, problem.line, problem.code) == ("contacts/b.md", 1, "unreadable")
    assert dict(problem.args) == {"detail": "Input/output error"}
    # References to it still resolve.
    assert [source.record for source in opened.book.find("b")] == [None]
    assert list(opened.book.contacts) == ["a"]


def test_a_folder_that_the_machine_does_not_give(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, "contacts/a.md", "contacts/shut/b.md")
    give = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "shut":
            raise PermissionError(13, "Permission denied")
        return give(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert problems(root) == [("contacts/shut", 1, "unreadable")]
    assert paths(root) == ["contacts/a.md"]


def test_problems_of_settings_files_and_walk(root: Path) -> None:
    (root / "mkdocs.yml").write_text("plugins:\n  - renmai: {lang: zh}\n")
    (root / "contacts" / "a.md").write_bytes(b"\xff")
    (root / "contacts" / "b.md").symlink_to("/etc/passwd")
    assert sorted(problems(root)) == [
        ("contacts/a.md", 1, "bad-encoding"),
        ("contacts/b.md", 1, "outside-book"),
        ("mkdocs.yml", 2, "unknown-key"),
    ]


@pytest.mark.parametrize(
    ("photo", "state"),
    [
        ("photos/a.png", None),
        ("photos/link.png", None),
        ("photos/gone.png", "missing"),
        ("photos", "missing"),
        ("photos/out.png", "outside"),
        ("out/secret.md", "outside"),
        ("photos/dangling.png", "missing"),
        ("x" * 5000, "missing"),
    ],
)
def test_photos(root: Path, photo: str, state: str | None) -> None:
    (root / "photos").mkdir()
    (root / "photos" / "a.png").touch()
    (root / "photos" / "link.png").symlink_to("a.png")
    (root / "photos" / "out.png").symlink_to("/etc/passwd")
    (root / "photos" / "dangling.png").symlink_to("nowhere.png")
    (root / "out").symlink_to("../outside")
    (root / "contacts" / "a.md").write_text(f"---\nname: A\nphoto: {photo}\n---\n")
    (root / "events" / "e.md").write_text(
        f"---\ntitle: T\ndate: 2026-11-21\npeople: [{{who: x, photo: {photo}}}]\n---\n"
    )
    assert open_book(root).book.photos == ({photo: state} if state else {})


def test_the_book_is_found_from_below(root: Path) -> None:
    deep = root / "contacts" / "deep"
    deep.mkdir()
    assert find_book(root) == find_book(deep) == root
    # One that does not name the plugin is passed by.
    (deep / "mkdocs.yml").write_text("site_name: x\n")
    assert find_book(deep) == root
    (deep / "mkdocs.yml").write_text("plugins: [renmai]\n")
    assert find_book(deep) == deep


def test_no_book(root: Path) -> None:
    with pytest.raises(NoBook) as raised:
        find_book(root.parent / "outside")
    assert raised.value.where == root.parent / "outside"
    for call in (open_book, open_settings):
        with pytest.raises(NoBook):
            call(root.parent / "outside")


def test_a_settings_file_that_is_none(root: Path) -> None:
    (root / "mkdocs.yml").unlink()
    (root / "mkdocs.yml").mkdir()
    with pytest.raises(NoBook):
        open_book(root)
    (root / "mkdocs.yml").rmdir()
    os.mkfifo(root / "mkdocs.yml")
    with pytest.raises(NoBook):
        open_settings(root)


def test_broken_settings(root: Path) -> None:
    (root / "mkdocs.yml").write_text("a: b\nplugins: [\n")
    for call in (open_book, open_settings, find_book):
        with pytest.raises(BrokenSettings) as raised:
            call(root)
        assert raised.value.path == root / "mkdocs.yml"
        assert raised.value.problem.line == 2


def test_settings(root: Path) -> None:
    (root / "mkdocs.yml").write_text("plugins: [{renmai: {language: zh}}]\n")
    assert open_settings(root).language == "zh"
    assert open_book(root).settings.language == "zh"
