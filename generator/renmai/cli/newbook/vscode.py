"""What VS Code is told of a book: snippets for every key and kind of entry, tasks, schemas.

Its YAML extension does not look into Markdown, so that keys are completed by snippets, and
problems shown by the task that runs `check`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renmai.model.records import RECORDS
from renmai.text.log import KINDS, Kind
from renmai.text.schema import Field, fields_of
from renmai.text.types import YES_NO, Choice
from renmai.words import Words

_TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


def files(words: Words, schemas: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The settings of a workspace by path; `schemas`: the files that each schema is for."""
    return {
        ".vscode/settings.json": {"yaml.schemas": schemas},
        ".vscode/renmai.code-snippets": _snippets(words),
        ".vscode/tasks.json": _tasks(words),
    }


def _snippets(words: Words) -> dict[str, Any]:
    """A snippet a key, offered in the files of its record alone; one a kind of entry; a task.

    To VS Code front matter is YAML within a file of Markdown: so keys are offered there alone,
    and log lines only below.
    """
    made = {}
    for folder, record in RECORDS.items():
        for key, field in fields_of(record).items():
            made[f"{record.SORT}: {key}"] = {
                "scope": "yaml",
                "include": [f"**/{folder}/**"],
                "prefix": key,
                "body": f"{key}: {_value(field)}",
                "description": words(f"field.{record.SORT}.{key}.doc"),
            }
    everywhere = {"scope": "markdown", "include": [f"**/{folder}/**" for folder in RECORDS]}
    for kind in KINDS.values():
        name = _name(kind, words)
        made[f"log: {kind.name}"] = {
            **everywhere,
            "prefix": [name, kind.name] if name != kind.name else name,
            "body": f"- {_TODAY} {name}{words('new.editor.colon')}$0",
            "description": words("new.editor.entry", kind=words(f"entry.{kind.name}")),
        }
    made["task"] = {
        **everywhere,
        "prefix": words("new.editor.task"),
        "body": f"- [ ] $1 {words('new.editor.due')} ${{2:{_TODAY}}}",
        "description": words("new.editor.task-doc"),
    }
    return made


def _value(field: Field) -> str:
    """What may stand behind a key: one of a few words, else an example to write over."""
    if isinstance(field.type, Choice):
        return "${1|" + ",".join(field.type.words) + "|}"
    if field.type is YES_NO:
        return "${1|yes,no|}"
    escaped = "".join("\\" + sign if sign in "\\$}" else sign for sign in field.example)
    return f"${{1:{escaped}}}"


def _name(kind: Kind, words: Words) -> str:
    """What a kind is called in the language of the book, as it is written in a log."""
    chinese = next((name for name in kind.also if not name.isascii()), kind.name)
    return chinese if words.language == "zh" else kind.name


def _tasks(words: Words) -> dict[str, Any]:
    """`check` as the build task, whose lines become problems; `due`, `sync`, and `serve`."""
    others = ("due", "agenda", "sync", "serve")
    return {
        "version": "2.0.0",
        "tasks": [
            {
                **_task("check", words),
                "group": {"kind": "build", "isDefault": True},
                "presentation": {"reveal": "silent", "revealProblems": "onProblem"},
                "problemMatcher": {
                    "owner": "renmai",
                    "fileLocation": ["relative", "${workspaceFolder}"],
                    "pattern": {
                        "regexp": r"^(.+?):(\d+): (error|warning|hint)\[([a-z-]+)\] (.*)$",
                        "file": 1,
                        "line": 2,
                        "severity": 3,
                        "code": 4,
                        "message": 5,
                    },
                },
            },
            *({**_task(name, words), "problemMatcher": []} for name in others),
        ],
    }


def _task(name: str, words: Words) -> dict[str, Any]:
    return {
        "label": f"renmai {name}",
        "detail": words(f"cli.command.{name}.summary"),
        "type": "shell",
        "command": f"renmai {name}",
    }
