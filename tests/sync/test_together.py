"""Two devices and what lies between them: what one writes, the other has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run
from tests.sync.conftest import begin, clone
from tests.sync.kit import ENVIRONMENT, Device, card


def test_what_one_writes_the_other_gets(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("李雷", "2026-01-01 call: a"))
    one.write("photos/li.jpg", b"\xff\0jpeg")
    assert "Committed: 李雷" in one.synced().out
    said = two.synced().out
    assert "Received: 李雷" in said
    assert two.read("contacts/li.md") == one.read("contacts/li.md")
    assert (two.book / "photos/li.jpg").read_bytes() == b"\xff\0jpeg"
    assert one.head == two.head
    assert one.status == two.status == ""


def test_nothing_to_do_is_said_and_changes_nothing(one: Device, two: Device) -> None:
    before = two.state
    assert two.synced().out == "Nothing new, neither here nor there.\n"
    assert two.state == before


def test_both_wrote_in_different_files(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("Li"))
    two.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.synced()
    one.synced()
    for device in (one, two):
        assert device.read("contacts/li.md") == card("Li")
        assert device.read("contacts/wang.md") == card("Wang")
    assert one.head == two.head
    assert one.git("rev-list", "--merges", "--count", "HEAD") == "1"


def test_deleted_here_and_untouched_there_is_gone(one: Device, two: Device) -> None:
    one.write("contacts/work/li.md", card("Li"))
    one.synced()
    two.synced()
    (one.book / "contacts/work/li.md").unlink()
    two.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.synced()
    assert not (two.book / "contacts/work").exists()


@pytest.mark.parametrize("here", [True, False])
def test_deleted_and_edited_the_edit_wins_and_it_is_said(
    here: bool, one: Device, two: Device
) -> None:
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a"))
    one.synced()
    two.synced()
    deleting, editing = (two, one) if here else (one, two)
    (deleting.book / "contacts/li.md").unlink()
    editing.append("contacts/li.md", "- 2026-02-02 call: b\n")
    one.synced()
    said = two.synced().out
    assert ("Deleted here" if here else "Deleted on another device") in said
    assert "contacts/li.md" in said
    one.synced()
    for device in (one, two):
        assert device.read("contacts/li.md").endswith("call: b\n")
        assert device.status == ""


def test_renamed_here_and_edited_there(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a"))
    one.synced()
    two.synced()
    one.git("mv", "contacts/li.md", "contacts/li-lei.md")
    one.append("contacts/li-lei.md", "- 2026-01-02 call: b\n")
    two.write("contacts/li.md", card("Li", "2026-01-01 call: a", front="city: Suzhou\n"))
    one.synced()
    two.synced()
    one.synced()
    for device in (one, two):
        assert not (device.book / "contacts/li.md").exists()
        assert "city: Suzhou" in device.read("contacts/li-lei.md")
        assert "call: b" in device.read("contacts/li-lei.md")


def test_one_person_goes_and_a_like_one_comes_is_no_renaming(one: Device, two: Device) -> None:
    """What was written about the one must never land in the card of the other."""
    template = "tier: 50\ncity: Shanghai\ncompany: Example Studio\ntags: [a, b, c]\n"
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a", front=template))
    one.synced()
    two.synced()
    (one.book / "contacts/li.md").unlink()
    one.write("contacts/wang.md", card("Wang", "2026-01-01 call: a", front=template))
    two.append("contacts/li.md", "- 2026-02-02 call: about Li\n")
    one.synced()
    two.synced()
    assert "about Li" not in two.read("contacts/wang.md")
    assert "about Li" in two.read("contacts/li.md")


def test_both_renamed_to_different_names_keeps_both(one: Device, two: Device) -> None:
    one.write("contacts/li.md", card("Li", "2026-01-01 call: a"))
    one.synced()
    two.synced()
    one.git("mv", "contacts/li.md", "contacts/li-1.md")
    two.git("mv", "contacts/li.md", "contacts/li-2.md")
    one.synced()
    two.synced()
    assert sorted(path.name for path in (two.book / "contacts").glob("li*")) == [
        "li-1.md",
        "li-2.md",
    ]
    assert two.status == ""


def test_a_photo_changed_on_both_sides_is_kept_twice(one: Device, two: Device) -> None:
    one.write("photos/li.jpg", b"\0first")
    one.synced()
    two.synced()
    one.write("photos/li.jpg", b"\0one")
    two.write("photos/li.jpg", b"\0two")
    one.synced()
    result = two.synced()
    beside = next(path for path in (two.book / "photos").iterdir() if path.name != "li.jpg")
    assert (two.book / "photos/li.jpg").read_bytes() == b"\0two"
    assert beside.read_bytes() == b"\0one"
    assert beside.name in result.out
    one.synced()
    assert (one.book / "photos" / beside.name).read_bytes() == b"\0one"


def test_links_modes_and_odd_names(one: Device, two: Device) -> None:
    one.write('contacts/it\'s "odd"\n林 晓舟.md', card("Odd"))
    one.write("contacts/back\\slash.md", card("Slash"))
    one.write("run.sh", "#!/bin/sh\n")
    (one.book / "run.sh").chmod(0o755)
    (one.book / "contacts" / "friend.md").symlink_to("me.md")
    one.synced()
    two.synced()
    assert (two.book / "run.sh").stat().st_mode & 0o111
    assert (two.book / "contacts" / "friend.md").readlink() == Path("me.md")
    assert two.read('contacts/it\'s "odd"\n林 晓舟.md') == card("Odd")
    (one.book / "run.sh").chmod(0o644)
    (one.book / "contacts" / "friend.md").unlink()
    one.write("contacts/friend.md", card("Friend"))
    two.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.synced()
    assert not (two.book / "run.sh").stat().st_mode & 0o111
    assert not (two.book / "contacts" / "friend.md").is_symlink()
    assert two.status == ""


@pytest.mark.parametrize("attributes", ["", "* text=auto eol=crlf\n"])
def test_line_ends_are_those_that_git_writes_here(
    attributes: str, one: Device, two: Device
) -> None:
    if attributes:
        one.write(".gitattributes", attributes)
    one.write("contacts/crlf.md", card("C").replace("\n", "\r\n"))
    one.write("contacts/bom.md", b"\xef\xbb\xbf" + card("B").encode().replace(b"\n", b"\r\n"))
    one.synced()
    two.synced()
    assert two.read("contacts/crlf.md") == card("C").replace("\n", "\r\n")
    two.append("contacts/crlf.md", "- 2026-01-01 call: x\r\n")
    one.write("contacts/wang.md", card("W").replace("\n", "\r\n"))
    two.synced()
    one.synced()
    assert one.read("contacts/crlf.md").endswith("- 2026-01-01 call: x\r\n")
    assert one.status == two.status == ""


def test_a_clone_with_line_ends_and_filters_of_its_own(one: Device, two: Device) -> None:
    """As on Windows: git keeps one form, and writes another."""
    two.git("config", "core.autocrlf", "true")
    for device in (one, two):
        device.git("config", "filter.rot.clean", "tr a-z n-za-m")
        device.git("config", "filter.rot.smudge", "tr a-z n-za-m")
    one.append(".gitattributes", "*.secret filter=rot\n")
    one.write("contacts/li.md", card("Li"))
    one.write("x.secret", "hidden\n")
    one.synced()
    two.synced()
    assert two.read("contacts/li.md") == card("Li").replace("\n", "\r\n")
    assert two.read("x.secret") == "hidden\r\n"
    assert two.git("cat-file", "-p", "HEAD:x.secret") == "uvqqra"
    two.append("contacts/li.md", "- 2026-01-01 call: x\r\n")
    one.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.synced()
    one.synced()
    assert one.read("contacts/li.md") == card("Li", "2026-01-01 call: x")
    assert one.status == two.status == ""


def test_a_file_becomes_a_folder_and_back(one: Device, two: Device) -> None:
    one.write("notes", "text\n")
    one.synced()
    two.synced()
    (one.book / "notes").unlink()
    one.write("notes/a/b.txt", "deep\n")
    two.write("contacts/wang.md", card("Wang"))
    one.synced()
    two.synced()
    assert two.read("notes/a/b.txt") == "deep\n"
    (two.book / "notes/a/b.txt").unlink()
    (two.book / "notes/a").rmdir()
    (two.book / "notes").rmdir()
    two.write("notes", "text again\n")
    two.synced()
    one.write("contacts/li.md", card("Li"))
    one.synced()
    assert one.read("notes") == "text again\n"


def test_a_name_that_differs_in_case_alone(one: Device, two: Device) -> None:
    one.write("contacts/Li.md", card("Li"))
    one.synced()
    two.synced()
    one.git("mv", "contacts/Li.md", "contacts/li.md")
    two.append("contacts/Li.md", "- 2026-02-02 call: b\n")
    one.synced()
    two.synced()
    assert [path.name for path in (two.book / "contacts").iterdir()].count("li.md") == 1
    assert not (two.book / "contacts" / "Li.md").exists()
    assert "call: b" in two.read("contacts/li.md")


def test_two_devices_that_each_began_the_book(one: Device, hub: Path, tmp_path: Path) -> None:
    other = begin(tmp_path / "other", hub)
    other.write("contacts/wang.md", card("Wang"))
    assert other.synced().code == 0
    one.synced()
    assert one.read("contacts/wang.md") == card("Wang")
    assert one.head == other.head


def test_what_a_host_begins_with_is_no_stranger(hub: Path, tmp_path: Path) -> None:
    host = clone(hub, tmp_path / "host")
    host.write("README.md", "# people\n")
    host.write("LICENSE", "x\n")
    host.commit()
    host.git("push", "-q", "origin", "HEAD:main")
    device = begin(tmp_path / "device", hub)
    device.synced()
    assert device.read("README.md") == "# people\n"


def test_a_repository_of_something_else_is_refused(hub: Path, tmp_path: Path) -> None:
    host = clone(hub, tmp_path / "host")
    host.write("src/main.c", "int main;\n")
    host.commit()
    host.git("push", "-q", "origin", "HEAD:main")
    device = begin(tmp_path / "device", hub)
    result = device.sync()
    assert result.code == 1
    assert "git remote set-url origin" in result.err
    assert device.status == ""
    assert not (device.root / "src").exists()


def test_branches_of_different_names_are_one(hub: Path, one: Device, tmp_path: Path) -> None:
    other = begin(tmp_path / "other", hub)
    other.git("branch", "-m", "main", "master", fine=(0, 1, 128))
    other.git("symbolic-ref", "HEAD", "refs/heads/master")
    other.write("contacts/wang.md", card("Wang"))
    other.synced()
    one.synced()
    assert one.read("contacts/wang.md") == card("Wang")
    assert other.git("ls-remote", "--heads", "origin").count("\n") == 0
    assert other.git("rev-parse", "--abbrev-ref", "master@{upstream}") == "origin/main"


def test_a_branch_of_ones_own_stays_one(one: Device) -> None:
    one.git("switch", "-qc", "trip")
    one.write("contacts/wang.md", card("Wang"))
    one.synced()
    assert one.git("rev-parse", "--abbrev-ref", "trip@{upstream}") == "origin/trip"
    assert one.git("rev-parse", "origin/main") != one.head


def test_a_remote_branch_that_went_comes_again(one: Device) -> None:
    one.git("push", "-q", "origin", "HEAD:other")
    one.git("-C", str(Path(one.git("remote", "get-url", "origin"))), "branch", "-D", "main")
    one.write("contacts/wang.md", card("Wang"))
    one.synced()
    assert one.git("ls-remote", "origin", "main").startswith(one.head)


def test_several_remotes(one: Device, hub: Path) -> None:
    one.git("remote", "add", "backup", str(hub))
    one.git("config", "--unset", "branch.main.remote")
    assert one.synced().code == 0  # origin, among several
    one.git("config", "--unset", "branch.main.remote")
    one.git("remote", "rename", "origin", "cloud")
    one.write("contacts/wang.md", card("Wang"))
    result = one.sync()
    assert (result.code, "git config branch.main.remote" in result.err) == (1, True)


def test_a_book_in_a_larger_repository(hub: Path, tmp_path: Path) -> None:
    """Of the rest, nothing is committed: not what is staged, and not what is merely there."""
    one = begin(tmp_path / "one", hub, within="my people")
    one.write("contacts/li.md", card("Li"))
    (one.root / "code.c").write_text("int a;\n")
    one.git("add", "code.c")
    one.synced()
    assert one.status == "A  code.c"
    one.git("commit", "-qm", "code")
    one.synced()
    two = clone(hub, tmp_path / "two", within="my people")
    two.synced()
    one.append("contacts/li.md", "- 2026-01-01 call: a\n")
    two.write("contacts/wang.md", card("Wang"))
    (two.root / "code.c").write_text("int b;\n")
    one.synced()
    two.synced()
    assert "call: a" in two.read("contacts/li.md")
    assert two.status == "M code.c"
    two.git("add", "code.c")
    one.write("contacts/zhao.md", card("Zhao"))
    one.synced()
    two.write("contacts/sun.md", card("Sun"))
    result = two.sync()
    assert (result.code, "staged" in result.err) == (1, True)


def test_a_second_work_tree_and_a_submodule(one: Device, hub: Path, tmp_path: Path) -> None:
    one.git("worktree", "add", "-q", "-b", "second", str(tmp_path / "second"))
    second = Device(tmp_path / "second")
    assert (second.root / ".git").is_file()
    second.write("contacts/wang.md", card("Wang"))
    second.synced()
    assert second.git("rev-parse", "--abbrev-ref", "HEAD@{upstream}") == "origin/second"
    outer = Device(tmp_path / "outer")
    outer.root.mkdir()
    outer.git("init", "-q", ".")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(hub), "people")
    inner = Device(outer.root / "people")
    inner.git("config", "user.name", "inner")
    inner.git("config", "user.email", "inner@example.com")
    inner.write("contacts/zhao.md", card("Zhao"))
    inner.synced()
    one.synced()
    assert one.read("contacts/zhao.md") == card("Zhao")


def test_the_message_names_whose_records_changed(one: Device) -> None:
    for name in ("李雷", "Wang Fang", "Zhao", "Sun", "Qian"):
        one.write(f"contacts/{name}.md", card(name))
    one.write("events/tea.md", "---\ntitle: Tea\ndate: 2026-01-01\n---\n")
    one.synced()
    assert one.git("log", "-1", "--format=%B") == "Update Qian, Sun, Wang Fang and 3 more"
    (one.book / "contacts/李雷.md").unlink()
    one.synced()
    assert one.git("log", "-1", "--format=%B") == "Update 李雷"
    one.write("mkdocs.yml", one.read("mkdocs.yml").replace("language: en", "language: zh"))
    one.synced()
    assert one.git("log", "-1", "--format=%B") == "更新：mkdocs.yml"
    one.write("contacts/x.md", card("N" * 5000 + "\\n# x"))
    one.write("contacts/broken.md", b"\xff\xfe")
    one.synced()
    assert len(one.git("log", "-1", "--format=%B")) < 100


def test_nobody_has_told_git_who_writes(one: Device) -> None:
    one.git("config", "--unset", "user.name")
    one.git("config", "--unset", "user.email")
    one.write("contacts/me.md", "---\nname: 林晓舟\nme: yes\nemails: lin@example.com\n---\n")
    nobody = {"EMAIL": "", "HOME": str(one.root.parent)}
    assert run("sync", cwd=one.book, **ENVIRONMENT, **nobody).code == 0
    who = one.git("log", "-1", "--format=%an <%ae>")
    assert who == "林晓舟 <lin@example.com>" or "@" in who


def test_other_problems_are_told_and_stop_nothing(one: Device) -> None:
    one.write("contacts/li.md", "---\nname: Li\ntier: 7\n---\n")
    result = one.synced()
    assert "The book has 1 error: renmai check" in result.out
    assert "Sent to origin." in result.out
    assert "error" not in one.synced().out


def test_a_hooks_environment_names_no_other_repository(one: Device, tmp_path: Path) -> None:
    elsewhere = begin(tmp_path / "elsewhere")
    before = elsewhere.git("status")
    one.write("contacts/li.md", card("Li"))
    git = str(elsewhere.root / ".git")
    result = one.sync(GIT_DIR=git, GIT_WORK_TREE=str(elsewhere.root), GIT_INDEX_FILE=f"{git}/i")
    assert result.code == 0
    assert one.status == ""
    assert elsewhere.git("status") == before


@pytest.mark.parametrize("deleted", [False, True])
def test_each_has_merged_the_other_before(deleted: bool, one: Device, two: Device) -> None:
    """Two ancestors, as over two remotes: what was removed since does not come again."""
    for name in ("li", "old"):
        one.write(f"contacts/{name}.md", card(name, "2026-01-01 call: a"))
    one.synced()
    two.synced()
    one.append("contacts/li.md", "- 2026-01-02 call: of one\n")
    two.append("contacts/li.md", "- 2026-01-03 call: of two\n")
    for device in (one, two):
        device.commit()
    sides = one.head, two.head
    for device, other in ((one, two), (two, one)):
        device.git("fetch", "-q", str(other.root), "main:other")
    for device, theirs in ((one, sides[1]), (two, sides[0])):
        device.git("merge", "-q", "--no-edit", theirs)
    one.write(
        "contacts/li.md", one.read("contacts/li.md").replace("- 2026-01-03 call: of two\n", "")
    )
    two.write("contacts/wang.md", card("Wang"))
    if deleted:
        (one.book / "contacts/old.md").unlink()
    one.synced()
    two.synced()
    one.synced()
    for device in (one, two):
        assert "of one" in device.read("contacts/li.md")
        assert "of two" not in device.read("contacts/li.md")
        assert (device.book / "contacts/old.md").exists() != deleted
        assert device.read("contacts/wang.md") == card("Wang")


@pytest.mark.parametrize("path", ["../out.md", ".git/hooks/pre-commit", ".GIT/config", "a/../b"])
def test_what_was_sent_does_not_leave_the_book(path: str, one: Device, two: Device) -> None:
    """A tree as no git makes it, but as somebody may have made it."""
    *folders, name = path.split("/")
    made = one.git("hash-object", "-w", "mkdocs.yml")
    line = f"100644 blob {made}\t{name}"
    for folder in reversed(folders):
        line = f"040000 tree {_tree(one, line)}\t{folder}"
    tree = _tree(one, f"{one.git('ls-tree', 'HEAD')}\n{line}")
    commit = one.git("commit-tree", tree, "-p", "HEAD", "-m", "evil")
    one.git("push", "-q", "origin", f"{commit}:main")
    gits_own = {"one", "hub.git", "objects", "logs", "refs", ".renmai"}

    def there() -> set[Path]:
        return {each for each in two.root.parent.rglob("*") if not gits_own & set(each.parts)}

    before = there()
    result = two.sync()
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert there() == before


def _tree(device: Device, lines: str) -> str:
    """A tree of these lines; git's own command would refuse some of them."""
    raw = b""
    for line in sorted(lines.splitlines(), key=lambda line: line.partition("\t")[2]):
        about, _, name = line.partition("\t")
        mode, _, made = about.split(" ")
        raw += f"{mode.lstrip('0')} {name}\0".encode() + bytes.fromhex(made)
    (device.root.parent / "raw").write_bytes(raw)
    done = device.git(
        "hash-object", "-t", "tree", "-w", "--literally", str(device.root.parent / "raw")
    )
    (device.root.parent / "raw").unlink()
    return done


def test_nothing_is_written_through_a_link(one: Device, two: Device, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (two.book / "site").symlink_to(tmp_path / "elsewhere")
    with (two.root / ".git/info/exclude").open("a") as file:
        file.write("/site\n")
    one.write("site/page.html", "of one\n")
    one.git("add", "-f", "site/page.html")
    one.synced()
    result = two.sync()
    assert (result.code, "site/page.html" in result.err) == (1, True)
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (two.book / "site").is_symlink()


def test_a_link_to_a_folder_becomes_a_folder_and_back(one: Device, two: Device) -> None:
    one.write("real/x.txt", "x\n")
    (one.book / "notes").symlink_to("real")
    one.synced()
    two.synced()
    (one.book / "notes").unlink()
    one.write("notes/x.txt", "its own\n")
    one.synced()
    two.write("contacts/wang.md", card("Wang"))
    two.synced()
    assert (two.read("notes/x.txt"), two.read("real/x.txt")) == ("its own\n", "x\n")
    (two.book / "notes/x.txt").unlink()
    (two.book / "notes").rmdir()
    (two.book / "notes").symlink_to("real")
    two.synced()
    one.synced()
    assert (one.book / "notes").is_symlink()
    assert one.read("real/x.txt") == "x\n"
