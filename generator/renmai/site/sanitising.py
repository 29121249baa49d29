"""Takes out of HTML what could run, with nh3, and what leads anywhere but where it may."""

from __future__ import annotations

import re
from functools import cache

import nh3
from markupsafe import Markup

from renmai.site.simple import SAFE_LINK

_TAGS = {
    *("p", "br", "hr", "strong", "em", "b", "i", "u", "s", "del", "ins", "mark", "sub", "sup"),
    *("small", "kbd", "abbr", "cite", "q", "code", "pre", "blockquote", "a", "img", "span", "div"),
    *("ul", "ol", "li", "dl", "dt", "dd", "details", "summary"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "abbr": {"title"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}

_SAFE_IMAGE = re.compile(r"(?:\.\./)?media/[^/\\]+$")


def sanitised(html: str) -> Markup:
    """HTML less all that could run, load something, or lead somewhere unsafe."""
    return Markup(_cleaner().clean(html))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_safe_attribute,
        # A wide table scrolls in its place, for which the keyboard must reach it.
        set_tag_attribute_values={"table": {"tabindex": "0"}},
        url_schemes=_SCHEMES,
        link_rel="noreferrer noopener",
        clean_content_tags={"script", "style"},
    )


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    """Drop addresses that lead neither to a page of the site nor, by a safe scheme, elsewhere."""
    safe = {"href": SAFE_LINK, "src": _SAFE_IMAGE}.get(name)
    return value if safe is None or safe.match(value) else None
