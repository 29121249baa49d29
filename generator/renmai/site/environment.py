"""The Jinja2 environment: compiled once a language, everything escaped."""

from __future__ import annotations

from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from renmai.site.compiled import bytecode_cache
from renmai.site.quick import QuickCode, QuickContext, QuickTemplate
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
        bytecode_cache=bytecode_cache(language),
    )
    made.globals["t"] = Words(language)
    made.template_class = QuickTemplate
    made.context_class = QuickContext
    made.code_generator_class = QuickCode
    made.get_template = cache(made.get_template)  # type: ignore[method-assign]
    return made
