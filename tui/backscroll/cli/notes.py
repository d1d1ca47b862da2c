"""The commands that write and list people's own work: bookmark, bookmarks, annotate, annotations."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Final, TypeVar
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson, Limit
from backscroll.coding.naming import named_code
from backscroll.errors import AppError
from backscroll.exporting.rows import annotation_row, bookmark_row
from backscroll.model.code import Codebook
from backscroll.model.conversation import Place
from backscroll.model.message import Message
from backscroll.model.note_listing import NoteOrder
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.writes import AnnotationWrite, BookmarkRemove, BookmarkSet, Outcome
from backscroll.searching.noting import NotesAsked, listing_of
from backscroll.text import safe_line
from backscroll.writing.desk import Desk
from backscroll.writing.noting import new_annotation, new_bookmark

PATIENCE: Final = 10.0
"""Seconds that a command waits for the server before it leaves what it wrote in the outbox."""
ENDS: Final[dict[Outcome | None, str]] = {
    None: "Saved, waiting for the server: it is sent with the next write or when the browser opens.",
    Outcome.CONFLICT: "It was changed elsewhere meanwhile: both are kept.",
    Outcome.GONE: "The message is no longer there: it is kept with the message's words.",
}

MessageId = Annotated[
    str, typer.Argument(metavar="MESSAGE", help="A message's id, or the beginning of it, as `show` and `search` print.")
]
Words = Annotated[str, typer.Option(help="Only with these words; the last one may go on.")]
Order = Annotated[NoteOrder, typer.Option(help="The newest first, or by the place of the message.")]
After = Annotated[str | None, typer.Option(metavar="ID", help="Go on after this row.")]
Note = TypeVar("Note", Bookmark, Annotation)
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

    async def work(archive: Archive, desk: Desk) -> None:
        place = await archive.messages.find(message)
        before = desk.overlay().on_bookmark(place.cursor.id, await archive.bookmarks.of_message(place))
        if remove:
            if before is None:
                _say({"message_id": place.cursor.id, "removed": False}, "There was none.", as_json)
                return
            outcome = await desk.send(BookmarkRemove(place.conversation_id, place.cursor, before), PATIENCE)
            _say({"message_id": place.cursor.id, "removed": True}, "Removed.", as_json, outcome)
            return
        mark = replace(before or await _new_bookmark(archive, place), title=title, notes=notes)
        outcome = await desk.send(BookmarkSet(mark, before), PATIENCE)
        _say({"id": mark.id, **_keys(place)}, f"Bookmarked: {mark.id}", as_json, outcome)

    context.obj.write(work)


def bookmarks(
    context: typer.Context,
    words: Words = "",
    chat: InChat = None,
    order: Order = NoteOrder.NEWEST,
    limit: Limit = 1000,
    after: After = None,
    as_json: AsJson = False,
) -> None:
    """List bookmarks, newest first or in the order of their messages."""

    async def work(archive: Archive) -> None:
        listing = await listing_of(archive, NotesAsked(words, chat), order)
        last = await _last(after, archive.bookmarks.named)
        page = await archive.bookmarks.listed(listing, limit=limit, after=last)
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
    text: Annotated[str, typer.Option(help="The remark; may be left out where there is a code.")] = "",
    category: Annotated[str | None, typer.Option(help="A category.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be repeated.")] = None,
    code: Annotated[
        list[str] | None, typer.Option(help="A code: its name, path (Theme/Part) or id; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a remark on a message, or give it codes."""
    if not text and not code:
        raise typer.BadParameter("give --text or --code")

    async def work(archive: Archive, desk: Desk) -> None:
        place = await archive.messages.find(message)
        about, chat = await _message(archive, place)
        reviewer = context.obj.settings().reviewer
        book = desk.overlay().on_codebook(await archive.codes.book()) if code else Codebook()
        codes = dict.fromkeys(named_code(book, name).id for name in code or ())
        note = new_annotation(about, chat, text)
        note = replace(note, category=category, tags=tuple(tag or ()), codes=tuple(codes), author=reviewer)
        outcome = await desk.send(AnnotationWrite(note), PATIENCE)
        _say({"id": note.id, **_keys(place)}, f"Annotated: {note.id}", as_json, outcome)

    context.obj.write(work)


def annotations(
    context: typer.Context,
    words: Words = "",
    chat: InChat = None,
    code: Annotated[str | None, typer.Option(help="Only with this code, one below it, or this category.")] = None,
    category: Annotated[str | None, typer.Option(help="Only of exactly this category.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    author: Annotated[str | None, typer.Option(help="Only by this reviewer; `me`: your own.")] = None,
    order: Order = NoteOrder.NEWEST,
    limit: Limit = 1000,
    after: After = None,
    as_json: AsJson = False,
) -> None:
    """List annotations, newest first or in the order of their messages."""

    async def work(archive: Archive) -> None:
        listing = await listing_of(archive, NotesAsked(words, chat, tag, code, category, author), order)
        last = await _last(after, archive.annotations.named)
        page = await archive.annotations.listed(listing, limit=limit, after=last)
        if as_json:
            print_json(map(annotation_row, page))
        else:
            book = await archive.codes.book() if any(note.codes for note in page) else Codebook()
            print_lines(
                f"{str(n.message.id)[:8]}  {safe_line(n.conversation)} · {_labels(book, n)}: "
                f"{_gone(n)}{safe_line(n.text)}"
                for n in page
            )

    context.obj.run(work)


async def _last(text: str | None, named: Callable[[UUID], Awaitable[Note | None]]) -> Note | None:
    """The row that a page goes on after."""
    if text is None:
        return None
    try:
        found = await named(UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise AppError("There is no such row to go on after", "--after takes the last row's id.", code="no_such_note")
    return found


def _labels(book: Codebook, note: Annotation) -> str:
    codes = (book.path(known) for code in note.codes if (known := book.living(code)))
    return ", ".join(safe_line(label) for label in (*codes, *filter(None, [note.category]))) or "-"


def _gone(note: Bookmark | Annotation) -> str:
    return f"[message gone: {safe_line(note.quote)[:120]}] " if note.is_gone else ""


def _keys(place: Place) -> dict[str, object]:
    return {"conversation_id": place.conversation_id, "message_id": place.cursor.id}


async def _message(archive: Archive, place: Place) -> tuple[Message, str]:
    """The message at a place, and what its chat is called."""
    found = await archive.messages.at([place])
    if not found:
        hint = "Its import was taken back: import the export again. `message` shows what was written about it."
        raise AppError("The message is no longer there", hint, code="no_such_message")
    return found[0], (await archive.conversations.get(place.conversation_id)).title


async def _new_bookmark(archive: Archive, place: Place) -> Bookmark:
    return new_bookmark(*await _message(archive, place))


def _say(row: dict[str, object], line: str, as_json: bool, outcome: Outcome | None = Outcome.APPLIED) -> None:
    if as_json:
        print_json([row | {"state": outcome or "waiting"}])
    else:
        print_lines([line, *([ENDS[outcome]] if outcome in ENDS else [])])
