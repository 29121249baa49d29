"""The icons: shapes from the installed Material package, as masks in one style sheet."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

#: Our name for an icon, and the file of Material Design Icons that it is.
ICONS = {
    "today": "white-balance-sunny",
    "contacts": "account-multiple-outline",
    "events": "calendar-blank-outline",
    "communities": "forum-outline",
    "problems": "alert-circle-outline",
    "network": "graph-outline",
    "plus": "plus",
    "minus": "minus",
    "fit": "fit-to-screen-outline",
    "introductions": "account-switch-outline",
    "circles": "google-circles-communities",
    "ledger": "scale-balance",
    "influence": "bullhorn-outline",
    "match": "arrow-left-right",
    "up": "arrow-up",
    "down": "arrow-down",
    "find": "magnify",
    "more": "dots-horizontal",
    "theme": "theme-light-dark",
    "close": "close",
    "sort": "arrow-up",
    "phone": "phone-outline",
    "email": "email-outline",
    "wechat": "wechat",
    "linkedin": "linkedin",
    "github": "github",
    "link": "link-variant",
    "copy": "content-copy",
    "print": "printer-outline",
    "box": "checkbox-blank-outline",
    "ticked": "check-circle-outline",
    "hint": "lightbulb-outline",
    "seed": "sprout-outline",
    "meet": "coffee-outline",
    "call": "phone-outline",
    "message": "message-outline",
    "gave": "hand-heart-outline",
    "got": "hand-extended-outline",
    "asked": "help-circle-outline",
    "intro": "account-arrow-right-outline",
    "gift": "gift-outline",
    "note": "note-outline",
    "output": "publish",
    "case": "briefcase-check-outline",
    "collab": "handshake-outline",
    "event": "calendar-blank-outline",
    "community": "forum-outline",
    "recontact": "clock-outline",
    "card": "card-account-details-outline",
    "task": "checkbox-blank-outline",
    "follow_up": "bell-outline",
    "checklist": "checkbox-blank-outline",
    "second_meeting": "account-multiple-outline",
    "gathering": "forum-outline",
    "birthday": "cake-variant-outline",
    "cadence": "calendar-sync-outline",
}


@cache
def icon_sheet() -> str:
    """CSS that gives each icon its shape: `.i-phone { --i: url("data:…") }`."""
    return "".join(f'.i-{name} {{ --i: url("{_data(file)}") }}\n' for name, file in ICONS.items())


@cache
def _data(file: str) -> str:
    from importlib import resources  # only for a whole build

    icons = resources.files("material") / "templates" / ".icons" / "material"
    return "data:image/svg+xml," + quote((icons / f"{file}.svg").read_text("utf-8"), safe=" =:/'")
