"""Jinja2's runtime without what our templates make no use of: hundreds of times a page it counts.

All of it says what Jinja2 itself would say, only sooner.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

#: Escapes a text and leaves it a plain one, where MarkupSafe offers that.
_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)

#: Marks a text as safe, without asking whether it is one already.
_marked = str.__new__


class QuickTemplate(Template):
    """A template that does not mark as safe each piece it has escaped, only what a macro returns.

    The pieces are put together and never looked at again; to mark them takes longer than to
    escape them.
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
        made.root_render_func.__globals__.update(escape=escaped, Macro=QuickMacro)
        return made


class QuickContext(Context):
    """A context in which what is called is called straight away: nothing asks for the context."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class QuickMacro(Macro):
    """A macro that is called by place, as nearly always; with names it is one of Jinja2's."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        left = len(self.arguments) - len(args)
        if kwargs or self.caller or left < 0:
            return super().__call__(*args, **kwargs)
        return _marked(Markup, self._func(*args, *[missing] * left))


def escaped(value: object) -> str:
    """A value as it stands in HTML: as `markupsafe.escape` has it, but not marked."""
    kind = type(value)
    if kind is str:
        return _escape(value)  # type: ignore[arg-type]
    if kind is int:
        return str(value)
    return value if kind is Markup else markupsafe.escape(value)  # type: ignore[return-value]
