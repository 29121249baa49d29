"""`renmai list contacts|events|communities`: a table, filtered and sorted."""

from __future__ import annotations

from typing import Any

from renmai.cli import items, output
from renmai.cli.declare import declare
from renmai.cli.failures import Failure
from renmai.cli.listing import KINDS, select, view
from renmai.cli.options import DURATION, ChoiceType, argument, option
from renmai.cli.session import Session
from renmai.model.records import RECORDS
from renmai.rules.warmth import LEVELS

_STATUSES = ("active", "wanted", "dormant", "deceased", "considering", "going", "cancelled")


@declare(
    "list",
    argument("kind", type=ChoiceType(tuple(KINDS)), metavar="contacts|events|communities"),
    option("--circle", multiple=True, metavar="NAME"),
    option("--tag", multiple=True, metavar="TAG"),
    option("--city", multiple=True, metavar="CITY"),
    option("--status", multiple=True, type=ChoiceType(_STATUSES), metavar="STATUS"),
    option(
        "--level",
        multiple=True,
        type=ChoiceType((*(level for level, _ in LEVELS), "cold")),
        metavar="LEVEL",
    ),
    option("--stale", type=DURATION, metavar="SPAN"),
    option("--sort", metavar="KEY"),
)
def command(session: Session, kind: str, sort: str | None, **filters: Any) -> None:
    chosen = KINDS[kind]
    asked = {name: value for name, value in filters.items() if value}
    _refuse(kind, asked, sort)
    records = select(chosen, session.facts, asked, sort)
    words = session.words
    if session.json:
        output.write_json(items.listed(records, session.facts))
    elif records:
        lines = view(chosen, records, session.facts, words, output.terminal_width())
        output.write_lines(lines)
    elif any(True for _ in chosen.records(session.facts)):
        output.write_lines([[words("cli.list.nothing")]])
    else:
        output.write_lines([[words("cli.list.empty", sort=RECORDS[kind].SORT)]])


def _refuse(kind: str, asked: dict[str, Any], sort: str | None) -> None:
    """Filters and orders that do not go with this sort of record."""
    known = KINDS[kind]
    for name in asked:
        if name not in known.filters:
            raise Failure(
                "cli.error.not-for-kind",
                command="renmai list",
                option=f"--{name}",
                kind=kind,
                known=", ".join(f"--{each}" for each in known.filters),
            )
    if sort is not None and sort not in known.sorts:
        raise Failure(
            "cli.error.bad-choice",
            command="renmai list",
            option="--sort",
            value=sort,
            choices=", ".join(known.sorts),
        )
