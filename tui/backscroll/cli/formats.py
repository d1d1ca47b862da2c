"""The command that lists what can be imported."""

import typer

from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(formats)


def formats(as_json: AsJson = False) -> None:
    """List the formats that can be imported: what each carries and how it is recognised."""
    # Imported here: other commands do not pay for the formats.
    from backscroll.importing.formats import FORMATS

    if as_json:
        print_json(
            {"name": f.name, "title": f.title, "carries": f.carries, "recognised": f.recognised} for f in FORMATS
        )
    else:
        print_lines(f"{f.name:11}  {f.title}\n{'':13}{f.carries}\n{'':13}{f.recognised}" for f in FORMATS)
