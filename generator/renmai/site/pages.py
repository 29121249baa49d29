"""Every file of the site, as a pure function of what follows from the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import Struct

from renmai.model.records import Community, Contact, Event, Record
from renmai.problems import Problem
from renmai.site.environment import environment
from renmai.site.index import PLACE, literal, make_index
from renmai.site.net.data import network_data, places_data, warmth_data
from renmai.site.net.layout import Layout, layout_of
from renmai.site.paths import page_path
from renmai.site.shell import Shells, words_script
from renmai.site.views.circles import circles_page
from renmai.site.views.communities import communities_page, community_page
from renmai.site.views.contact import contact_page
from renmai.site.views.contacts import contacts_page
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


class Missing(Struct, frozen=True):
    """What stands where there is no page."""

    title: str


class Known(Struct):
    """What need not be worked out: the rows of contacts in the index, by id; the ties of all.

    `tied` are the ties of those who alone are tied otherwise than when it was last worked out where
    all stand.
    """

    rows: Mapping[str, str] | None = None
    links: Callable[[], list[int]] | None = None
    tied: Mapping[str, Mapping[str, float]] | None = None


class Pages:
    """The whole site but pictures and what is the same for every book; each file made when asked.

    `tops` are the files that look at the whole book. `layout` says where people stand in the
    picture of the net, and is asked once.
    """

    def __init__(
        self,
        lens: Lens,
        site_name: str,
        problems: Callable[[], list[Problem]],
        layout: Callable[[], Layout] | None = None,
        known: Known | None = None,
    ) -> None:
        self.lens, self.problems = lens, problems
        self._shells = Shells(lens, site_name)
        self.known = known or Known()
        self._layout = layout or (lambda: layout_of(lens.facts))
        self.tops: dict[str, Callable[[], str]] = {**self._scripts(), **self._top_pages()}

    @cached_property
    def records(self) -> dict[str, Record]:
        """The records by the paths of their pages."""
        return {page_path(record): record for record in self.lens.book.records}

    @property
    def paths(self) -> list[str]:
        """Every path, those of the whole book first."""
        return [*self.tops, *self.records]

    def make(self, path: str) -> str:
        """The file at one of the paths."""
        if path in self.tops:
            return self.tops[path]()
        return self.record(self.records[path])

    def record(self, record: Record) -> str:
        """The page of a record."""
        lens = self.lens
        if isinstance(record, Contact):
            # The page of the own card is a place of its own in the navigation.
            active = "me" if record is lens.book.me else "contacts"
            return self._render("contact.html", contact_page(lens, record), UP, active)
        if isinstance(record, Event):
            return self._render("event.html", event_page(lens, record), UP, "events")
        assert isinstance(record, Community)
        return self._render("community.html", community_page(lens, record), UP, "communities")

    def _top_pages(self) -> dict[str, Callable[[], str]]:
        lens = self.lens
        views: dict[str, Callable[[], Any]] = {
            "today": lambda: today_page(lens),
            "contacts": lambda: contacts_page(lens),
            "events": lambda: events_page(lens),
            "communities": lambda: communities_page(lens),
            "network": lambda: network_page(lens),
            "introductions": lambda: introductions_page(lens),
            "circles": lambda: circles_page(lens),
            "ledger": lambda: ledger_page(lens),
            "influence": lambda: influence_page(lens),
            "problems": lambda: problems_page(lens, self.problems()),
        }

        def maker(name: str) -> Callable[[], str]:
            return lambda: self._render(f"{name}.html", views[name](), "", name)

        made = {"index.html" if name == "today" else f"{name}.html": maker(name) for name in views}
        return {**made, "404.html": self._missing}

    def _missing(self) -> str:
        """A missing page can be anywhere: only here do links begin at the server's top."""
        page = Missing(self.lens.words("site.missing.title"))
        return self._render("missing.html", page, "/", "")

    def _scripts(self) -> dict[str, Callable[[], str]]:
        """What the scripts know of the book: a page opened from the folder reads no other file."""
        lens = self.lens

        def number() -> int:
            return sum(problem.severity != "hint" for problem in self.problems())

        known = self.known
        values: dict[str, tuple[str, Callable[[], object]]] = {
            "words": ("", lambda: words_script(lens, number())),
            "ledger-data": (".ledger", lambda: ledger_data(lens)),
            "network-data": (".net", lambda: network_data(lens)),
            "network-places": (
                ".places",
                lambda: places_data(lens, self._layout(), known.links and known.links()),
            ),
            "network-warmth": (".warmth", lambda: warmth_data(lens)),
        }

        def maker(name: str) -> Callable[[], str]:
            place, value = values[name]
            return lambda: _script(place, literal(value()))

        made = {f"assets/{name}.js": maker(name) for name in values}
        made[PLACE] = lambda: _script(".index", make_index(lens, self.known.rows))
        return made

    def _render(self, template: str, page: Any, root: str, active: str) -> str:
        made = environment(self.lens.words.language).get_template(template)
        return made.render(page=page, shell=self._shells.at(root, active))


def _script(place: str, value: str) -> str:
    return f"window.renmai{place} = {value};\n"


def outputs(
    lens: Lens, site_name: str, problems: Iterable[Problem], layout: Layout | None = None
) -> Iterator[Output]:
    """Every file of `Pages`, one after the other."""
    found = sorted(problems)
    pages = Pages(lens, site_name, lambda: found, (lambda: layout) if layout else None)
    for path in pages.paths:
        yield Output(path, pages.make(path))
