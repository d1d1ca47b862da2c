"""The command that lists how tables are read, as `import --save-mapping` kept it."""

from typing import Annotated

import typer

from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.session import Session


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(mappings)


def mappings(
    context: typer.Context,
    remove: Annotated[str | None, typer.Option(metavar="NAME", help="Take a mapping away.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the mappings of columns that `import --mapping NAME` reads tables by; take one away."""
    # Imported here: other commands do not pay for the formats.
    from dataclasses import asdict

    from backscroll.importing.mappings import Mappings

    session: Session = context.obj
    kept = Mappings(session.settings().home)
    shown = [kept.remove(remove)] if remove is not None else kept.all()
    if as_json:
        print_json(asdict(one) for one in shown)
        return
    for one in shown:
        more = [("source", one.source), ("zone", one.time_zone), ("dates", one.date_order)]
        said = "".join(f"  {what} {value}" for what, value in more if value)
        print_lines([f"{one.name}: {one.format}  {','.join(one.columns or ())}{said}"])
