"""How to reach somebody: links where a scheme is safe, values to copy where there is none."""

from __future__ import annotations

import re
from urllib.parse import quote

from renmai.model.records import Contact
from renmai.site.views.shapes import Touch
from renmai.words import Words

_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?|/+$", re.IGNORECASE)
_HANDLE = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9._-]*)")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
#: What stands in a link as it is, as most addresses do.
_AS_IT_IS = re.compile(r"[A-Za-z0-9_.~@+-]*")
_NOT_DIALLED = re.compile(r"[^0-9+#*]")

#: Words in "likes to be reached" that name a way, which then comes first.
_PREFERRED = {
    "phone": ("phone", "call", "tel", "电话", "手机", "sms", "短信"),
    "email": ("mail", "邮"),
    "wechat": ("wechat", "weixin", "微信"),
    "linkedin": ("linkedin", "领英"),
    "github": ("github",),
}

_PROFILE = {"linkedin": "https://www.linkedin.com/in/", "github": "https://github.com/"}


def safe_url(text: str) -> str | None:
    """`text` if it is an address that may be made clickable."""
    return text.strip() if _SAFE.fullmatch(text.strip()) else None


def reach(contact: Contact, words: Words) -> list[Touch]:
    """Every way to reach a contact, the one they like first."""
    ways = [_phone(phone, words) for phone in contact.phones]
    ways += [_email(email, words) for email in contact.emails]
    if contact.wechat:
        ways.append(_touch("wechat", contact.wechat, None, words))
    for key, profile in _PROFILE.items():
        if value := getattr(contact, key):
            ways.append(_profile(key, value, profile, words))
    ways += [_link(name, url, words) for name, url in contact.links.items()]
    if not contact.contact_by:
        return ways
    liked = contact.contact_by.casefold()
    return sorted(ways, key=lambda way: _rank(way.icon, liked))


def short_reach(contact: Contact, words: Words) -> list[Touch]:
    """The first way of each kind, three at most, for a row in a list."""
    first: dict[str, Touch] = {}
    for way in reach(contact, words):
        if way.icon not in ("link", "github"):
            first.setdefault(way.icon, way)
    return list(first.values())[:3]


def website(url: str | None, words: Words) -> list[Touch]:
    """The website of an event or a community; nothing where the address may not be clicked."""
    safe = safe_url(url or "")
    if safe is None:
        return []
    kind = words("site.reach.website")
    return [Touch("link", kind, kind, kind, safe, away=True)]


def _rank(icon: str, liked: str) -> int:
    """Where a way first stands in what they like; behind all that does not stand there."""
    places = [at for word in _PREFERRED.get(icon, ()) if (at := liked.find(word)) >= 0]
    return min(places, default=len(liked))


def _phone(phone: str, words: Words) -> Touch:
    number = _NOT_DIALLED.sub("", phone)
    return _touch("phone", phone, f"tel:{number}" if number else None, words)


def _email(email: str, words: Words) -> Touch:
    to = email if _AS_IT_IS.fullmatch(email) else quote(email, safe="@+")
    href = f"mailto:{to}" if _EMAIL.fullmatch(email) else None
    return _touch("email", email, href, words)


def _profile(key: str, value: str, profile: str, words: Words) -> Touch:
    handle = _HANDLE.fullmatch(value)
    href = profile + handle[1] if handle else safe_url(value)
    return _touch(key, _SCHEME.sub("", value) if href else value, href, words, away=True)


def _link(name: str, url: str, words: Words) -> Touch:
    href = safe_url(url)
    label = f"{name}: {url}"
    return Touch("link", name, name if href else url, label, href, away=href is not None)


def _touch(icon: str, value: str, href: str | None, words: Words, *, away: bool = False) -> Touch:
    kind = words(f"site.reach.{icon}")
    if href is None:
        return Touch(icon, kind, value, words("site.copied.offer", what=kind, value=value))
    return Touch(icon, kind, value, words("site.reach.to", kind=kind, value=value), href, away)
