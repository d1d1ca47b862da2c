"""The command that searches: search."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import facet_row, message_lines, print_json, print_lines, print_remark
from backscroll.cli.read import AsJson, Limit
from backscroll.cli.session import Session
from backscroll.errors import AppError, QueryError
from backscroll.exporting.rows import message_row
from backscroll.model.message import Cursor
from backscroll.model.query import Order, Query
from backscroll.model.saved import SavedSearch
from backscroll.searching.finding import COUNTED, Count, Finding, Found
from backscroll.searching.language import SYNTAX, parse
from backscroll.searching.narrowing import FACETS, in_its_place
from backscroll.searching.spreading import CAP, Spread, Spreading
from backscroll.searching.suggesting import Suggestion
from backscroll.settings import zone_named
from backscroll.text import safe_line


class SearchOrder(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RANK = "rank"


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    width = max(len(example) for example, _ in SYNTAX)
    examples = (f"  {example:{width}}  {meaning}" for example, meaning in SYNTAX)
    # A query may begin with a minus, as in -car, which is no option.
    dashes = {"ignore_unknown_options": True}
    app.command(epilog="\n".join(("\b", "The language by example:", *examples)), context_settings=dashes)(search)


def no_option(query: str | None) -> str | None:
    """A query, unless it looks like an option that was misspelt."""
    if query is not None and query.startswith("--"):
        raise typer.BadParameter(f"there is no option {query.split()[0]}")
    return query


def search(
    context: typer.Context,
    query: Annotated[
        str | None,
        typer.Argument(callback=no_option, help='Words, "a phrase", word*, OR, ( ), -without, from:ana in:family ...'),
    ] = None,
    order: Annotated[SearchOrder | None, typer.Option(help="What comes first.", show_default="newest")] = None,
    limit: Limit = 50,
    after: Annotated[str | None, typer.Option(metavar="CURSOR", help="Go on after this cursor.")] = None,
    count: Annotated[bool, typer.Option("--count", help=f"Only how many there are, at most {COUNTED:,}.")] = False,
    facets: Annotated[
        bool, typer.Option("--facets", help=f"How the newest {CAP:,} spread over years, chats, senders and kinds.")
    ] = False,
    name: Annotated[str | None, typer.Option("--saved", metavar="NAME", help="Ask a saved search.")] = None,
    as_json: AsJson = False,
) -> None:
    """Search all chats, or ask a saved search again."""
    if (query is None) == (name is None):
        raise typer.BadParameter("give a QUERY, or --saved NAME")
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    form = _Form(zone, limit, _given_cursor(after), as_json=as_json, is_counted=count, is_spread=facets)
    given = None if query is None else read_query(query, zone, as_json=as_json)

    async def work(archive: Archive) -> None:
        kept, asked = (None, given) if given else await _kept(archive, name or "", zone)
        with pointing(asked.text, as_json=as_json):
            await _answer(archive, asked, order.value if order else kept.order if kept else "newest", form)
        if kept:
            await archive.saved.use(kept)

    session.run(work)


@dataclass(frozen=True, slots=True)
class _Form:
    """How an answer is wanted."""

    zone: tzinfo
    limit: int
    cursor: Cursor | None
    as_json: bool
    is_counted: bool
    is_spread: bool


async def _answer(archive: Archive, asked: Query, order: Order, form: _Form) -> None:
    finding = Finding(archive)
    if not form.as_json or form.is_counted or form.is_spread:
        _print_remarks(remark.text for remark in asked.remarks)
    if form.is_counted:
        _print_count(await finding.count(asked), as_json=form.as_json)
    elif form.is_spread:
        spread = [spread async for spread in Spreading(archive, finding, form.zone).spread(asked)][-1]
        _print_facets(spread, form.limit, as_json=form.as_json)
    else:
        found = [found async for found in finding.find(asked, order=order, limit=form.limit, after=form.cursor)][-1]
        is_lost = not found.hits and found.complete and not form.cursor
        instead = await finding.suggest(asked) if is_lost else []
        if form.as_json:
            _print_hits_as_json(found, asked, instead)
        else:
            _print_hits(found, instead, form.zone)


def read_query(query: str, zone: tzinfo, *, as_json: bool) -> Query:
    """The query that a text means; a mistake is pointed at. Raises QueryError."""
    with pointing(query, as_json=as_json):
        return parse(query, zone)


@contextmanager
def pointing(query: str, *, as_json: bool) -> Iterator[None]:
    """Shows where in the query a mistake is; with --json the error itself tells it."""
    try:
        yield
    except QueryError as error:
        if not as_json:
            before, mistake, after = query[: error.start], query[error.start : error.end], query[error.end :]
            print_remark(f"{before}>>{mistake}<<{after}")
        raise


async def _kept(archive: Archive, name: str, zone: tzinfo) -> tuple[SavedSearch, Query]:
    """A saved search, and its query in its chat or thread, narrowed as it was on the screen."""
    kept = await archive.saved.named(name)
    return kept, in_its_place(kept, parse(kept.query, zone))


def _print_count(count: Count, *, as_json: bool) -> None:
    if as_json:
        print_json([{"count": count.n, "is_capped": count.is_capped}])
    else:
        print_lines([f"{count.n:,}{'+' if count.is_capped else ''}"])


def _print_facets(spread: Spread, limit: int, *, as_json: bool) -> None:
    """At most `limit` entries of each facet, and what they were counted among."""
    listed = [entry for facet in FACETS for entry in spread.facets[facet][:limit]]
    if as_json:
        back_to = spread.back_to.isoformat() if spread.back_to else None
        print_json(facet_row(entry) for entry in listed)
        print_json([{"counted": spread.hits, "is_capped": spread.is_capped, "counted_back_to": back_to}])
        return
    print_lines(f"{entry.choice.facet:<8}{entry.hits:>7,}  {safe_line(entry.choice.label)}" for entry in listed)
    print_lines([f"Counted: {spread.told}"])


def _given_cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    try:
        return Cursor.parse(text)
    except ValueError:
        raise AppError(
            "--after is not a cursor", "Give the one that the last line of the page before printed.", code="bad_cursor"
        ) from None


def _print_hits(found: Found, instead: list[Suggestion], zone: tzinfo) -> None:
    print_lines(message_lines(hit.message, zone, hit.chat) for hit in found.hits)
    if found.cursor:
        print_lines([f"More: --after {found.cursor}"])
    _print_remarks(found.remarks)
    _print_remarks(suggestion.told for suggestion in instead)


def _print_remarks(remarks: Iterable[str]) -> None:
    for remark in remarks:
        print_remark(remark)


def _print_hits_as_json(found: Found, asked: Query, instead: list[Suggestion]) -> None:
    for hit in found.hits:
        spans = [list(span) for span in hit.highlights]
        print_json([message_row(hit.message) | {"conversation": hit.chat, "highlights": spans}])
    back: datetime | None = found.searched_to
    if back is None and found.cursor:
        back = found.cursor.sent_at
    cursor = str(found.cursor) if found.cursor else None
    print_json(
        [
            {
                "cursor": cursor,
                "searched_back_to": back,
                "complete": found.complete,
                "remarks": [*(remark.text for remark in asked.remarks), *found.remarks],
                "suggestions": [asdict(suggestion) for suggestion in instead],
            }
        ]
    )
