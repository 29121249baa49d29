"""The Jinja2 environment: compiled once a language, everything escaped."""

from __future__ import annotations

import builtins
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup

from renmai.words import Words

#: Escapes a text and leaves it a plain one, where MarkupSafe offers that.
_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


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
    made.template_class = _Quick
    made.context_class = _Context
    # View models have attributes and nothing else; asking for items as well takes its time.
    made.getattr = builtins.getattr  # type: ignore[method-assign, assignment]
    return made


class _Context(Context):
    """A context in which what is called is called straight away: nothing asks for the context."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class _Quick(Template):
    """A template that does not mark as safe each piece it has escaped, only what a macro returns.

    The pieces are put together and never looked at again; to mark them takes longer than to
    escape them, and there are hundreds in a page.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = escaped
        return made


def escaped(value: object) -> str:
    """A value as it stands in HTML: as `markupsafe.escape` has it, but not marked."""
    kind = type(value)
    if kind is str:
        return _escape(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return value if kind is Markup else markupsafe.escape(value)  # type: ignore[return-value]
