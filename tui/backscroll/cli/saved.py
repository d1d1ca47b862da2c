"""The command that keeps what is searched for: saved."""

from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines, saved_row
from backscroll.cli.read import AsJson
from backscroll.cli.search import SearchOrder
from backscroll.cli.session import Session
from backscroll.model.saved import SavedSearch
from backscroll.searching.language import parse
from backscroll.settings import zone_named
from backscroll.text import safe_line


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(saved)


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
