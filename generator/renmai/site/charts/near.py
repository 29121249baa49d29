"""Somebody and those around them: faces on a round, names beside them, ties between.

There is one of these for each contact: plain strings, and what follows from a place is made once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup
from msgspec import Struct

from renmai.site.escaping import escaped_text, marked
from renmai.text.names import has_han

#: The picture is so wide (it fits a narrow column unscaled), and a row of names so high.
WIDTH = 320
_ROW = 28
_MIDDLE = WIDTH / 2
#: How far from the middle people stand at most, and where their names begin.
_REACH = 54
_NAME = 15
#: A line that comes so near to the middle goes around it.
_AROUND = 18
#: How wide letters of 12.5 units are, about.
_HAN, _WIDE, _LETTER = 12.7, 8.6, 6.3


class Spot(Struct, frozen=True, gc=False):
    """A place in a picture; the name beside it begins at `text`, and has so much `room`.

    `face`, `far` and `words` are what begins the elements that stand there.
    """

    x: int
    y: int
    text: int
    room: int
    face: str
    far: str
    words: str


class NearPerson(Struct, frozen=True, gc=False):
    """Somebody in the picture; `shown` is so much of the name as there is room for."""

    name: str
    href: str
    letters: str
    level: str
    shown: str
    spot: Spot
    is_near: bool


def near_chart(
    letters: str, level: str, people: list[NearPerson], ties: Iterable[str], up: str
) -> Markup:
    """The ties, and above them the one in the middle, of whom `letters` and `level` are, and all.

    `up` leads from the page to the top of the site.
    """
    y = height_of(len(people)) // 2
    return marked(
        f"{''.join(ties)}\n"
        f'<g class="near-{level}" aria-hidden="true"><circle cx="160" cy="{y}" r="17"/>'
        f'<text class="letters" x="160" y="{y}" dy=".36em">{escaped_text(letters)}</text></g>\n'
        f"{''.join([_drawn(person, up) for person in people])}"
    )


def _drawn(one: NearPerson, up: str) -> str:
    title = "" if one.shown == one.name else f"<title>{escaped_text(one.name)}</title>"
    far, face = " far", one.spot.far
    if one.is_near:
        far, face = "", f"{one.spot.face}{escaped_text(one.letters)}</text>"
    return (
        f'<a href="{up}{one.href}" class="near-{one.level}{far}">{title}'
        f"{face}{one.spot.words}{escaped_text(one.shown)}</text></a>\n"
    )


# -- where things stand ---------------------------------------------------------------------------


def height_of(n: int) -> int:
    """How high a picture of `n` people is."""
    return max((n + 1) // 2 * _ROW + 24, 96)


@lru_cache(maxsize=32)
def spots(n: int) -> list[Spot]:
    """The places in a picture of `n`: down the right side, then up the left."""
    return [_spot(round(x), round(y), x < _MIDDLE) for x, y in _points(n)]


def _spot(x: int, y: int, left: bool) -> Spot:
    text, side = (x - _NAME, ' class="left"') if left else (x + _NAME, "")
    letters = f'<text class="letters small" x="{x}" y="{y}" dy=".36em" aria-hidden="true">'
    return Spot(
        x,
        y,
        text,
        room=(text if left else WIDTH - text) - 2,
        face=f'<circle cx="{x}" cy="{y}" r="10.5"/>{letters}',
        far=f'<circle cx="{x}" cy="{y}" r="6"/>',
        words=f'<text x="{text}" y="{y}" dy=".35em"{side}>',
    )


def fitting(name: str, room: int) -> str:
    """A name cut to the room that it has."""
    if _width(name) <= room:
        return name
    kept = ""
    used = _wide("…")
    for char in name:
        used += _wide(char)
        if used > room:
            break
        kept += char
    return kept.rstrip() + "…"


@lru_cache(maxsize=16384)
def _width(name: str) -> float:
    return sum(map(_wide, name))


def _wide(char: str) -> float:
    if has_han(char) or ord(char) > 0x2E80:
        return _HAN
    return _WIDE if char.isupper() or char in "mwMW…" else _LETTER


@lru_cache(maxsize=32)
def _points(n: int) -> list[tuple[float, float]]:
    """The same before they are rounded."""
    right, height = (n + 1) // 2, height_of(n)
    points = []
    for side, count in ((1, right), (-1, n - right)):
        for i in range(count):
            across = (i - (count - 1) / 2) * _ROW
            out = _REACH * math.sqrt(1 - (1.02 * across / (height / 2)) ** 2)
            points.append((_MIDDLE + side * out, height / 2 + side * across))
    return points


@lru_cache(maxsize=1024)
def own_tie(n: int, to: int, look: str) -> str:
    """From the middle of a picture of `n` to one of the places."""
    x, y = _points(n)[to]
    path = f"M{_MIDDLE:.0f} {height_of(n) / 2:.0f}L{x:.0f} {y:.0f}"
    return f'<path class="{look} own" d="{path}"/>'


@lru_cache(maxsize=4096)
def tie_between(n: int, one: int, other: int, look: str) -> str:
    """From one place to another, bent towards the middle; past it, where it lies in the way."""
    a, b, middle = _points(n)[one], _points(n)[other], (_MIDDLE, height_of(n) / 2)
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    if math.dist((x, y), middle) < _AROUND:
        y += 2 * _AROUND if a[1] + b[1] >= 2 * middle[1] else -2 * _AROUND
    else:
        x, y = (x + middle[0]) / 2, (y + middle[1]) / 2
    path = f"M{a[0]:.0f} {a[1]:.0f}Q{x:.0f} {y:.0f} {b[0]:.0f} {b[1]:.0f}"
    return f'<path class="{look}" d="{path}"/>'
