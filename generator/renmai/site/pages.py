"""Every file of the site, as a pure function of what follows from the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from renmai.model.records import Contact, Record
from renmai.problems import Problem
from renmai.site.environment import environment
from renmai.site.index import literal, make_index
from renmai.site.net.data import network_data
from renmai.site.net.layout import Layout, layout_of
from renmai.site.paths import page_path
from renmai.site.shell import Shells, words_script
from renmai.site.views.circles import circles_page
from renmai.site.views.communities import communities_page, community_page
from renmai.site.views.contact import contact_page
from renmai.site.views.contacts import by_name, contacts_page
from renmai.site.views.event import event_page
from renmai.site.views.events import events_page
from renmai.site.views.influence import influence_page
from renmai.site.views.introductions import introductions_page
from renmai.site.views.ledger import ledger_data, ledger_page
from renmai.site.views.lens import UP, Lens
from renmai.site.views.network import network_page
from renmai.site.views.problems import problems_page
from renmai.site.views.today import today_page


class Output(NamedTuple):
    """A file of the site: its path from the site's top, and what is in it."""

    path: str
    content: str


def outputs(
    lens: Lens, site_name: str, problems: Iterable[Problem], layout: Layout | None = None
) -> Iterator[Output]:
    """The whole site but pictures and what is the same for every book, page by page.

    `layout` says where people stand in the picture of the net; they are laid out anew without one.
    """
    found = sorted(problems)
    shells = Shells(lens, site_name, sum(problem.severity != "hint" for problem in found))
    yield from _scripts(lens, layout or layout_of(lens.facts))
    yield from _top_pages(lens, shells, found)
    for contact in lens.book.contacts.values():
        yield contact_output(lens, shells, contact)
    for event in lens.book.events.values():
        yield _record(lens, shells, event, "event.html", event_page(lens, event), "events")
    for community in lens.book.communities.values():
        page = community_page(lens, community)
        yield _record(lens, shells, community, "community.html", page, "communities")


def contact_output(lens: Lens, shells: Shells, contact: Contact) -> Output:
    """The page of one contact; that of the own card is a place of its own in the navigation."""
    active = "me" if contact is lens.book.me else "contacts"
    return _record(lens, shells, contact, "contact.html", contact_page(lens, contact), active)


def _top_pages(lens: Lens, shells: Shells, problems: list[Problem]) -> Iterator[Output]:
    words = lens.words
    pages: list[tuple[str, str, str, Any]] = [
        ("index.html", "today.html", "today", today_page(lens)),
        ("contacts.html", "contacts.html", "contacts", contacts_page(lens, by_name(lens))),
        ("events.html", "events.html", "events", events_page(lens)),
        ("communities.html", "communities.html", "communities", communities_page(lens)),
        ("network.html", "network.html", "network", network_page(lens)),
        ("introductions.html", "introductions.html", "introductions", introductions_page(lens)),
        ("circles.html", "circles.html", "circles", circles_page(lens)),
        ("ledger.html", "ledger.html", "ledger", ledger_page(lens)),
        ("influence.html", "influence.html", "influence", influence_page(lens)),
        ("problems.html", "problems.html", "problems", problems_page(lens, problems)),
    ]
    for path, template, active, page in pages:
        yield Output(path, _render(lens, template, page, shells, "", active))
    # A missing page can be anywhere: only here do links begin at the server's top.
    missing = {"title": words("site.missing.title")}
    yield Output("404.html", _render(lens, "missing.html", missing, shells, "/", ""))


def _record(
    lens: Lens, shells: Shells, record: Record, template: str, page: Any, active: str
) -> Output:
    return Output(page_path(record), _render(lens, template, page, shells, UP, active))


def _render(lens: Lens, template: str, page: Any, shells: Shells, root: str, active: str) -> str:
    made = environment(lens.words.language).get_template(template)
    return made.render(page=page, shell=shells.at(root, active))


def _scripts(lens: Lens, layout: Layout) -> Iterator[Output]:
    """What the scripts know of the book: a page opened from the folder can read no other file."""
    yield Output("assets/words.js", f"window.renmai = {literal(words_script(lens))};\n")
    yield Output("assets/ledger-data.js", f"window.renmai.ledger = {literal(ledger_data(lens))};\n")
    net = literal(network_data(lens, layout))
    yield Output("assets/network-data.js", f"window.renmai.net = {net};\n")
    yield Output("assets/index.js", f"window.renmai.index = {literal(make_index(lens))};\n")
