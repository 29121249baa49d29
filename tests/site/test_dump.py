"""`build --dump`: the pages as Markdown, the same to every dialect, and nobody's file harmed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import markdown as python_markdown  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from renmai.site.dump.lens import MarkdownLens
from renmai.site.dump.markdown import as_written, escape, page, with_links
from renmai.site.dump.pages import in_front, markdown_pages
from renmai.site.dump.write import LIST, Dumped, Endangered, Foreign, dump_site
from renmai.site.views.lens import Lens
from tests.cli.running import BOOKS, run
from tests.site.conftest import PIXEL, TODAY, Books

LINK = re.compile(r"(?<!\\)\]\(([^()\s]+)\)")
_COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
#: What reads a page: the dialect of most generators, and that of MkDocs as it comes.
READERS: list[Callable[[str], str]] = [
    _COMMONMARK.render,
    lambda text: python_markdown.markdown(text, extensions=["tables", "fenced_code", "toc"]),
]

#: Text as a hostile or a careless hand writes it.
PIECES = [*"\\`*_{}[]()<>#+-.!|~&:=^$\"'\n \t", "&amp;", "&#42;", "<b>", "]]", "](x)", "1. ", "- "]
TEXT = st.lists(st.sampled_from([*PIECES, "a", "Ünal", "林", "http://example.com/a_b_c", "2"]))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    """What a page of HTML shows, runs of white space as one."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())


def resolve(name: str) -> tuple[str, str] | None:
    return ("../contacts/li.md", "李雷") if name == "li" else None


def image(path: str) -> str | None:
    return "../media/1.png" if path == "li.png" else None


@pytest.fixture(scope="module", params=["en", "zh"])
def dumped(
    request: pytest.FixtureRequest, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    dump_site(example, folder, TODAY, request.param)
    return folder


def pages_of(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in folder.rglob("*.md")
    }


# -- the pages ------------------------------------------------------------------------------------


def test_a_page_for_each_of_the_site(dumped: Path, site: tuple[str, Path]) -> None:
    html = {file.relative_to(site[1]).as_posix() for file in site[1].rglob("*.html")}
    assert set(pages_of(dumped)) == {page(path) for path in html - {"404.html"}}


def test_every_link_leads_to_a_page_or_a_picture(dumped: Path) -> None:
    count = 0
    for path, text in pages_of(dumped).items():
        for link in LINK.findall(text):
            if not re.match(r"[a-z]+:", link):
                target = (dumped / path).parent / unquote(link)
                assert target.is_file(), f"{path}: {link}"
                count += 1
    assert count > 900


def test_every_page_has_its_title_in_front(dumped: Path) -> None:
    for path, text in pages_of(dumped).items():
        assert text.startswith("---\n"), path
        front = yaml.safe_load(text.split("---\n")[1])
        assert list(front) == ["title"]
        assert front["title"], path
    assert "title: 夏闻溪" not in pages_of(dumped)["contacts/wenxi.md"]


def test_a_page_says_what_the_html_says(dumped: Path) -> None:
    text = pages_of(dumped)["contacts/wenxi.md"]
    assert "- [Joel Harnwood](../contacts/joel.md): " in text
    assert "[Field notes 水笔记](https://example.com/water-notes)" in text
    assert "[郁青禾](../contacts/%E9%83%81%E9%9D%92%E7%A6%BE.md) go quiet" in text
    assert "so is [[nobody]]\n```" in text
    assert "`[[nobody]]`" in text


def test_markup_is_none(dumped: Path) -> None:
    """Nothing of the HTML pages stands in the Markdown."""
    for path, text in pages_of(dumped).items():
        assert not re.search(r"</?(?:div|span|svg|a|p|li|ul)\b", text), path


def test_a_book_of_nothing(book: Books, tmp_path: Path) -> None:
    root = book({"contacts/a.md": "---\nname: A\n---\n"})
    assert dump_site(root, tmp_path / "out", TODAY).pages == 11


# -- fields to the letter -------------------------------------------------------------------------


@pytest.mark.parametrize("read", READERS)
@given(pieces=TEXT)
def test_a_field_is_shown_to_the_letter(read: Callable[[str], str], pieces: list[str]) -> None:
    text = "".join(pieces)
    shown = " ".join(text.split())
    assert text_of(read(f"- **L:** {escape(text)}")) == f"L: {shown}".strip()
    assert text_of(read(f"- {escape(text)}")) == shown
    table = text_of(read(f"| a | b |\n| --- | --- |\n| x{escape(text)} | c |\n"))
    assert table == " ".join(f"a b x{text} c".split())
    name = text_of(read(f"[{escape(text)}](x.md)"))
    assert name == shown or not shown


@given(pieces=TEXT)
def test_no_generator_fills_anything_in(pieces: list[str]) -> None:
    assert not re.search(r"\{\{|\{%|\{<", escape("{{" + "".join(pieces) + "{{< x >}} {% y %}"))


@given(text=st.text())
def test_any_title_is_yaml(text: str) -> None:
    shown = yaml.safe_load(f"title: {in_front(text)}")["title"]
    assert " ".join(shown.split()) == " ".join(text.split())


def test_references_in_a_field_are_links() -> None:
    assert with_links("plain *text*", resolve) == "plain *text*"
    text = with_links("*ask* [[li]] or [[li|him]], not [[nobody]]", resolve)
    expected = r"\*ask\* [李雷](../contacts/li.md) or [him](../contacts/li.md), not nobody"
    assert text == expected


def test_a_record_that_would_be_an_index_gets_a_name_of_its_own() -> None:
    assert page("../contacts/index.html") == "../contacts/index-1.md"
    assert page("events/README.html") == "events/README-1.md"
    assert page("index.html") == "index.md"


# -- notes as written -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("# A *head*\n\n1. [[li]]\n", "# A *head*\n\n1. [李雷](../contacts/li.md)\n"),
        ("[[li|one]] [[no one]]", "[one](../contacts/li.md) no one"),
        ("`[[li]]` and [[li]]", "`[[li]]` and [李雷](../contacts/li.md)"),
        ("```\n[[li]]\n```\n[[li]]", "```\n[[li]]\n```\n[李雷](../contacts/li.md)"),
        ("<!-- [[li]] -->", "<!-- [[li]] -->"),
        (r"\[[li]]", r"\[[li]]"),
        ("[him](../contacts/li.md#top)", "[him](../contacts/li.md)"),
        ("[him](work/li.md)", "[him](../contacts/li.md)"),
        ("[it](other.md) [x](https://example.com/li.md)",) * 2,
        ("![a face](li.png) ![none](secret.png)", "![a face](../media/1.png) none"),
        ("{{< ref >}} {{% x %}}", "&#123;{< ref >}} &#123;{% x %}}"),
    ],
)
def test_notes(written: str, expected: str) -> None:
    assert as_written(written, resolve, image) == expected


