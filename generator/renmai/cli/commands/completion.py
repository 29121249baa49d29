"""`renmai completion SHELL`: the script that lets a shell complete commands and ids."""

from __future__ import annotations

from renmai.cli import completing, output
from renmai.cli.declare import declare
from renmai.cli.options import ChoiceType, argument
from renmai.cli.session import Session


@declare("completion", argument("shell", type=ChoiceType(tuple(completing.SHELLS))), has_json=False)
def command(session: Session, shell: str) -> None:
    from renmai.cli.program import COMPLETION_VARIABLE, program

    output.write_text(completing.script(program, shell, COMPLETION_VARIABLE).rstrip("\n"))
