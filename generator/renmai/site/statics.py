"""The files that are the same for every book: style, scripts, icons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from renmai.site.icons import icon_sheet
from renmai.site.pages import Output

_FILES = (
    *("icon.svg", "theme.js", "days.js", "renmai.js", "match.js", "find.js", "contacts.js"),
    *("brief.css", "insight.css", "ledger.js"),
    *("network.css", "network-net.js", "network-names.js", "network-ties.js"),
    *("network-draw.js", "network.js", "network-tools.js"),
)


def statics() -> Iterator[Output]:
    """Style sheet, scripts and the site's own icon."""
    yield Output("assets/renmai.css", asset("renmai.css") + icon_sheet())
    for name in _FILES:
        yield Output(f"assets/{name}", asset(name))


def live_script() -> str:
    """The script that shows a page anew when there is news of it."""
    return asset("become.js") + asset("reload.js")


@cache
def asset(name: str) -> str:
    """The text of a file of the package's `assets` folder."""
    return (Path(__file__).parent / "assets" / name).read_text("utf-8")
