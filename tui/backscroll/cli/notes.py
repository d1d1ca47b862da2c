"""The commands that write and list people's own work: bookmark, bookmarks, annotate, annotations."""

from typing import Annotated
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson, Limit
from backscroll.exporting.rows import annotation_row, bookmark_row
from backscroll.model.conversation import Place
from backscroll.model.notes import Annotation, Bookmark
from backscroll.text import safe_line

MessageId = Annotated[
    str, typer.Argument(metavar="MESSAGE", help="A message's id, or the beginning of it, as `show` and `search` print.")
]
InChat = Annotated[str | None, typer.Option("--chat", help="Only in this chat: its title or id.")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (bookmark, bookmarks, annotate, annotations):
        app.command()(command)


def bookmark(
    context: typer.Context,
    message: MessageId,
    title: Annotated[str, typer.Option(help="A short name.")] = "",
    notes: Annotated[str, typer.Option(help="Longer remarks.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the bookmark away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bookmark a message; again with another title or notes: change them."""

    async def work(archive: Archive) -> None:
        place = await archive.messages.find(message)
        if remove:
            removed = await archive.bookmarks.remove(place)
            _say(
                {"message_id": place.cursor.id, "removed": removed},
                "Removed." if removed else "There was none.",
                as_json,
            )
        else:
            identity = await archive.bookmarks.add(place, title=title, notes=notes)
            _say({"id": identity, **_keys(place)}, f"Bookmarked: {identity}", as_json)

    context.obj.run(work)


def bookmarks(context: typer.Context, chat: InChat = None, limit: Limit = 1000, as_json: AsJson = False) -> None:
    """List bookmarks, newest first."""

    async def work(archive: Archive) -> None:
        page = await archive.bookmarks.page(limit=limit, conversation=await _chat(archive, chat))
        if as_json:
            print_json(map(bookmark_row, page))
        else:
            print_lines(
                f"{str(b.message.id)[:8]}  {safe_line(b.conversation)} · {safe_line(b.sender or '')}: "
                f"{_gone(b)}{safe_line(b.title or b.quote)[:120]}"
                for b in page
            )

    context.obj.run(work)


def annotate(
    context: typer.Context,
    message: MessageId,
    text: Annotated[str, typer.Option(help="The remark.")],
    category: Annotated[str | None, typer.Option(help="A category.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be repeated.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a remark on a message."""

    async def work(archive: Archive) -> None:
        place = await archive.messages.find(message)
        identity = await archive.annotations.add(place, text, category=category, tags=tag or [])
        _say({"id": identity, **_keys(place)}, f"Annotated: {identity}", as_json)

    context.obj.run(work)


def annotations(context: typer.Context, chat: InChat = None, limit: Limit = 1000, as_json: AsJson = False) -> None:
    """List annotations, newest first."""

    async def work(archive: Archive) -> None:
        page = await archive.annotations.page(limit=limit, conversation=await _chat(archive, chat))
        if as_json:
            print_json(map(annotation_row, page))
        else:
            print_lines(
                f"{str(n.message.id)[:8]}  {safe_line(n.conversation)} · {safe_line(n.category or '-')}: "
                f"{_gone(n)}{safe_line(n.text)}"
                for n in page
            )

    context.obj.run(work)


async def _chat(archive: Archive, text: str | None) -> UUID | None:
    return (await archive.conversations.resolve(text)).id if text else None


def _gone(note: Bookmark | Annotation) -> str:
    return f"[message gone: {safe_line(note.quote)[:120]}] " if note.is_gone else ""


def _keys(place: Place) -> dict[str, object]:
    return {"conversation_id": place.conversation_id, "message_id": place.cursor.id}


def _say(row: dict[str, object], line: str, as_json: bool) -> None:
    if as_json:
        print_json([row])
    else:
        print_lines([line])
