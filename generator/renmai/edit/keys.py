"""One key of front matter set to a value: the bytes of its value, or a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from renmai.text.blocks import Block, blocks

_TRUTH = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
_PLAIN_IN_LIST = re.compile(r"[^\W\d_][\w .·'’()（），、；！？《》“”&-]*")
_PLAIN = re.compile(r"[^\W\d_][\w .,·'’()（），、；：！？《》“”&-]*")
#: What a YAML reader refuses, or takes for the end of a line, unless it is written out.
_ESCAPED = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\\\\"]')


def yaml_text(text: str, *, in_list: bool = False) -> str:
    """`text` as a YAML scalar on one line: quoted where YAML, or some reader of it, would err.

    Here a person named `No` stays `No` without quotes; for other programs it would be a falsehood.
    `in_list`: it stands within `[…]` or `{…}`.
    """
    plain = _PLAIN_IN_LIST if in_list else _PLAIN
    if plain.fullmatch(text) and text == text.strip() and not _TRUTH.fullmatch(text):
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def yaml_list(texts: Sequence[str]) -> str:
    """Texts as a YAML list on one line."""
    return "[" + ", ".join(yaml_text(text, in_list=True) for text in texts) + "]"


def with_key(front: str, key: str, value: str, order: Sequence[str]) -> str | None:
    """Front matter in which `key` has `value`, which is YAML on one line.

    A value that stands there is replaced; else the key gets a line behind those that come before
    it in `order`. None where the text is no map in block style.
    """
    found = blocks(front)
    if found is None:
        return f"{front}{key}: {value}\n" if not front.strip() else None
    for block in found:
        if block.key == key:
            return _replaced(front, block, value)
    place = _place(found, key, list(order))
    end = "\r\n" if "\r\n" in front else "\n"
    return f"{front[:place]}{key}: {value}{end}{front[place:]}"


def _replaced(front: str, block: Block, value: str) -> str:
    """The value of a key replaced on the key's own line, whatever stands between them."""
    colon = front.index(":", block.start + len(block.key), max(block.value, block.start + 1))
    between = front[colon + 1 : block.value]
    if between.strip() or "\n" in between:
        return f"{front[: colon + 1]} {value}{between.rstrip()}{front[block.stop :]}"
    return f"{front[: colon + 1]}{between or ' '}{value}{front[block.stop :]}"


def has_key(front: str, key: str) -> bool:
    """Whether a key of a map in block style has a value."""
    return any(block.key == key and block.value < block.stop for block in blocks(front) or ())


def _place(found: Sequence[Block], key: str, order: list[str]) -> int:
    """Where a line for `key` goes."""
    earlier = set(order[: order.index(key)]) if key in order else set(order)
    before = [block.end for block in found if block.key in earlier]
    return before[-1] if before else found[0].top


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\\" + found[0] if found[0] in '\\"' else f"\\u{code:04x}"
