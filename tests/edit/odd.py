"""A corpus of odd files: what people's editors, habits and years leave behind."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

FRONT = "---\nname: Li\ntier: 15\n---\n"

#: Bodies with a log that has entries, the newest first; `{}` is where a new one goes.
FALLING = {
    "plain": "\nNotes.\n\n## Log\n\n{}- 2026-11-02 call: a\n- 2026-10-12 meet: b\n",
    "one entry": "\n## Log\n\n{}- 2026-11-02 call: a\n",
    "no blank line": "\n## Log\n{}- 2026-11-02 call: a\n## Next\n",
    "equal dates": "\n## Log\n\n{}- 2026-11-02 call: a\n- 2026-11-02 meet: b\n",
    "stars": "\n## Log\n\n{}* 2026-11-02 call: a\n* 2026-10-12 meet: b\n",
    "pluses far away": "\n## Log\n\n{}+   2026-11-02 call: a\n+   2026-10-12 meet: b\n",
    "indented": "\n## Log\n\n{}  - 2026-11-02 call: a\n  - 2026-10-12 meet: b\n",
    "tab behind the mark": "\n## Log\n\n{}-\t2026-11-02 call: a\n-\t2026-10-12 meet: b\n",
    "numbered": "\n## Log\n\n{}1. 2026-11-02 call: a\n2. 2026-10-12 meet: b\n",
    "brackets": "\n## Log\n\n{}1) 2026-11-02 call: a\n",
    "chinese": "\n## 记录\n\n{}- 2026-11-02 电话：他在招人\n- 2026-10-12 见面 与 [[a]]：饭\n",
    "loose": "\n## Log\n\n{}- 2026-11-02 call: a\n\n- 2026-10-12 meet: b\n",
    "further lines": "\n## Log\n\n{}- 2026-11-02 call: a\n  more\n\n  still\n- 2026-10-12 meet: b\n",
    "a task first": "\n## Log\n\n- [ ] call back\n{}- 2026-11-02 call: a\n",
    "undated first": "\n## Log\n\n{}- somewhen\n- 2026-11-02 call: a\n",
    "text above": "\n## Log\n\nNewest first.\n\n{}- 2026-11-02 call: a\n",
    "comment above": "\n## Log\n\n<!-- newest first\n- 2026-01-01 call: no -->\n{}- 2026-11-02 call\n",
    "two logs": "\n## Log\n\n{}- 2026-11-02 call: a\n\n## X\n\n## 记录\n\n- 2026-10-12 meet: b\n",
    "closed heading": "\n## Log ##\n\n{}- 2026-11-02 call: a\n",
    "level 3 within": "\n## Log\n\n### 2026\n\n{}- 2026-11-02 call: a\n\n### 2025\n\n- 2025-01-01 call\n",
    "open fence below": "\n## Log\n\n{}- 2026-11-02 call: a\n\n## Code\n\n```\n## Log\n",
    "open comment below": "\n## Log\n\n{}- 2026-11-02 call: a\n\n<!-- never closed\n",
    "fence in an entry": "\n## Log\n\n{}- 2026-11-02 call: a\n\n  ```\n  - x\n  ```\n",
    "emoji": "\n## Log\n\n{}- 2026-11-02 call: 🎉👨‍👩‍👧‍👦\n- 2026-10-12 meet: b\n",
    "right to left": "\n## Log\n\n{}- 2026-11-02 call: שלום \u202bعالم\u202c\n- 2026-10-12 meet\n",
    "strange ends of lines": "\n## Log\n\n{}- 2026-11-02 call: a\u2028b\x85c\x0bd\n",
    "trailing blanks": "\n## Log\n\n{}- 2026-11-02 call: a  \n\n\n\n",
    "quoted": "\n> ## Log\n> - 2026-11-02 call: no\n\n## Log\n\n{}- 2026-11-02 call: a\n",
    "last with no end": "\n## Log\n\n{}- 2026-11-02 call: a",
    "empty item": "\n## Log\n\n{}-\n- 2026-11-02 call: a\n",
}  # fmt: skip

#: The newest last.
RISING = {
    "plain": "\n## Log\n\n- 2026-10-12 meet: b\n- 2026-11-02 call: a\n{}",
    "rising on the whole": (
        "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call\n- 2026-11-01 call\n- 2026-11-03 call\n{}"
    ),
    "then more": "\n## Log\n\n- 2026-10-12 meet: b\n- 2026-11-02 call: a\n{}\n## Next\n\n- x\n",
    "heading behind": "\n## Log\n- 2026-10-12 meet: b\n- 2026-11-02 call: a\n{}## Next\n",
    "further lines": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call: a\n  more\n\n  still\n{}\nText.\n",
    "lazy line": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call: a\nlazy\n{}",
    "nested": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call: a\n  - [ ] send it\n{}",
    "task behind": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call: a\n{}- [ ] send it\n",
    "equal": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call\n- 2026-11-02 call\n{}",
    "tabs": "\n## Log\n\n*\t2026-10-12 meet\n*\t2026-11-02 call: a\n{}",
    "two logs": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call\n\n## 记录\n\n- 2026-11-03 call\n{}",
    "trailing blanks": "\n## Log\n\n- 2026-10-12 meet: b\n- 2026-11-02 call: a\n{}\n\n\n",
    "last with no end": "\n## Log\n\n- 2026-10-12 meet: b\n- 2026-11-02 call: a{}",
    "open fence in it": "\n## Log\n\n- 2026-10-12 meet\n- 2026-11-02 call\n  ```\n  - x\n{}",
}  # fmt: skip

#: Logs with no entry.
EMPTY = {
    "nothing behind": "\n## Log\n{}",
    "no line feed": "\n## Log{}",
    "blank behind": "\n## Log\n\n{}",
    "heading directly behind": "\n## Log\n{}## Next\n",
    "one blank between": "\n## Log\n{}\n## Next\n",
    "two blanks between": "\n## Log\n\n{}\n## Next\n",
    "text in it": "\n## Log\n\nNothing yet.\n{}\n## Next\n",
    "a task in it": "\n## Log\n\n- [ ] write\n{}",
    "a comment in it": "\n## Log\n\n<!-- - 2026-11-02 call: like this -->\n{}",
    "two": "\n## Log\n{}\n## 记录\n",
}

FRONTS = {
    "plain": FRONT,
    "comments": "---\n# who\nname: Li  # the elder\n# how close\ntier: 15\n# end\n---\n",
    "flow": "---\nname: Li\ncircles: [work,   hobby ]\nmet: {date: 2024-05,through: a}\n---   \n",
    "quotes": '---\n"name": \'Li\'\nx-a: "b\\n"\n---\t\n',
    "block": "---\nname: >-\n  Li\nx-a: |\n  # no comment\n  ---x\n---\n",
    "none": "",
    "no end": "---\nname: Li\n",
    "bad values": "---\nname: Li\ntier: many\nnonsense: 1\n---\n",
}


def written(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as different machines write it."""
    yield "lf", text.encode()
    yield "crlf", text.replace("\n", "\r\n").encode()
    yield "bom", b"\xef\xbb\xbf" + text.encode()
    yield "bom and crlf", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
