"""What people write is shown, and nothing of it can run."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from renmai.site import markdown
from renmai.site.media import wanted_pictures
from renmai.site.notes import is_overgrown, render, render_line, with_links
from renmai.site.simple import simple_line
from renmai.site.simple_notes import simple_notes
from renmai.site.views.lens import Lens
from tests.books import book

PAGES = {"lin": ("../contacts/lin.html", "林晓舟"), "a<b": ("../contacts/a%3Cb.html", "A & B")}
IMAGES = {"pic.png": "../media/0123.png"}


def resolve(name: str) -> tuple[str, str] | None:
    return PAGES.get(name)


def notes(text: str) -> str:
    return str(render(text, resolve, IMAGES.get))


def line(text: str) -> str:
    return str(render_line(text, resolve, IMAGES.get))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[lin]]", '<a href="../contacts/lin.html" rel="noreferrer noopener">林晓舟</a>'),
        ("[[lin|him]]", '<a href="../contacts/lin.html" rel="noreferrer noopener">him</a>'),
        ("[[nobody]]", "nobody"),
        ("`[[lin]]`", "<code>[[lin]]</code>"),
        ("[x](lin.md)", '<a href="../contacts/lin.html" rel="noreferrer noopener">x</a>'),
        ("plain & simple", "plain &amp; simple"),
        ("**bold**", "<strong>bold</strong>"),
    ],
)
def test_a_line(text: str, html: str) -> None:
    assert line(text) == html


#: What references are written of, and what stands around them.
SCRAPS = ["[[lin]]", "[[lin|", "[[a<b]]", "[[nobody]]", "]]", "|", " ", "x", '"', "&", "<b>", "林"]
STRESSED = [
    "*",
    "*x*",
    " *x y*",
    "*林*",
    "*1. x*",
    "*x_*",
    "**",
    " **x**",
    ",",
    "。",
    "(",
    "é",
    "：",
    "「",
    "」",
]
OTHERS = ["\xa0", "'", "[[", "#", "`", "- ", "\u200b"]


@given(scraps=st.lists(st.sampled_from([*SCRAPS, *STRESSED, *OTHERS])))
def test_the_short_way_through_references_gives_the_same(scraps: list[str]) -> None:
    """Words with references and stress do not go through Markdown, and look as if they had."""
    text = "".join(scraps)
    short = simple_line(text, resolve)
    if short is not None:
        assert short == markdown.line(text, resolve, IMAGES.get)


#: What paragraphs begin with, and what parts them.
LINES = [
    "\n",
    "\n\n",
    "\n\n",
    "\n \n",
    "a ",
    "林。",
    "1. x",
    "- ",
    "---",
    "===",
    "    x",
    ". ",
    "x ",
    "\n- x",
    "\n1. ",
    "\n2. x",
    "> ",
    "\n\n| a | b |\n|---|---|\n| ",
    " | ",
    " |",
]


@given(
    scraps=st.lists(st.sampled_from([*SCRAPS, *STRESSED, *OTHERS, *LINES])).filter(
        lambda scraps: bool("".join(scraps).strip())
    )
)
def test_the_short_way_through_paragraphs_gives_the_same(scraps: list[str]) -> None:
    """Plain paragraphs do not go through Markdown, and look as if they had."""
    text = "".join(scraps).strip()
    short = simple_notes(text, resolve)
    if short is not None:
        assert short == markdown.paragraphs(text, resolve, IMAGES.get)


#: Blocks as they are mostly written, and such as nearly are.
BLOCKS = [
    "a word",
    "*a* word",
    "[[lin]]: a word",
    "> a word",
    "> 慢慢来。\n> x",
    "> - x",
    "- the lamp\n- **the** boat of [[lin]]",
    "- x\n  y",
    "- x\ny",
    "- [ ] x",
    "-  x",
    "* x",
    "1. the boat\n2. 茶\n9. x",
    "1. x\n- y",
    "2. x",
    "1) x",
    "| a | b |\n|---|---|\n| c | *d* |",
    "| a |\n| ---- |\n| [[lin]] |",
    "| a [[lin|x]] |\n|---|---|\n| b [[lin|y]] |",
    "| a | b |\n|---|\n| c | d |",
    "| a | b |\n|---|---|\n| c |",
    "| a | b |\n|---|---|",
    "| a | b |\n|:--|---|\n| c | d |",
    "| a\n|---\n| b",
    "a | b\n---|---\nc | d",
    "",
]


@given(blocks=st.lists(st.sampled_from(BLOCKS)).filter(any))
def test_the_short_way_through_blocks_gives_the_same(blocks: list[str]) -> None:
    """Plain quotes, lists and tables do not go through Markdown either, and look as if they had."""
    text = "\n\n".join(blocks).strip()
    short = simple_notes(text, resolve)
    if short is not None:
        assert short == markdown.paragraphs(text, resolve, IMAGES.get)


@pytest.mark.parametrize("block", [BLOCKS[at] for at in (0, 1, 2, 3, 6, 12, 16, 17)])
def test_plain_blocks_take_the_short_way(block: str) -> None:
    assert simple_notes(f"Before.\n\n{block}\n\nafter", resolve)


def test_plain_paragraphs_take_the_short_way() -> None:
    text = "Works in **three** time zones; see [[lin]].\n\n*慢慢来*不要急 is not plain.\n\n"
    assert simple_notes(text.split("\n")[0], resolve)
    assert simple_notes(text.partition("*慢")[0] + "And more: x.", resolve)
    assert not simple_notes(text.strip(), resolve)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hi)",
        "[x](vbscript:x)",
        '<a href="javascript:alert(1)">x</a>',
        '<img src=x onerror="alert(1)">',
        '<svg onload="alert(1)"></svg>',
        '<iframe src="https://example.com"></iframe>',
        '<form action="https://example.com"><input></form>',
        '<p style="background:url(https://example.com)">x</p>',
        "<style>p { color: red }</style>",
        "<base href='https://example.com/'>",
        "<meta http-equiv=refresh content='0;url=https://example.com'>",
        "<object data='https://example.com'></object>",
    ],
)
def test_nothing_runs(text: str) -> None:
    for html in (notes(text), line(text)):
        tags = Tags(html)
        assert not tags.names & {
            "script", "iframe", "form", "input", "svg", "style", "base", "meta", "object", "embed",
        }  # fmt: skip
        for name, value in tags.attributes:
            assert name in {"href", "rel", "alt"}
            assert name != "href" or value.startswith(("../", "https://", "mailto:", "tel:"))


class Tags(HTMLParser):
    """The names of the tags of a text, and all attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_only_safe_links_are_links() -> None:
    html = notes("[a](https://example.com/x) [b](mailto:a@example.com) [c](tel:+1555) [d](d.html)")
    assert 'href="https://example.com/x"' in html
    assert 'href="mailto:a@example.com"' in html
    assert 'href="tel:+1555"' in html
    assert 'href="d.html"' not in html


