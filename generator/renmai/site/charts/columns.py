"""A column for each span of time."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from renmai.site.charts.svg import percent, picture, tag, text

#: How much of its place a column fills.
_FILLED = 0.72
#: From this on, figures are too wide for a narrow page.
_DENSE = 100


class Column(Struct, frozen=True):
    """`mark` and `below` are two lines under it, mostly empty; `said` is shown on pointing."""

    value: int
    said: str = ""
    mark: str = ""
    below: str = ""


def columns(values: list[Column], label: str, *, figures: bool = True, top: int = 0) -> Markup:
    """The columns from left to right, the highest over the full height, or `top` if that is more.

    A value of none is a stroke on the ground.
    """
    most = max([top, 1, *(each.value for each in values)])
    body = [tag("line", x1="0", x2="100%", y1="100%", y2="100%", kind="ground")]
    for place, each in enumerate(values):
        middle = percent(place + 0.5, len(values))
        if each.value:
            shape = {
                "x": percent(place + (1 - _FILLED) / 2, len(values)),
                "y": percent(most - each.value, most),
                "width": percent(_FILLED, len(values)),
                "height": percent(each.value, most),
            }
            body.append(tag("rect", _title(each.said), kind="now", **shape))
            if figures:
                body.append(text(str(each.value), middle, shape["y"], "figure"))
        body.append(text(each.mark, middle, "100%", "mark"))
        body.append(text(each.below, middle, "100%", "mark below"))
    dense = " dense" if most >= _DENSE else ""
    return picture(f"columns{dense}", label, body)


def _title(said: str) -> str:
    return tag("title", Markup.escape(said)) if said else ""
