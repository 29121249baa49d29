"""What a build leaves in its folder, and what the next one makes of it, whenever it was killed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from renmai.site import folder as module
from renmai.site.build import build_site
from renmai.site.folder import LIST, SiteFolder
from renmai.storage.readings import TABLE
from renmai.storage.records import DIGEST
from renmai.storage.store import Store
from tests.site.conftest import TODAY, Books
from tests.site.test_truth import files_below

PAGES = {"a.html": b"a", "contacts/b.html": b"b", "contacts/c.html": b"c"}


def build(path: Path, pages: dict[str, bytes]) -> set[str]:
    """Write pages into a folder; returns those of the files that were written anew."""
    before = {each: (path / each).stat().st_ino for each in pages if (path / each).exists()}
    target = SiteFolder(path)
    target.begin(pages)
    for each, data in pages.items():
        target.put(each, data)
    target.end("one")
    return {each for each in pages if before.get(each) != (path / each).stat().st_ino}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    assert build(tmp_path, PAGES) == set(PAGES)
    assert build(tmp_path, PAGES) == set()
    assert build(tmp_path, PAGES | {"a.html": b"x"}) == {"a.html"}
    assert files_below(tmp_path) == PAGES | {"a.html": b"x"}


def test_what_others_changed_is_written_again(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "a.html").write_bytes(b"?")
    (tmp_path / "contacts/b.html").unlink()
    build(tmp_path, PAGES)
    assert files_below(tmp_path) == PAGES


def test_what_is_no_page_any_more_goes_with_its_folder(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    build(tmp_path, {"a.html": b"a"})
    assert sorted(each.name for each in tmp_path.iterdir()) == [LIST, "a.html"]


def test_files_of_others_stay(tmp_path: Path) -> None:
    build(tmp_path, PAGES)
    (tmp_path / "contacts/theirs.txt").write_bytes(b"t")
    build(tmp_path, {"a.html": b"a"})
    assert files_below(tmp_path) == {"a.html": b"a", "contacts/theirs.txt": b"t"}


def test_no_file_beyond_the_folder_is_removed(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    build(site, PAGES)
    other.mkdir()
    (other / "b.html").write_bytes(b"theirs")
    for page in (site / "contacts").iterdir():
        page.unlink()
    (site / "contacts").rmdir()
    (site / "contacts").symlink_to(other)
    build(site, {"a.html": b"a"})
    assert (other / "b.html").exists()
    listed = (site / LIST).read_text("utf-8").replace("a.html", "../other/b.html")
    (site / LIST).write_text(listed, "utf-8")
    build(site, {"a.html": b"a"})
    assert (other / "b.html").exists()


class Killed(BaseException):
    """The end of a process, as a test may see it."""


@contextlib.contextmanager
def dying(after: int) -> Iterator[None]:
    """Within it, so many files are written, and of the next one a half."""
    real = module._written

    def written(handle: int, data: bytes) -> os.stat_result:
        nonlocal after
        after -= 1
        if after < 0:
            os.write(handle, data[: len(data) // 2])
            os.close(handle)
            raise Killed
        return real(handle, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_written", written)
        yield


def test_whenever_a_build_dies_the_next_one_is_right(tmp_path: Path) -> None:
    later = {"a.html": b"A", "contacts/c.html": b"c", "d/e.html": b"e"}
    for moment in range(3):
        root = tmp_path / str(moment)
        build(root, PAGES)
        dies = pytest.raises(Killed) if moment < 2 else contextlib.nullcontext()
        with dies, dying(moment):
            build(root, later)
        assert SiteFolder(root).build == ("" if moment < 2 else "one")
        build(root, later)
        assert files_below(root) == later


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_what_a_dying_build_left_goes_when_it_is_no_page(tmp_path: Path, moment: int) -> None:
    build(tmp_path, {"a.html": b"a"})
    new = {"a.html": b"A", "b.html": b"b", "d/e.html": b"e"}
    with pytest.raises(Killed), dying(moment):
        build(tmp_path, new)
    build(tmp_path, {"a.html": b"a"})
    assert files_below(tmp_path) == {"a.html": b"a"}


def many(book: Books) -> Path:
    """A book of enough people for several processes."""
    card = "---\nname: P{}\n---\n## Log\n- 2026-01-02 call with [[p{}]]: x\n"
    return book({f"contacts/p{n}.md": card.format(n, n // 2) for n in range(260)})


def test_processes_make_what_one_makes(book: Books) -> None:
    root = many(book)
    one = files_below(build_site(root, today=TODAY, jobs=1).site_dir)
    (root / "site" / LIST).unlink()
    assert files_below(build_site(root, today=TODAY, jobs=3).site_dir) == one


def test_readings_are_kept_whoever_looked_them_up(book: Books) -> None:
    firms = {f"{chr(0x4E00 + n)}{chr(0x5100 + n)}" for n in range(260)}
    card = "---\nname: P\ncompany: {}\n---\n"
    root = book({f"contacts/p{n}.md": card.format(firm) for n, firm in enumerate(sorted(firms))})
    build_site(root, today=TODAY, jobs=2)
    with Store(root) as store:
        kept = store.get(TABLE, "all")
    assert kept is not None
    assert firms <= set(msgspec.msgpack.decode(kept[DIGEST:]))


def test_a_small_build_that_dies_at_any_page(book: Books) -> None:
    """Only what it may write is in doubt: the rest is what it was."""
    root, moment, finished = many(book), 0, False
    build_site(root, today=TODAY)
    while not finished:
        card = f"---\nname: Q{moment}\n---\n## Log\n- 2026-01-03 call: Tea\n"
        (root / "contacts/p1.md").write_text(card, "utf-8")
        try:
            with dying(moment):
                build_site(root, today=TODAY, jobs=1)
            finished = True
        except Killed:
            moment += 1
        found = files_below(build_site(root, today=TODAY, jobs=1).site_dir)
        (root / "site" / LIST).unlink()
        assert files_below(build_site(root, today=TODAY, jobs=1).site_dir) == found
    assert moment > 5


def test_killed_at_any_moment(book: Books) -> None:
    root, chance = many(book), random.Random()
    code = (
        "import sys; from pathlib import Path; from datetime import date;"
        "from renmai.site.build import build_site;"
        "build_site(Path(sys.argv[1]), today=date.fromisoformat(sys.argv[2]), jobs=2)"
    )
    build = [sys.executable, "-c", code, str(root), TODAY.isoformat()]
    for number in range(4):
        (root / "contacts/p1.md").write_text(f"---\nname: Q{number}\n---\n", "utf-8")
        process = subprocess.Popen(build, start_new_session=True)
        time.sleep(chance.uniform(0.2, 1.5))
        if number % 2:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.2)  # a process without its parent ends with the page it is at
    grown = files_below(build_site(root, today=TODAY).site_dir)
    (root / "site" / LIST).unlink()
    assert files_below(build_site(root, today=TODAY).site_dir) == grown
