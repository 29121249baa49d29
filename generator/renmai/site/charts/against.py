"""One figure against what it was: a bar, and a stroke where it stood a year ago."""

from __future__ import annotations

from markupsafe import Markup

from renmai.site.charts.svg import percent, picture, tag


def against(now: float, then: float | None, whole: float, most: float | None = None) -> Markup:
    """`now` of `whole`, with a stroke at `then`; `most` is what the full width stands for.

    For figures that stand beside it as text.
    """
    full = whole if most is None else most
    body = [
        tag("rect", width=percent(whole, full), height="100%", kind="all"),
        tag("rect", width=percent(now, full), height="100%", kind="now"),
    ]
    if then is not None:
        at = percent(then, full)
        body.append(tag("line", x1=at, x2=at, y1="-20%", y2="120%", kind="then"))
    return picture("against", "", body)


def balance(left: int, right: int, most: int) -> Markup:
    """Two bars from the middle, `most` the full length of each; the figures stand beside it."""
    to_left, to_right = percent(left, 2 * most), percent(right, 2 * most)
    body = [
        tag("rect", x=percent(most - left, 2 * most), width=to_left, height="100%", kind="got"),
        tag("rect", x="50%", width=to_right, height="100%", kind="gave"),
        tag("line", x1="50%", x2="50%", y1="-20%", y2="120%", kind="ground"),
    ]
    return picture("balance", "", body)
