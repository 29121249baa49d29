"""The Jinja2 environment: compiled once a language, everything escaped."""

from __future__ import annotations

import builtins
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from renmai.site.compiled import bytecode_cache
from renmai.site.quick import QuickContext, QuickTemplate
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
        bytecode_cache=bytecode_cache(),
    )
    made.globals["t"] = Words(language)
    made.template_class = QuickTemplate
    made.context_class = QuickContext
    # View models have attributes and nothing else; asking for items as well takes its time.
    made.getattr = builtins.getattr  # type: ignore[method-assign, assignment]
    return made
