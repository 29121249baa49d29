"""What keeps a served site on this machine: whom the server answers, and with which headers."""

from __future__ import annotations

import ipaddress
from typing import Any

#: What comes with every answer: nobody else may embed, read or keep it.
HEADERS = [
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex"),
]

_NAMES = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_for_us(environ: dict[str, Any], port: int) -> bool:
    """Whether a request names this server, and comes from no page of another site.

    A name that leads here is how other sites get at local servers; a script tag is another way.
    """
    host = environ.get("HTTP_HOST", "").lower()
    names = [f"{name}:{port}" for name in _NAMES] + (list(_NAMES) if port == 80 else [])
    foreign = environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("none", "same-origin")
    navigates = environ.get("HTTP_SEC_FETCH_MODE") == "navigate"
    return host in names and (not foreign or navigates)
