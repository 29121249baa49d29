"""Escapes texts by the thousand: what markupsafe does, sooner where its result need not be marked.

A text that goes straight into a larger one, and is never looked at again, need not say of itself
that it is safe.
"""

from __future__ import annotations

from collections.abc import Callable

import markupsafe
from markupsafe import Markup

#: Escapes a text and leaves it a plain one, where MarkupSafe offers that.
escaped_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def marked(safe: str) -> Markup:
    """A text as one that is safe already, without asking whether it says so."""
    return str.__new__(Markup, safe)
