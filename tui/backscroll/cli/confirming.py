"""How a command asks before it takes something away."""

from typing import Annotated

import typer

from backscroll.errors import AppError

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def confirm(question: str, *, yes: bool) -> None:
    """Asks on the terminal, unless `yes` is given already. Raises AppError where the answer is no."""
    if not yes and not typer.confirm(question, err=True):
        raise AppError("Nothing was done", "Answer y, or give --yes.", code="not_confirmed")
