"""The pre-commit hook of a book: what `.pre-commit-hooks.yaml` says, and a plain git hook."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.running import run

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BROKEN = "---\nname: Bo\ntier: close\n---\n"
RIGHT = "---\nname: Bo\ntier: 15\n---\n"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git here")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A new book, committed, with a `renmai` on the PATH of its hooks."""
    run("init", "book", cwd=tmp_path)
    program = tmp_path / "bin" / "renmai"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m renmai "$@"\n')
    program.chmod(0o755)
    root = tmp_path / "book"
    assert commit(root, "begin").returncode == 0
    return root


def commit(root: Path, message: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(root.parent / "pre-commit"),
        "PYTHONPATH": str(ROOT / "generator"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "Wen", f"GIT_{role}_EMAIL": "wen@example.com"}
    subprocess.run(["git", "add", "-A"], cwd=root, env=environment, check=True)
    return subprocess.run(
        ["git", "commit", "-qm", message],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def refuses_what_is_wrong(book: Path) -> None:
    (book / "contacts/bo.md").write_text(BROKEN)
    refused = commit(book, "wrong")
    assert refused.returncode == 1
    assert "contacts/bo.md:3: error[bad-value]" in refused.stdout + refused.stderr
    (book / "contacts/bo.md").write_text(RIGHT)
    done = commit(book, "right")
    assert done.returncode == 0, done.stderr


def test_the_plain_hook_that_the_docs_show(book: Path) -> None:
    page = (ROOT / "docs/editors.md").read_text("utf-8")
    section = page[page.index("## Before every commit") :]
    lines = section[section.index("```sh\n") :].split("```")[1].removeprefix("sh\n")
    subprocess.run(["sh", "-ec", lines], cwd=book, check=True)
    refuses_what_is_wrong(book)


def manifest() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(HOOKS.read_text("utf-8"))
    return found


def test_the_manifest_is_one_that_pre_commit_takes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS)], check=False
    )
    assert done.returncode == 0
    assert [hook["id"] for hook in manifest()] == ["renmai-check"]


def test_the_hook_under_pre_commit(book: Path) -> None:
    # As pre-commit runs it, but from this environment: it would fetch the program otherwise.
    hooks = [{**hook, "language": "system"} for hook in manifest()]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (book / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=book,
        env={**os.environ, "PRE_COMMIT_HOME": str(book.parent / "pre-commit")},
        check=True,
        capture_output=True,
    )
    refuses_what_is_wrong(book)
    (book / "README.md").write_text("other files do not call it\n", "utf-8")
    (book.parent / "bin/renmai").write_text("#!/bin/sh\nexit 1\n")
    assert commit(book, "else").returncode == 0