def test_images_are_those_of_the_book() -> None:
    html = notes("![mine](pic.png) ![theirs](https://example.com/x.png)")
    assert '<img src="../media/0123.png" alt="mine">' in html
    assert "example.com" not in html
    assert "theirs" in html


def test_headings_lie_below_those_of_the_page() -> None:
    html = notes("# one\n\n### three\n\n# one again\n\n###### six")
    assert [html[at + 2] for at in range(len(html)) if html.startswith("<h", at)] == list("3434")


def test_a_task_within_an_entry_has_its_box() -> None:
    html = line("said so\n- [ ] write\n- [x] call")
    assert "☐ write" in html
    assert "☑ call" in html


def test_a_comment_is_not_shown() -> None:
    assert "secret" not in notes("a\n\n<!-- secret -->\n\nb")


@pytest.mark.parametrize(
    "opened",
    [
        *("<!-- never closed", "<script>", "<script src=x>", "<style>", "<pre>", "<textarea>"),
        *("<?php", "<![CDATA[ x", "<div><!--", "<div>\n<script>", "x <script> y", "x <textarea>"),
        *(
            "<title>",
            "<xmp>",
            "<iframe>",
            "<noscript>",
            "<plaintext>",
            "> <!-- quoted",
            "- <style>",
        ),
    ],
)
def test_nothing_swallows_what_follows(opened: str) -> None:
    html = notes(f"before\n\n{opened}\n\nafter **bold**\n\n- item")
    assert "after <strong>bold</strong>" in html
    assert "<li>item</li>" in html
    assert "<strong>bold</strong>" in line(f"{opened}\n\nafter **bold**")


