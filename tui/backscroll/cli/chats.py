"""The commands for the list of chats: chats, chat and threads."""

from datetime import tzinfo
from typing import Annotated
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import chat_row, print_json, print_lines, thread_row
from backscroll.cli.read import AsJson, Chat, Limit
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.errors import AppError
from backscroll.model.conversation import ChatOrder, Conversation, ConversationKind, Listing, Shelf
from backscroll.model.languages import LANGUAGES, language_code
from backscroll.settings import zone_named
from backscroll.text import safe_line


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (chats, chat, threads):
        app.command()(command)


def chats(
    context: typer.Context,
    match: Annotated[str | None, typer.Option(help="Only chats whose title holds this.")] = None,
    sort: Annotated[ChatOrder, typer.Option(help="What comes first.")] = ChatOrder.RECENT,
    kind: Annotated[ConversationKind | None, typer.Option(help="Only chats of this kind.")] = None,
    source: Annotated[str | None, typer.Option(help="Only chats from here: a source's name or id.")] = None,
    archived: Annotated[bool, typer.Option("--archived", help="The archived chats.")] = False,
    hidden: Annotated[bool, typer.Option("--hidden", help="The hidden chats.")] = False,
    bookmarked: Annotated[bool, typer.Option("--bookmarked", help="Only chats with a bookmark.")] = False,
    unread: Annotated[bool, typer.Option("--unread", help="Only chats with unread messages.")] = False,
    limit: Limit = 1000,
    after: Annotated[str | None, typer.Option(metavar="CHAT", help="Go on after this chat of the same list.")] = None,
    as_json: AsJson = False,
) -> None:
    """List chats, the pinned ones first."""
    if archived and hidden:
        raise typer.BadParameter("--archived and --hidden exclude each other")
    shelf = Shelf.ARCHIVED if archived else Shelf.HIDDEN if hidden else Shelf.LISTED
    session: Session = context.obj

    async def work(archive: Archive) -> None:
        area = archive.conversations
        inside = await _source(archive, source) if source is not None else None
        listing = Listing(sort, kind, inside, shelf, bookmarked, unread, match)
        last = await area.resolve(after) if after is not None else None
        await _print_chats(archive, await area.page(listing, limit=limit, after=last), session, as_json=as_json)

    session.run(work)


async def _source(archive: Archive, text: str) -> UUID:
    known = await archive.conversations.sources()
    found = [s for s in known if text.lower() in {str(s.id), s.name.lower()}]
    if not found:
        names = ", ".join(dict.fromkeys(s.name for s in known[:20])) or "none yet"
        raise AppError(f"There is no source “{text[:60]}”", f"There are: {names}.", code="no_such_source")
    if len(found) > 1:
        ids = ", ".join(str(s.id) for s in found[:5])
        raise AppError(
            f"“{text[:60]}” fits {len(found)} sources", f"Name one by its id: {ids}.", code="ambiguous_source"
        )
    return found[0].id


async def _print_chats(archive: Archive, page: list[Conversation], session: Session, *, as_json: bool) -> None:
    if as_json:
        languages = await archive.languages.of(chat.id for chat in page)
        print_json(chat_row(chat, languages.get(chat.id)) for chat in page)
    else:
        zone = zone_named(session.settings().timezone)
        print_lines(_chat_line(chat, zone) for chat in page)


def _chat_line(chat: Conversation, zone: tzinfo) -> str:
    last = chat.last_message_at.astimezone(zone).strftime("%Y-%m-%d") if chat.last_message_at else "-"
    mark = " [pinned]" if chat.is_pinned else ""
    return f"{str(chat.id)[:8]}  {last:10}  {chat.message_count:>9,}  {safe_line(chat.title)}{mark}"


def chat(
    context: typer.Context,
    chat: Chat,
    pin: Annotated[bool | None, typer.Option("--pin/--unpin", help="Put it before the others, or back.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Keep it among the archived chats.")] = False,
    hide: Annotated[bool, typer.Option("--hide", help="Keep it among the hidden chats.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Put it back into the list.")] = False,
    read: Annotated[bool | None, typer.Option("--read/--unread", help="Mark all of it as read or unread.")] = None,
    unread_from: Annotated[
        str | None, typer.Option(metavar="MESSAGE", help="Mark it as unread from this message on.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language that is spoken in it: its code or English name, or none.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show one chat as the list does, or change how you keep it."""
    spoken = _spoken(language)
    shelves = [shelf for shelf, wanted in zip(Shelf, (list_, archive, hide), strict=True) if wanted]
    if len(shelves) > 1:
        raise typer.BadParameter("--archive, --hide and --list exclude each other")
    if read is not None and unread_from is not None:
        raise typer.BadParameter("--read, --unread and --unread-from exclude each other")

    async def work(opened: Archive) -> None:
        area = opened.conversations
        identity = (await area.resolve(chat)).id
        if pin is not None:
            await area.set_pinned(identity, pin)
        for shelf in shelves:
            await area.set_shelf(identity, shelf)
        await _mark(opened, identity, read, unread_from)
        if language is not None:
            await _set_language(opened, await area.get(identity), spoken)
        await _print_chats(opened, [await area.get(identity)], context.obj, as_json=as_json)

    context.obj.run(work)


async def _mark(archive: Archive, chat: UUID, read: bool | None, unread_from: str | None) -> None:
    if read is not None:
        await (archive.conversations.mark_read(chat) if read else archive.conversations.mark_unread(chat))
    if unread_from is not None:
        message = await archive.messages.find(unread_from, chat)
        await archive.conversations.mark_unread(chat, message.cursor)


def _spoken(language: str | None) -> str | None:
    code = language_code(language or "")
    if code is None and language is not None and language.lower() != "none":
        raise typer.BadParameter(f"--language is none or one of {', '.join(LANGUAGES)}")
    return code


async def _set_language(archive: Archive, chat: Conversation, language: str | None) -> None:
    from backscroll.importing.stemming import set_language  # here: other commands do not pay for it

    with bar() as tell:
        await set_language(archive, chat.id, language, progress=lambda done, total: tell(chat.title, done, total, done))


def threads(
    context: typer.Context,
    chat: Chat,
    limit: Limit = 1000,
    after: Annotated[str | None, typer.Option(metavar="THREAD", help="Go on after this thread.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the threads of a chat, the one with the newest message first."""

    async def work(archive: Archive) -> None:
        conversation = await archive.conversations.resolve(chat)
        last = await archive.threads.resolve(conversation.id, after) if after is not None else None
        page = await archive.threads.page(conversation.id, limit=limit, after=last)
        if as_json:
            print_json(map(thread_row, page))
        else:
            print_lines(f"{str(t.id)[:8]}  {t.message_count:>7,}  {safe_line(t.title)}" for t in page)

    context.obj.run(work)
