"""`python -m tests.benchmarks generate|pages|chats|imports`: prints Markdown for the README."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tests.benchmarks import chats as listing
from tests.benchmarks import imports as importing
from tests.benchmarks import pages as reading
from tests.benchmarks.corpus import SIZES
from tests.benchmarks.loading import load

application = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)


class Size(StrEnum):
    """How many messages."""

    SMALL = "100k"
    MEDIUM = "1m"
    LARGE = "10m"


_SIZE = Annotated[Size, typer.Option(help="Messages.")]
_HOME = Annotated[Path, typer.Option(help="Where the server and the corpus are kept; one size a home.")]


@application.command()
def generate(home: _HOME, size: _SIZE = Size.SMALL) -> None:
    """Load the corpus into the home's archive; nothing is done where it is there."""
    load(home, SIZES[size])


@application.command()
def pages(home: _HOME, size: _SIZE = Size.SMALL) -> None:
    """Pages, the chat list, jumps and positions, beside the same SQL through bare psycopg."""
    load(home, SIZES[size])
    print(reading.measure(home, SIZES[size]))


@application.command()
def chats(home: _HOME) -> None:
    """The chat list at 20,000 chats, beside the same SQL through bare psycopg; any home will do."""
    print(listing.measure(home))


@application.command()
def imports(
    home: _HOME,
    size: _SIZE = Size.SMALL,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is repeated.")] = 2,
) -> None:
    """Import a WhatsApp text, twice, beside a raw load of the same rows; any home will do."""
    print(importing.measure(home, SIZES[size], rounds))


if __name__ == "__main__":
    application()