def test_what_is_closed_is_no_text() -> None:
    html = notes("<!-- a\n\nb -->\n\n<script>\n\nx\n</script>\n\n<pre>\n\ny</pre>\n\nafter")
    assert "<pre>\ny</pre>" in html
    assert "<p>after</p>" in html
    assert not any(word in html for word in ("a\n", "b --", "x\n", "&lt;"))


OVERGROWN = [
    "<div>\n\n" * 40000,
    "<div>" + "<img " * 60000,
    "![" * 150000,
    "[" * 300000,
    "*a **b " * 43000,
    "> " * 5000 + "x",
    ("`" * 80 + "\n") * 4000,
    "plain words " * 25000,
]


@pytest.mark.parametrize("text", OVERGROWN, ids=lambda text: text[:8])
@pytest.mark.parametrize(("language", "says"), [("en", "as it is written"), ("zh", "照原样")])
def test_what_is_overgrown_is_shown_as_it_is_written(
    lens: Callable[..., Lens], monkeypatch: pytest.MonkeyPatch, text: str, language: str, says: str
) -> None:
    def never(**_: bool) -> None:
        raise AssertionError("no Markdown is made of this")

    monkeypatch.setattr(markdown, "_markdown", never)
    html = lens({}, language=language).notes(text, "contacts/a.md")
    assert html is not None
    assert says in html.partition("<pre>")[0]
    assert html.partition("<pre>")[2].partition("</pre>")[0].unescape() == text
    assert line(text).startswith(str(escape(text[:100])))


def test_what_people_write_is_not_overgrown() -> None:
    day = "- [x] **Call** [[lin]] about `tea`, see [notes](notes.md) & <b>more</b>\n\n> a quote\n\n"
    assert not is_overgrown(day * 200)


def test_pictures_are_found_however_they_are_written() -> None:
    body = (
        "![a](<my pic.png>) ![](b.png 'title') ![c]( c(1.png ) ![" + "![a](< " * 3 + "![d](d.png)"
    )
    text = f"---\nname: A\n---\n{body}\n"
    found = wanted_pictures(book({"contacts/a": text}))
    assert {"contacts/my pic.png", "contacts/b.png", "contacts/c(1.png", "contacts/d.png"} <= found


def test_chinese_lines_are_joined_without_a_gap() -> None:
    assert "她喜欢茶" in notes("她喜欢\n茶")
    assert "she\nlikes" in notes("she\nlikes")


def test_the_lines_of_an_entry_stay_lines() -> None:
    assert "<br>" in line("first\nsecond")


def test_a_field_is_escaped_but_for_references() -> None:
    html = with_links("<b> meets [[lin]] and [[a<b|<i>]]", resolve)
    assert html == (
        '&lt;b&gt; meets <a href="../contacts/lin.html">林晓舟</a>'
        ' and <a href="../contacts/a%3Cb.html">&lt;i&gt;</a>'
    )


@given(st.text(max_size=200))
def test_any_text_is_rendered(text: str) -> None:
    for html in (notes(text), line(text)):
        assert "<script" not in html.lower()
