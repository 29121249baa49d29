"""What editors are given: schemas, snippets, tasks and properties that fit the format."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from renmai.cli.newbook.editor import editor_files
from renmai.model.reading import read_record
from renmai.model.records import RECORDS
from renmai.text.schema import fields_of
from renmai.words import Words
from tests.cli.running import BOOKS, run


@pytest.fixture(scope="module", params=["en", "zh"])
def files(request) -> dict[str, Any]:
    """The files of an editor by path, as they are read back."""
    return {path: json.loads(text) for path, text in editor_files(Words(request.param)).items()}


def test_every_key_may_be_empty_and_only_known_ones_stand_there(files) -> None:
    for record in RECORDS.values():
        schema = files[f".schema/{record.SORT}.json"]
        assert schema["additionalProperties"] is False
        for key, about in schema["properties"].items():
            allowed = about.get("type") or [each.get("type") for each in about["anyOf"]]
            assert "null" in allowed, key


def body_of(snippet: dict[str, Any]) -> str:
    """What a snippet writes when one takes what it offers first."""
    text = re.sub(r"\$\{\d\|([^,|]*)[^|]*\|\}", r"\1", snippet["body"])
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-21")
    text = re.sub(r"\$\{\d:((?:[^}\\]|\\.)*)\}", r"\1", text)
    return re.sub(r"\\(.)", r"\1", re.sub(r"\$\d", "words", text))


def test_what_a_snippet_writes_is_read_without_a_problem(files) -> None:
    snippets = files[".vscode/renmai.code-snippets"]
    for folder, record in RECORDS.items():
        for key in fields_of(record):
            line = body_of(snippets[f"{record.SORT}: {key}"])
            assert line.startswith(f"{key}: ")
            required = {"title": "T", "name": "N", "date": "2026-11-19"}
            front = [f"{each}: {value}" for each, value in required.items() if each != key]
            data = "\n".join(["---", *front, line, "---", ""]).encode()
            problems = read_record(f"{folder}/r.md", data).problems
            assert [each for each in problems if each.code != "unknown-key"] == [], line


def test_the_lines_of_a_log_that_snippets_write_are_entries(files) -> None:
    snippets = files[".vscode/renmai.code-snippets"]
    lines = [body_of(each) for name, each in snippets.items() if name.startswith("log: ")]
    text = "---\nname: N\n---\n## Log\n\n" + "".join(f"{line} x\n" for line in lines)
    source = read_record("contacts/n.md", (text + "\n" + body_of(snippets["task"])).encode())
    assert source.problems == []
    assert source.record is not None
    assert len(source.record.log) == len(lines) == 12
    assert {entry.text for entry in source.record.log} == {"words x"}
    assert str(source.record.tasks[0].due) == "2026-11-21"


def test_a_snippet_is_offered_in_the_files_of_its_record_alone(files) -> None:
    for name, snippet in files[".vscode/renmai.code-snippets"].items():
        sort = name.partition(":")[0]
        wanted = [f"**/{folder}/**" for folder, each in RECORDS.items() if sort == each.SORT]
        assert snippet["include"] == (wanted or [f"**/{folder}/**" for folder in RECORDS])
        assert snippet["scope"] == ("yaml" if wanted else "markdown")
        assert snippet["description"]


def test_vs_code_reads_the_lines_of_check(files) -> None:
    check = files[".vscode/tasks.json"]["tasks"][0]
    pattern = re.compile(check["problemMatcher"]["pattern"]["regexp"])
    said = run("check", cwd=BOOKS / "broken") if (BOOKS / "broken").is_dir() else None
    lines = said.out.splitlines() if said else ["contacts/li.md:4: error[bad-value] 不对"]
    assert lines
    assert all(pattern.match(line) for line in lines)
    assert check["group"] == {"kind": "build", "isDefault": True}


def test_obsidian_knows_the_types_of_properties_that_it_has_forms_for(files) -> None:
    types = files[".obsidian/types.json"]["types"]
    kinds = {"text", "multitext", "number", "date", "tags", "aliases"}
    assert set(types.values()) == kinds
    assert [types[key] for key in ("tags", "aliases", "snooze", "tier", "needs", "city")] == [
        "tags", "aliases", "date", "number", "multitext", "text",
    ]  # fmt: skip
    for form in ("follow_up", "met", "people", "relations", "functions", "links"):
        assert form not in types
    for record in RECORDS.values():
        for key, field in fields_of(record).items():
            if types.get(key) == "date":
                assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", field.example), key


def test_obsidian_finds_the_templates_and_its_windows_stay_out_of_git(tmp_path: Path) -> None:
    run("init", "b", cwd=tmp_path)
    root = tmp_path / "b"
    folder = json.loads((root / ".obsidian/templates.json").read_text("utf-8"))["folder"]
    assert (root / folder / "event.md").is_file()
    if shutil.which("git"):
        (root / ".obsidian/workspace.json").write_text("{}")
        asked = subprocess.run(
            ["git", "status", "--porcelain", "-uall"], cwd=root, capture_output=True, text=True
        )
        assert ".obsidian/types.json" in asked.stdout
        assert "workspace.json" not in asked.stdout
