"""The pages of the example book, and of a hostile one, read as a browser reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from renmai.site.book import make_site
from renmai.site.pages import outputs
from renmai.site.views.lens import Lens
from tests.site.conftest import TODAY, Books, lens_of
from tests.site.reading import Page, pages, target

Site = tuple[str, Path]

HOSTILE = "<script>alert('x')</script>\\\"'><img src=x onerror=alert(1)>"


def test_every_kind_of_page_is_there(site: Site) -> None:
    found = set(pages(site[1]))
    tops = {"index", "contacts", "events", "communities", "problems", "404"}
    tops |= {"introductions", "circles", "ledger", "influence"}
    assert {f"{name}.html" for name in tops} <= found
    for folder in ("contacts", "events", "communities"):
        assert any(path.startswith(f"{folder}/") for path in found)


def test_the_policy_comes_first(site: Site) -> None:
    for path, page in pages(site[1]).items():
        charset, policy = page.head[:2]
        assert charset == ("meta", {"charset": "utf-8"}), path
        assert policy[1]["http-equiv"] == "Content-Security-Policy"
        rules = dict(rule.strip().split(" ", 1) for rule in policy[1]["content"].split(";"))
        assert rules.pop("default-src") == "'none'"
        assert rules.pop("img-src") == "'self' data:"
        assert set(rules.values()) <= {"'self'", "'none'"}
        metas = {attrs.get("name"): attrs.get("content") for _, attrs in page.head}
        assert "noindex" in (metas["robots"] or "")
        assert metas["referrer"] == "no-referrer"


def test_nothing_is_inline(site: Site) -> None:
    for path, page in pages(site[1]).items():
        assert not "".join(page.inline).strip(), path
        for tag, attrs in page.elements:
            assert tag != "style", path
            assert not [name for name in attrs if name == "style" or name.startswith("on")], path


def test_every_link_leads_somewhere(site: Site) -> None:
    language, root = site
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    for path, page in pages(root).items():
        base = "404.html" if path == "404.html" else path
        for link in page.links:
            goal = target(base, link.removeprefix("/") if base == "404.html" else link)
            assert goal is None or goal in there, f"{path} -> {link} ({language})"


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    for path, page in pages(site[1]).items():
        for tag, attrs in page.elements:
            source = attrs.get("src") or (attrs.get("href") if tag == "link" else None)
            assert source is None or target(path, source) is not None, (path, source)
    for sheet in site[1].rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert "@import" not in text
        assert text.count("url(") == text.count('url("data:')


def test_the_language_is_that_of_the_site(site: Site) -> None:
    language, root = site
    for path, page in pages(root).items():
        assert page.elements[0][1]["lang"] == {"en": "en", "zh": "zh-Hans"}[language], path
    chinese = "今天" in "".join(pages(root)["index.html"].text)
    assert chinese == (language == "zh")


def test_an_id_stands_once_on_a_page(site: Site) -> None:
    for path, page in pages(site[1]).items():
        assert len(page.ids) == len(set(page.ids)), path


def test_nothing_written_in_a_field_runs(book: Books) -> None:
    root = book(hostile_book())
    made = {path: content for path, content in outputs_of(lens_of(root)) if path.endswith("html")}
    assert len(made) > 8
    for path, html in made.items():
        page = Page(html)
        assert not "".join(page.inline).strip(), path
        assert "img" not in [tag for tag, _ in page.elements], path
        for _, attrs in page.elements:
            assert not [name for name in attrs if name.startswith("on")], path
            assert not attrs.get("href", "").lower().startswith(("javascript", "data", "vbscript"))


def test_the_index_is_a_script_that_nothing_can_end(book: Books) -> None:
    made = dict(outputs_of(lens_of(book(hostile_book()))))
    assert "<" not in made["assets/index.js"]
    assert "<" not in made["assets/words.js"]


def test_a_broken_book_still_has_its_site(book: Books) -> None:
    files = {
        "contacts/ok.md": "---\nname: Ok\n---\n",
        "contacts/broken.md": "---\nname: [\n---\n",
        "contacts/bad.md": "---\nname: Bad\ntier: much\n---\n",
        "events/none.md": "---\ntitle: Undated\n---\n",
    }
    root = book(files)
    made = make_site(root, "Test", TODAY)
    paths = {path for path, _ in made.outputs}
    assert {"contacts/ok.html", "contacts/bad.html"} <= paths
    assert "contacts/broken.html" not in paths
    problems = next(content for path, content in made.outputs if path == "problems.html")
    for problem in made.problems:
        assert problem.path in problems
        assert problem.code in problems


def test_an_empty_book_says_what_to_do(lens: Callable[..., Lens]) -> None:
    made = dict(outputs_of(lens({"contacts/me.md": "---\nname: Me\nme: yes\n---\n"})))
    assert "No contacts yet" in made["contacts.html"]
    assert "No communities yet" in made["communities.html"]
    assert "Nobody is waiting" in made["index.html"]
    assert "Nothing is wrong" in made["problems.html"]


def test_a_book_of_nothing(lens: Callable[..., Lens]) -> None:
    assert "index.html" in dict(outputs_of(lens({})))


def outputs_of(seen: Lens) -> list[tuple[str, str]]:
    problems = seen.facts.book_problems
    return [(path, content) for path, content in outputs(seen, HOSTILE, problems)]


def hostile_book() -> dict[str, str]:
    """A book with something that would run in every field that takes words."""
    words = ("name", "company", "title", "city", "timezone", "language", "wechat", "linkedin",
             "github", "contact_by", "assistant", "goal", "pinyin")  # fmt: skip
    lists = ("aliases", "circles", "emails", "phones", "family", "background", "hobbies", "likes",
             "values", "achievements", "challenge", "needs", "offers", "value", "tags")  # fmt: skip
    card = "".join(f'{key}: "{HOSTILE}"\n' for key in words)
    card += "".join(f'{key}: ["{HOSTILE}", "javascript:alert(1)"]\n' for key in lists)
    card += 'links: {a: "javascript:alert(1)", b: "data:text/html,x"}\n'
    card += f'relations: [{{who: b, how: "{HOSTILE}"}}]\nphoto: javascript:alert(1)\n'
    card += f'follow_up: {{date: 2026-11-20, why: "{HOSTILE}"}}\n'
    card += f'dates: [{{date: --11-25, what: "{HOSTILE}"}}]\n'
    card += f'met: {{date: 2026-11-01, at: "{HOSTILE}", through: b}}\n'
    notes = (
        f"{HOSTILE} [x](javascript:alert(1))\n\n[[b|{HOSTILE}]]\n\n- [ ] {HOSTILE} due 2026-11-20"
    )
    log = f"## Log\n- 2026-11-01 meet with [[b]]: {HOSTILE}\n- 2026-11-02 note: **x** {HOSTILE}"
    person = "".join(
        f'    {key}: "{HOSTILE}"\n' for key in ("does", "challenge", "value", "recognise", "role")
    )
    person += f'    seed: "{HOSTILE}"\n'
    event = "".join(f'{key}: "{HOSTILE}"\n' for key in ("title", "place", "url", "goal", "budget"))
    event += f'date: 2026-11-20\ncommunity: c\ntags: ["{HOSTILE}"]\npeople:\n'
    for who in ("a", f'"{HOSTILE}"'):
        event += f"  - who: {who}\n    target: yes\n    met: yes\n{person}"
    functions = ", ".join(f'{key}: "{HOSTILE}"' for key in ("identity", "answers", "activities"))
    community = "".join(
        f'{key}: "{HOSTILE}"\n' for key in ("name", "theme", "platform", "url", "city")
    )
    community += f'members: [a, "{HOSTILE}"]\nfunctions: {{{functions}}}\nrules: "{HOSTILE}"\n'
    return {
        "contacts/a.md": f"---\n{card}---\n{notes}\n\n{log}\n",
        "contacts/b.md": f"---\nname: B\n---\n{notes}\n",
        "contacts/<img src=x onerror=alert(1)>.md": "---\nname: C\n---\n",
        "events/e.md": f"---\n{event}---\n{notes}\n\n{log}\n\n## Before\n- [ ] {HOSTILE}\n",
        "communities/c.md": f"---\n{community}---\n{notes}\n\n{log}\n",
    }
