"""The Jinja2 environment: compiled once a language, everything escaped."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from renmai.words import Words


@lru_cache(maxsize=4)
def environment(language: str) -> Environment:
    """The environment that renders pages in one language; `t` words a key of the catalogue."""
    made = Environment(
        loader=PackageLoader("renmai.site"),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals["t"] = Words(language)
    return made
