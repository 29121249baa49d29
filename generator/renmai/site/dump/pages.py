"""Every page of the site as Markdown, from the same view models as the pages of HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from renmai.problems import Problem
from renmai.site.dump import markdown
from renmai.site.dump.lens import MarkdownLens
from renmai.site.pages import Output
from renmai.site.paths import page_path
from renmai.site.views.circles import circles_page
from renmai.site.views.communities import communities_page, community_page
from renmai.site.views.contact import contact_page
from renmai.site.views.contacts import contacts_page
from renmai.site.views.event import event_page
from renmai.site.views.events import events_page
from renmai.site.views.influence import influence_page
from renmai.site.views.introductions import introductions_page
from renmai.site.views.ledger import ledger_page, people_of_ledger
from renmai.site.views.lens import UP
from renmai.site.views.network import network_page
from renmai.site.views.problems import problems_page
from renmai.site.views.today import today_page
from renmai.words import Words

#: What no YAML may hold as it is, beyond what JSON escapes.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def markdown_pages(lens: MarkdownLens, problems: Iterable[Problem]) -> Iterator[Output]:
    """The pages at the top, then one for each record."""
    yield from _top_pages(lens, sorted(problems))
    for contact in lens.book.contacts.values():
        yield _page(lens, page_path(contact), "contact", contact_page(lens, contact), UP)
    for event in lens.book.events.values():
        yield _page(lens, page_path(event), "event", event_page(lens, event), UP)
    for community in lens.book.communities.values():
        yield _page(lens, page_path(community), "community", community_page(lens, community), UP)


def _top_pages(lens: MarkdownLens, problems: list[Problem]) -> Iterator[Output]:
    in_ledger = len(people_of_ledger(lens))
    pages: list[tuple[str, str, Any]] = [
        ("index", "today", today_page(lens)),
        ("contacts", "contacts", contacts_page(lens)),
        ("events", "events", events_page(lens)),
        ("communities", "communities", communities_page(lens)),
        ("network", "network", network_page(lens)),
        ("introductions", "introductions", introductions_page(lens)),
        ("circles", "circles", circles_page(lens)),
        ("ledger", "ledger", ledger_page(lens)),
        ("influence", "influence", influence_page(lens)),
        ("problems", "problems", problems_page(lens, problems)),
    ]
    counts = {"people": len(lens.ids_by_name), "in_ledger": in_ledger}
    for path, template, page in pages:
        yield _page(lens, f"{path}.html", template, page, "", **counts)


def _page(
    lens: MarkdownLens, path: str, template: str, page: Any, root: str, **counts: int
) -> Output:
    made = _environment(lens.words.language).get_template(f"dump/{template}.jinja")
    text = made.render(page=page, root=root, title=in_front(page.title), **counts)
    return Output(markdown.page(path), text.rstrip() + "\n")


def in_front(text: str) -> Markup:
    """A text as a value of the YAML in front of a page."""
    quoted = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return Markup(_NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted))


@lru_cache(maxsize=4)
def _environment(language: str) -> Environment:
    """As that of the site, but what a template shows is escaped as Markdown."""
    made = Environment(
        loader=PackageLoader("renmai.site"),
        autoescape=True,
        auto_reload=False,
        finalize=markdown.ready,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["t"] = Words(language)
    made.filters["page"] = markdown.page
    made.filters["address"] = markdown.address
    return made
