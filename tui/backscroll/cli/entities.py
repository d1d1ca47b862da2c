"""The command that lists what messages name: entities."""

from collections import Counter
from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.exporting import From, To, sent
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson, Chat
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.counting.entities import named_in
from backscroll.json_lines import Row
from backscroll.model.entities import Entity, EntityKind
from backscroll.model.message import Message
from backscroll.settings import zone_named
from backscroll.text import safe_line


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command("entities")(list_entities)


def list_entities(
    context: typer.Context,
    chat: Chat,
    since: From = None,
    until: To = None,
    kinds: Annotated[list[EntityKind] | None, typer.Option("--kind", help="Only these kinds.")] = None,
    count: Annotated[bool, typer.Option("--count", help="How often each is named, the commonest first.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the links, addresses, phone numbers, mentions, hashtags, dates and amounts that messages of a chat name."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    period = sent(since, until, zone)

    async def work(archive: Archive) -> None:
        found = await archive.conversations.resolve(chat)
        counts: Counter[tuple[str, str]] = Counter()
        with bar() as tell:
            messages = named_in(archive, found.id, period, lambda read: tell(found.title, read, 0, read))
            async for message, entities in messages:
                wanted = [entity for entity in entities if not kinds or entity.kind in kinds]
                counts.update((entity.kind.value, entity.value) for entity in wanted)
                if not count and as_json:
                    print_json(_row(message, entity) for entity in wanted)
                elif not count:
                    print_lines(_line(message, entity) for entity in wanted)
        if count and as_json:
            print_json({"kind": kind, "value": value, "count": n} for (kind, value), n in counts.most_common())
        elif count:
            print_lines(f"{n:>7,}  {kind:<8} {safe_line(value)}" for (kind, value), n in counts.most_common())

    session.run(work)


def _row(message: Message, entity: Entity) -> Row:
    return {
        "kind": entity.kind,
        "value": entity.value,
        "start": entity.start,
        "end": entity.end,
        "conversation_id": message.conversation_id,
        "message_id": message.id,
        "sent_at": message.sent_at,
        "sender": message.sender,
    }


def _line(message: Message, entity: Entity) -> str:
    return f"{str(message.id)[:8]}  {message.sent_at:%Y-%m-%d}  {entity.kind:<8} {safe_line(entity.value)}"
