"""An entry of a log, and the kinds that there are."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from renmai.text.references import Ref

#: The names of the kinds. So declared, they are the same few texts in however many entries.
# fmt: off
Name = Literal[
    "meet", "call", "message", "gave", "got", "asked", "intro", "gift",
    "note", "output", "case", "collab",
]
# fmt: on


class Kind(msgspec.Struct, frozen=True):
    """A kind of entry: its name and other names, whether it is "in touch", and its weight."""

    name: Name
    also: tuple[str, ...]
    in_touch: bool
    weight: int


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("meet", ("见面", "coffee", "meal", "visit"), True, 3),
        Kind("call", ("电话", "video", "视频"), True, 2),
        Kind("message", ("消息", "email", "邮件", "wechat", "微信", "letter"), True, 1),
        Kind("gave", ("帮助", "helped"), True, 3),
        Kind("got", ("受助", "received"), True, 3),
        Kind("asked", ("求助",), True, 1),
        Kind("intro", ("引荐",), True, 3),
        Kind("gift", ("礼物",), True, 2),
        Kind("note", ("备注",), False, 0),
        Kind("output", ("输出",), False, 0),
        Kind("case", ("案例",), False, 0),
        Kind("collab", ("合作",), False, 0),
    )
}

#: Every name of a kind, and the kind that it means.
KIND_OF: dict[str, Name] = {
    name: kind.name for kind in KINDS.values() for name in (kind.name, *kind.also)
}


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One entry of a log.

    `kind` is the first name in the table of kinds; `people` are the references behind `with`;
    `text` is what stands behind the colon, with its further lines; `line` counts from 1.
    """

    day: date
    kind: Name
    line: int
    time: str | None = None
    deep: bool = False
    people: tuple[Ref, ...] = ()
    text: str = ""

    @property
    def in_touch(self) -> bool:
        return KINDS[self.kind].in_touch
