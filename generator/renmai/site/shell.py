"""What stands around every page: made once a build, rendered once for each kind of page."""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup
from msgspec import Struct

from renmai.site.environment import environment
from renmai.site.paths import page_href
from renmai.site.views.days import forms, script_words
from renmai.site.views.lens import Lens
from renmai.words import Words

#: Nothing comes from elsewhere, nothing runs but our own files. `data:` are the icons of the
#: style sheet; `connect-src` is for the server on this machine, which tells of new pages.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)

_HTML_LANG = {"en": "en", "zh": "zh-Hans"}


class Place(Struct, frozen=True):
    """An entry of the navigation."""

    key: str
    href: str
    icon: str
    label: str


class Shell(Struct, frozen=True):
    """What `base.html` shows besides the page: `root` is the way back to the site's top.

    `as_of` is shown when a page is read on a later day than that of the build.
    """

    html_lang: str
    root: str
    policy: str
    site_name: str
    frame: Markup
    as_of: str


class Shells:
    """The frames of a build, each rendered when it is first wanted."""

    def __init__(self, lens: Lens, site_name: str) -> None:
        self.lens, self.site_name = lens, site_name
        self._made: dict[tuple[str, str], Shell] = {}

    def at(self, root: str, active: str) -> Shell:
        """The shell of a page `root` below the site's top, in the family `active`."""
        known = self._made.get((root, active))
        if known is None:
            words = self.lens.words
            known = Shell(
                _HTML_LANG[words.language],
                root,
                POLICY,
                self.site_name,
                self._frame(root, active),
                words("site.nav.as_of", day=words.date(self.lens.today)),
            )
            self._made[root, active] = known
        return known

    def _frame(self, root: str, active: str) -> Markup:
        daily, insight, others = self._places
        template = environment(self.lens.words.language).get_template("frame.html")
        return Markup(
            template.render(
                root=root,
                active=active,
                site_name=self.site_name,
                groups=[group for group in (daily, insight, others) if group],
                bar=daily[:3],
                rest=daily[3:] + insight + others,
                built=self.lens.words.date(self.lens.today),
            )
        )

    @cached_property
    def _places(self) -> tuple[list[Place], list[Place], list[Place]]:
        """The pages of every day, those on the net as a whole, and the others.

        A new page is a line here.
        """
        words, me = self.lens.words, self.lens.book.me
        daily = [
            Place("today", "index.html", "today", words("site.nav.today")),
            Place("contacts", "contacts.html", "contacts", words("site.nav.contacts")),
            Place("events", "events.html", "events", words("site.nav.events")),
            Place("communities", "communities.html", "communities", words("site.nav.communities")),
        ]
        insight = [
            Place("network", "network.html", "network", words("net.nav")),
            *(
                Place(key, f"{key}.html", key, words(f"insight.nav.{key}"))
                for key in ("introductions", "circles", "ledger", "influence")
            ),
        ]
        label = words("site.nav.problems")
        others = [Place("problems", "problems.html", "problems", label)]
        if me is not None:
            others.insert(0, Place("me", page_href(me), "card", words("site.nav.me")))
        return daily, insight, others


def words_script(lens: Lens, problems: int) -> dict[str, object]:
    """What the scripts need to know: the day of the build, the horizon, and their words.

    `problems`, how many there are in the book, stands in the navigation of every page: from here,
    so that a new one changes this file and not all of them.
    """
    words, horizon = lens.words, lens.facts.settings.horizon
    find = ("title", "placeholder", "hint", "nothing", "close", "contact", "event", "community")
    return {
        "today": lens.today.isoformat(),
        "problems": problems,
        "horizon": {"count": horizon.count, "unit": horizon.unit},
        "words": script_words(words)
        | {
            "date": _date_words(words),
            "copied": words("site.copied.done"),
            "not_copied": words("site.copied.failed"),
            "comma": words("list.separator"),
            "circle": lens.circle_labels,
            "level": {key: words(f"level.{key}") for key in ("hot", "warm", "cool", "cold")},
            "find": {key: _unfilled(words, f"site.find.{key}") for key in find},
            "people": {
                "status": forms(words, "site.contacts.count"),
                "found": forms(words, "site.contacts.found", all="{all}"),
            },
        },
    }


def _date_words(words: Words) -> dict[str, object]:
    """How days are written, with the parts in braces for the script to fill in."""
    parts = {"day": "{day}", "year": "{year}", "month": "{month}", "name": "{name}"}
    short = words("date.month_day", **parts)
    return {
        "full": words("date.day", **parts),
        "near": words("site.weekday_date", weekday="{weekday}", date=short),
        "heading": words("site.today.heading", weekday="{weekday}", month="{name}", day="{day}"),
        "months": [words(f"month.{number}") for number in range(1, 13)],
        "long_months": [words(f"site.month.{number}") for number in range(1, 13)],
        "weekdays": [words(f"weekday.{number}") for number in range(1, 8)],
        "long_weekdays": [words(f"site.weekday.{number}") for number in range(1, 8)],
    }


def _unfilled(words: Words, key: str) -> str:
    return words(key, words="{words}")
