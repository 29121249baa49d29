"""Writes the parts of the documentation that the program knows best: `make docs`.

- A ```console block holds commands behind `$` and what they print. The commands run on the little
  book of the start page in the page's language, and what they print is written anew.
- Between `<!-- made: NAME -->` and `<!-- end -->` stands what NAME makes: the help of every
  command, or the fields of a kind of record.

`tests/docs` holds that nothing would change.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

CONSOLE = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
MADE = re.compile(
    r"^<!-- made: (?P<name>.+?) -->\n(?P<body>.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL
)
#: An example is a fence whose opening line names the file of a book that it is.
EXAMPLE = re.compile(
    r"^```(?:markdown|yaml) (?P<path>\S+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
SETTINGS = "site_name: Docs\nplugins:\n  - renmai:\n      language: {language}\n"


def pages() -> list[Path]:
    """Every page of the documentation, the ones at the top level too."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [*top, *sorted(DOCS.rglob("*.md"))]


def language_of(page: Path) -> str:
    """The language that a page is written in: below docs/zh it is Chinese."""
    return "zh" if DOCS / "zh" in page.parents else "en"


def examples(text: str) -> dict[str, str]:
    """The example files of a page: path in the book -> content."""
    return {found["path"]: found["body"] for found in EXAMPLE.finditer(text)}


def little_book(language: str) -> dict[str, str]:
    """The book that a page's examples live in: the one of the start page, with its settings."""
    start = DOCS / "zh" / "start.md" if language == "zh" else DOCS / "start.md"
    return {
        "mkdocs.yml": SETTINGS.format(language=language),
        **examples(start.read_text("utf-8")),
    }


def write_book(files: dict[str, str], folder: Path) -> None:
    """Write a book's files below `folder`."""
    for name in ("contacts", "events", "communities"):
        folder.joinpath(name).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def run(*arguments: str, folder: Path | None = None) -> str:
    """What `renmai ARGUMENTS` prints in `folder`, on both streams, 96 columns wide, no colour."""
    done = subprocess.run(
        [sys.executable, "-c", "from renmai.cli import main; main()", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={
            **os.environ,
            "NO_COLOR": "1",
            "COLUMNS": "96",
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
        },
    )
    return done.stdout


def transcript(commands: list[str], language: str) -> str:
    """Each command behind `$`, and below it what it prints on the little book."""
    with tempfile.TemporaryDirectory() as folder:
        write_book(little_book(language), Path(folder))
        parts = []
        for command in commands:
            name, *arguments = shlex.split(command)
            assert name == "renmai", f"only renmai runs in the documentation: {command}"
            parts.append(f"$ {command}\n{run(*arguments, folder=Path(folder))}".rstrip("\n"))
    return "\n\n".join(parts) + "\n"


def help_of_commands(language: str) -> str:
    """The help page of each command, in the order that the program lists them."""
    from renmai.cli.program import COMMANDS

    parts = []
    for name in COMMANDS:
        shown = run("--lang", language, name, "--help").rstrip()
        parts.append(f"### {name}\n\n```text\n{shown}\n```\n")
    return "\n" + "\n".join(parts) + "\n"


def fields(language: str, folder: str) -> str:
    """A table of the keys of one kind of record, and of the maps inside it."""
    from tools.fields import tables

    return tables(folder, language)


MAKERS: dict[str, Callable[[str], str]] = {
    "help": help_of_commands,
    "fields contacts": lambda language: fields(language, "contacts"),
    "fields events": lambda language: fields(language, "events"),
    "fields communities": lambda language: fields(language, "communities"),
}


def filled(text: str, language: str) -> str:
    """A page's text with everything generated in it written anew."""

    def console(found: re.Match[str]) -> str:
        commands = [line[2:] for line in found["body"].splitlines() if line.startswith("$ ")]
        return f"```console\n{transcript(commands, language)}```"

    def made(found: re.Match[str]) -> str:
        return f"<!-- made: {found['name']} -->\n{MAKERS[found['name']](language)}<!-- end -->"

    return MADE.sub(made, CONSOLE.sub(console, text))


def main() -> None:
    """Write every page whose generated parts are out of date."""
    for page in pages():
        text = page.read_text("utf-8")
        new = filled(text, language_of(page))
        if new != text:
            page.write_text(new, encoding="utf-8")
            print(f"written: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
