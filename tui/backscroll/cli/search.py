"""The commands that search, and keep what is searched for: search, saved."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import (
    facet_row,
    message_lines,
    message_row,
    print_json,
    print_lines,
    print_remark,
    saved_row,
)
from backscroll.cli.read import AsJson, Limit
from backscroll.cli.session import Session
from backscroll.errors import AppError
from backscroll.model.message import Cursor
from backscroll.model.query import Query
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
    """Adds the commands of this module."""
    width = max(len(example) for example, _ in SYNTAX)
    examples = (f"  {example:{width}}  {meaning}" for example, meaning in SYNTAX)
    # A query may begin with a minus, as in -car, which is no option.
    dashes = {"ignore_unknown_options": True}
    app.command(epilog="\n".join(("\b", "The language by example:", *examples)), context_settings=dashes)(search)
    app.command()(saved)


def _no_option(query: str | None) -> str | None:
    if query is not None and query.startswith("--"):
        raise typer.BadParameter(f"there is no option {query.split()[0]}")
    return query


def search(
    context: typer.Context,
    query: Annotated[
        str | None,
        typer.Argument(callback=_no_option, help='Words, "a phrase", word*, OR, ( ), -without, from:ana in:family ...'),
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
    cursor = _given_cursor(after) if after is not None else None
    given = None if query is None else parse(query, zone)

    async def work(archive: Archive) -> None:
        finding = Finding(archive)
        kept, asked = (None, given) if given else await _kept(archive, name or "", zone)
        if not as_json or count or facets:
            _print_remarks(remark.text for remark in asked.remarks)
        if count:
            _print_count(await finding.count(asked), as_json=as_json)
        elif facets:
            spread = [spread async for spread in Spreading(archive, finding, zone).spread(asked)][-1]
            _print_facets(spread, limit, as_json=as_json)
        else:
            way = order.value if order else kept.order if kept else "newest"
            found = [found async for found in finding.find(asked, order=way, limit=limit, after=cursor)][-1]
            instead = await finding.suggest(asked) if not found.hits and found.complete and not cursor else []
            if as_json:
                _print_hits_as_json(found, asked, instead)
            else:
                _print_hits(found, instead, zone)
        if kept:
            await archive.saved.use(kept)

    session.run(work)


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


def _given_cursor(text: str) -> Cursor:
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


def saved(
    context: typer.Context,
    add: Annotated[
        tuple[str, str] | None, typer.Option(metavar="NAME QUERY", help="Save a search; one of this name is replaced.")
    ] = None,
    remove: Annotated[str | None, typer.Option(metavar="NAME", help="Take a saved search away.")] = None,
    order: Annotated[SearchOrder, typer.Option(help="With --add: what comes first.")] = SearchOrder.NEWEST,
    chat: Annotated[str | None, typer.Option(help="With --add: only in this chat, its title or id.")] = None,
    thread: Annotated[str | None, typer.Option(help="With --add and --chat: only in this thread of it.")] = None,
    as_json: AsJson = False,
) -> None:
    """List saved searches, the last used first; save one, or take one away."""
    if add and remove is not None:
        raise typer.BadParameter("--add and --remove exclude each other")
    if thread is not None and chat is None:
        raise typer.BadParameter("--thread goes with --chat")
    session: Session = context.obj
    if add:
        parse(add[1], zone_named(session.settings().timezone))  # what cannot be asked is not saved

    async def work(archive: Archive) -> None:
        if add:
            inside = (await archive.conversations.resolve(chat)).id if chat else None
            part = (await archive.threads.resolve(inside, thread)).id if inside and thread else None
            await archive.saved.add(*add, order=order.value, conversation=inside, thread=part)
            rows = [await archive.saved.named(add[0])]
        elif remove is not None:
            rows = [await archive.saved.named(remove)]
            await archive.saved.remove(rows[0].name)
        else:
            rows = await archive.saved.all()
        if as_json:
            print_json(map(saved_row, rows))
        else:
            print_lines(map(_line, rows))

    session.run(work)


def _line(kept: SavedSearch) -> str:
    place = " · ".join(safe_line(title) for title in (kept.conversation, kept.thread) if title)
    where = f"  in {place}" if place else ""
    narrowed = ", ".join(safe_line(choice["value"] or "") for choice in kept.narrowed_to)
    only = f"  only {narrowed}" if narrowed else ""
    return f"{safe_line(kept.name)}: {safe_line(kept.query)}{where}{only}"
