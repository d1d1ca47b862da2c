"""`python -m tests.benchmarks COMMAND` (generate, pages, searches, rivals, ...): prints Markdown for the README."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tests.benchmarks import chats as listing
from tests.benchmarks import comparing
from tests.benchmarks import growth as growing
from tests.benchmarks import imports as importing
from tests.benchmarks import kills as killing
from tests.benchmarks import memory as remembering
from tests.benchmarks import notes as noting
from tests.benchmarks import pages as paging
from tests.benchmarks import reading as browsing
from tests.benchmarks import searches as searching
from tests.benchmarks import statistics as counting
from tests.benchmarks import syncs as syncing
from tests.benchmarks import writes as writing
from tests.benchmarks.corpus import SIZES
from tests.benchmarks.loading import load
from tests.benchmarks.reading import Effort

application = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)


class Size(StrEnum):
    """How many messages."""

    SMALL = "100k"
    MEDIUM = "1m"
    LARGE = "10m"


_SIZE = Annotated[Size, typer.Option(help="Messages.")]
_HOME = Annotated[Path, typer.Option(help="Where the server and the corpus are kept; one size a home.")]
_STARTS = Annotated[int, typer.Option(min=2, help="How often the program is started.")]
_PRESSES = Annotated[int, typer.Option(min=100, help="How often each key is pressed.")]
_ACTIONS = Annotated[int, typer.Option(min=100, help="How much is done before memory is looked at again.")]


@application.command()
def generate(home: _HOME, size: _SIZE = Size.SMALL) -> None:
    """Load the corpus into the home's archive; nothing is done where it is there."""
    load(home, SIZES[size])


@application.command()
def pages(home: _HOME, size: _SIZE = Size.SMALL) -> None:
    """Pages, the chat list, jumps and positions, beside the same SQL through bare psycopg."""
    load(home, SIZES[size])
    print(paging.measure(home, SIZES[size]))


@application.command()
def reading(
    home: _HOME,
    size: _SIZE = Size.SMALL,
    starts: _STARTS = 11,
    presses: _PRESSES = 600,
    actions: _ACTIONS = 3_600,
) -> None:
    """First paint, key to frame and memory of the browser, beside blank Textual apps."""
    load(home, SIZES[size])
    print(browsing.measure(home, SIZES[size], Effort(starts, presses, actions)))


@application.command()
def growth(
    homes: Annotated[list[str], typer.Argument(help="Sizes and their homes: 100k=DIR 1m=DIR 10m=DIR.")],
    starts: _STARTS = 11,
    presses: _PRESSES = 600,
    actions: _ACTIONS = 3_600,
) -> None:
    """Pages, jumps, first paint, keys and memory in homes of several sizes, beside their references."""
    named = {Size(size).value: Path(home) for size, _, home in (pair.partition("=") for pair in homes)}
    for size, home in named.items():
        load(home, SIZES[size])
    print(growing.measure(named, Effort(starts, presses, actions), print))


@application.command()
def chats(home: _HOME) -> None:
    """The chat list at 20,000 chats, beside the same SQL through bare psycopg; any home will do."""
    print(listing.measure(home))


@application.command()
def searches(home: _HOME, size: _SIZE = Size.SMALL) -> None:
    """Searches of every shape: how long until the first hit, a page, the next one, the best, a count, facets."""
    load(home, SIZES[size])
    print(searching.measure(home, SIZES[size]))


@application.command()
def rivals(
    home: _HOME,
    size: _SIZE = Size.SMALL,
    seed: Annotated[int, typer.Option(help="Of the random queries.")] = 3,
) -> None:
    """Searches beside SQLite FTS5 and tantivy, whose files are built once (many minutes at 10m)."""
    load(home, SIZES[size])
    comparing.measure(home, SIZES[size], seed)


@application.command()
def imports(
    home: _HOME,
    size: _SIZE = Size.SMALL,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is repeated.")] = 2,
) -> None:
    """Import a WhatsApp text, twice, beside a raw load of the same rows; any home will do."""
    print(importing.measure(home, SIZES[size], rounds))


@application.command()
def sync(
    home: _HOME,
    size: _SIZE = Size.SMALL,
    rounds: Annotated[int, typer.Option(min=1, help="How often everything is repeated.")] = 2,
) -> None:
    """Mirror a live source, and look again, beside a raw copy of the same rows; any home will do."""
    print(syncing.measure(home, SIZES[size], rounds))


@application.command()
def kills(
    home: _HOME,
    kills: Annotated[int, typer.Option(min=1, help="How often an import is killed.")] = 100,
    seed: Annotated[int, typer.Option(help="Of the random moments.")] = 1,
) -> None:
    """Kill imports at random moments and compare what they end with; any home will do, about five minutes."""
    print(killing.measure(home, kills, seed))


@application.command()
def notes(home: _HOME) -> None:
    """Lists of 100,000 annotations, beside the same SQL through bare psycopg; any home will do."""
    print(noting.measure(home))


@application.command()
def statistics(home: _HOME, size: _SIZE = Size.SMALL) -> None:
    """The largest chat counted for the first time and asked again, beside one GROUP BY scan; all chats as one job."""
    load(home, SIZES[size])
    print(counting.measure(home))


@application.command()
def writes(
    home: _HOME,
    count: Annotated[int, typer.Option(min=100, help="How many annotations are written, each time.")] = 1_000,
    kills: Annotated[int, typer.Option(min=1, help="How many programs are killed.")] = 100,
    seed: Annotated[int, typer.Option(help="Of the random moments.")] = 1,
) -> None:
    """Write through faults and kills, and say how soon a write is safe; any home will do, about five minutes."""
    print(writing.measure(home, count, kills, seed))


@application.command()
def memory(
    home: _HOME,
    megabytes: Annotated[int, typer.Option(min=20, help="Of each export; one of a tenth is imported before.")] = 2_000,
) -> None:
    """Import large exports (minutes each) and say how much memory the program took; any home will do."""
    print(remembering.measure(home, megabytes))


if __name__ == "__main__":
    application()
