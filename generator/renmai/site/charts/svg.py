"""What the charts are made of: tags with escaped words and short numbers."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from renmai.site.escaping import escaped_text, marked


def number(value: float) -> str:
    """A number with two decimals at most, and no more than it needs."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(part: float, whole: float = 1.0) -> str:
    """`part` of `whole` as a percentage; of nothing, none."""
    return number(100 * part / whole if whole else 0.0) + "%"


def tag(name: str, words: str = "", /, **attributes: object) -> str:
    """An element. `kind` is its class; an underscore in a name is a hyphen; None is left out."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            key = "class" if key == "kind" else key.replace("_", "-")
            parts.append(f'{key}="{escaped_text(str(value))}"')
    head = " ".join(parts)
    return f"<{head}>{words}</{name}>" if words else f"<{head}/>"


def text(words: str, x: str, y: str, kind: str) -> str:
    """Words at a place."""
    return f'<text x="{x}" y="{y}" class="{kind}">{escaped_text(words)}</text>' if words else ""


def picture(kind: str, label: str, body: Iterable[str]) -> Markup:
    """A chart; `label` says what it shows to who can't see it, "" where that stands beside it."""
    told = f'role="img" aria-label="{escaped_text(label)}"' if label else 'aria-hidden="true"'
    return marked(f'<svg class="chart {kind}" {told}>{"".join(body) or " "}</svg>')


def stretched(width: float, height: float, body: Iterable[str]) -> str:
    """A part that is stretched over the whole picture: shapes without words."""
    box = f"0 0 {number(width)} {number(height)}"
    head = f'<svg viewBox="{box}" preserveAspectRatio="none" width="100%" height="100%"'
    return f"{head}>{words}</svg>" if (words := "".join(body)) else f"{head}/>"