def test_an_entry_keeps_its_lines_within_its_item(lens: Callable[..., Lens]) -> None:
    text = "---\nname: A\n---\n## Log\n- 2026-11-01 call: *one*\n  two\n\n  - three\n"
    seen = lens({"contacts/a.md": text})
    pages = dict(markdown_pages(MarkdownLens(seen.facts, seen.words, {}), []))
    html = _COMMONMARK.render(pages["contacts/a.md"])
    assert "<em>one</em><br />\ntwo" in html
    assert re.search(r"<li>[^§]*two[^§]*<li>three</li>\s*</ul>\s*</li>", html)


# -- the folder -----------------------------------------------------------------------------------


def test_only_what_is_ours_is_replaced(book: Books, tmp_path: Path) -> None:
    photo = "---\nname: A\nphoto: contacts/a.png\n---\n"
    root = book({"contacts/a.md": photo, "contacts/b.md": "---\nname: B\n---\n"})
    (root / "contacts/a.png").write_bytes(PIXEL)
    out = tmp_path / "out"
    assert isinstance(dump_site(root, out, TODAY), Dumped)
    assert len(list((out / "media").iterdir())) == 1
    (out / "contacts/mine.md").write_text("mine")
    os.utime(out / "contacts/a.md", (1, 1))
    (root / "contacts/b.md").unlink()
    dump_site(root, out, TODAY)
    assert not (out / "contacts/b.md").exists()
    assert (out / "contacts/mine.md").read_text() == "mine"
    assert (out / "contacts/a.md").stat().st_mtime == 1, "it says the same, so it was left alone"


def test_a_file_of_somebody_else_stops_it(book: Books, tmp_path: Path) -> None:
    root, out = book({"contacts/a.md": "---\nname: A\n---\n"}), tmp_path / "out"
    out.mkdir()
    (out / "index.md").write_text("mine")
    with pytest.raises(Foreign):
        dump_site(root, out, TODAY)
    assert [file.name for file in out.iterdir()] == ["index.md"]
    assert (out / "index.md").read_text() == "mine"


@pytest.mark.parametrize("folder", [".", "..", "contacts", "events/out", ".git/x", ".renmai"])
def test_the_book_is_not_endangered(book: Books, folder: str) -> None:
    root = book({"contacts/a.md": "---\nname: A\n---\n"})
    with pytest.raises(Endangered):
        dump_site(root, root / folder, TODAY)


def test_a_link_into_the_book_is_not_followed(book: Books, tmp_path: Path) -> None:
    root, out = book({"contacts/a.md": "---\nname: A\n---\n"}), tmp_path / "out"
    out.mkdir()
    (out / "contacts").symlink_to(root / "contacts")
    (out / LIST).write_text("contacts/a.md\n../book/contacts/a.md\n")
    with pytest.raises(Foreign):
        dump_site(root, out, TODAY)
    assert (root / "contacts/a.md").read_text() == "---\nname: A\n---\n"


def test_a_list_from_elsewhere_removes_nothing_outside(book: Books, tmp_path: Path) -> None:
    root, out = book({"contacts/a.md": "---\nname: A\n---\n"}), tmp_path / "out"
    out.mkdir()
    (tmp_path / "secret").write_text("x")
    (out / "deep").mkdir()
    (out / "deep/er").write_text("x")
    (out / LIST).write_text(f"../secret\n{tmp_path}/secret\ndeep/er\n/etc/hostname\n")
    dump_site(root, out, TODAY)
    assert (tmp_path / "secret").exists()
    assert (out / "deep/er").exists()


# -- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("en", "pages as Markdown in out"), ("zh", "页 Markdown")]
)
def test_the_command(language: str, said: str, tmp_path: Path) -> None:
    args = ("-C", str(BOOKS / "small"), "--lang", language, "--today", "2026-11-21")
    result = run("build", *args, "--dump", str(tmp_path / "out"), cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert said in result.out
    assert (tmp_path / "out/contacts/li.md").is_file()
    assert not (BOOKS / "small/site").exists()


def test_the_command_refuses_in_one_line(tmp_path: Path) -> None:
    result = run("build", "-C", str(BOOKS / "small"), "--dump", "contacts/x", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
