"""Lines so simple that they need no Markdown: words, some of them stressed, references.

They look just as if they had gone through Markdown and nh3.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from renmai.text.references import target_text

#: A reference: what it leads to (a path from the page), and what to show; None for no page.
Resolve = Callable[[str], tuple[str, str] | None]

#: Where a link may lead: elsewhere by a safe scheme, or to a page of a record.
SAFE_LINK = re.compile(
    r"(?:https?|mailto|tel):|(?:\.\./)?(?:contacts|events|communities)/[^/\\]+\.html$",
    re.IGNORECASE,
)

#: Text without any of these is its own HTML, once escaped.
_MARKS_OR_LINES = re.compile(r"[\\`*_\[\]<>#&~|!\n]")
_ADDRESS = re.compile(r"https?://")
_ITEM = re.compile(r"\s*(?:[-+>]|\d+[.)])\s")
#: A reference as a note has it.
WRITTEN = re.compile(r"\[\[([^\[\]\n]+)\]\]")
#: Words between stars, or two of them, which mean but one thing where they stand like this.
_STRESSED = re.compile(
    r"(?<![^\s：，。；、（「『])(\*\*?)([^\W_](?:[\w ]*[^\W_])?)\1"
    r"(?![^\s.,;:?：，。；、？！）」』])"
)
_TAGS = {"*": "em", "**": "strong"}


def is_plain(text: str) -> bool:
    """Whether a text is a line of words with nothing in it that Markdown would take for a mark."""
    return not (
        _MARKS_OR_LINES.search(text)
        or _ITEM.match(text)
        or ("://" in text and _ADDRESS.search(text))
    )


def simple_line(text: str, resolve: Resolve) -> Markup | None:
    """Words, some of them stressed, with references, just as Markdown and nh3 would give them.

    None for all else.
    """
    parts = WRITTEN.split(text)
    if not text.isprintable():
        return None
    for at in range(0, len(parts), 2):
        pieces = _STRESSED.split(parts[at])
        marks = pieces[1::3]
        del pieces[1::3]
        if not is_plain("".join(pieces)):
            return None
        for place, mark in enumerate(marks):
            tag = _TAGS[mark]
            pieces[2 * place + 1] = f"<{tag}>{pieces[2 * place + 1]}</{tag}>"
        parts[at] = "".join(pieces)
    for at in range(1, len(parts), 2):
        target, words = meant(parts[at], resolve)
        words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if target and not (SAFE_LINK.match(target) and words.isprintable()):
            return None
        link = f'<a href="{target}" rel="noreferrer noopener">{words}</a>'
        parts[at] = link if target else words
    return Markup("".join(parts))


def meant(inside: str, resolve: Resolve) -> tuple[str | None, str]:
    """The page that the inside of a reference leads to, if any, and the words to show."""
    name = target_text(inside)
    shown = inside.partition("|")[2].strip()
    target = resolve(name) if name else None
    return (target[0], shown or target[1]) if target else (None, shown or inside.strip())
