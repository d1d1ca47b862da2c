"""What the sources keep besides chats and texts comes in, each in its place: nothing of it is lost."""

from datetime import UTC, datetime
from typing import Any

import psycopg

from backscroll.model.conversation import Place
from backscroll.model.ids import conversation_id, message_id
from backscroll.model.message import Message
from backscroll.reading.account import account
from backscroll.reading.whole import Whole, read_whole
from tests.syncing.conftest import Sides
from tests.syncing.rows import delete, insert, update
from tests.syncing.systems import uuid_of
from tests.syncing.systems.conversation_analysis import ConversationAnalysis
from tests.syncing.systems.group_summaries import GroupSummaries
from tests.syncing.systems.threads_app import ThreadsApp
from tests.syncing.systems.whatsapp_builder import WhatsAppBuilder
from tests.syncing.systems.whatsapp_processor import WhatsAppProcessor
from tests.syncing.world import Source, World


async def made(system: Source, sides: Sides) -> World:
    """A source with what is said in every one; not synced yet."""
    world = World(system, sides.source)
    world.make(16)
    return world


async def whole(sides: Sides, world: World, number: int) -> Whole:
    """A message with all that is known of it."""
    said = world.said[number]
    chat = conversation_id(f"{world.source.name}:test", world.source.chat_id(said.chat))
    wanted = message_id(chat, world.source.message_id(number))
    messages = await sides.archive.messages.after(chat, limit=100)
    found: Message = next(one for one in messages if one.id == wanted)
    told = await read_whole(sides.archive, Place(chat, found.cursor))
    assert told is not None
    return told


async def test_stored_summaries_come_in_follow_changes_and_go(sides: Sides) -> None:
    world = await made(GroupSummaries(), sides)
    chat, day = world.source.chat_id("family"), datetime(2024, 3, 12, tzinfo=UTC)
    about = {"group_id": chat, "message_count": 8, "date": day, "generated_at": day}
    with world.connected() as connection:
        insert(connection, "summaries", content="Much was said.", participants=["Ana", "Bo"], **about)
        broken = {"participants": [{"id": "x", "name": "Cy"}], "status": "error"}
        insert(connection, "summaries", content="It broke.", **broken, **about)
        insert(connection, "message_logs", error_type="parse", data={"a": 1})
    await sides.sync()
    identity = conversation_id("group_summaries:test", chat)
    found = {one.text: one for one in await sides.archive.summaries.of_chat(identity)}
    assert (found["Much was said."].participants, found["Much was said."].status) == (("Ana", "Bo"), "completed")
    assert (found["Much was said."].stretch.since, found["Much was said."].method) == (day, "imported")
    assert (found["It broke."].participants, found["It broke."].status) == (("Cy",), "failed")
    with world.connected() as connection:
        delete(connection, "summaries", status="error")
        update(connection, "summaries", {"group_id": chat}, content="Little was said.")
    await sides.sync()
    assert [one.text for one in await sides.archive.summaries.of_chat(identity)] == ["Little was said."]


async def test_notes_of_reviewers_sentiment_entities_roles_and_trail(sides: Sides) -> None:
    world = await made(ConversationAnalysis(), sides)
    message, user, note, role = world.source.message_id(4), uuid_of(1, 0), uuid_of(9, 0), uuid_of(8, 0)
    at = {"user_id": user, "conversation_id": world.source.chat_id("family"), "message_id": message}
    remark = {"content": "a remark", "category": "tone", "tags": ["warm", "short"]}
    file = {"file_name": "a.jpg", "storage_path": "/store/a.jpg", "file_size": 12, "mime_type": "image/jpeg"}
    entity = {"entity_type": "PERSON", "entity_value": "Bo", "start_position": 3}
    with world.connected() as connection:
        insert(connection, "bookmarks", title="Keys", notes="look here", **at)
        insert(connection, "annotations", id=note, **remark, **at)
        insert(connection, "message_sentiment", message_id=message, polarity=0.5, sentiment_label="positive")
        insert(connection, "message_entities", message_id=message, **entity)
        insert(connection, "message_attachments", message_id=message, **file)
        insert(connection, "roles", id=role, name="reviewer")
        update(connection, "participants", {"display_name": "Bo"}, is_business=True)
        insert(connection, "user_roles", user_id=user, role_id=role)
        insert(connection, "audit_logs", user_id=user, action="read", resource_type="message", resource_id=message)
    await sides.sync()
    told = await whole(sides, world, 4)
    assert told.bookmark is not None
    assert (told.bookmark.title, told.bookmark.notes) == ("Keys", "look here")
    (written,) = told.annotations
    assert (written.text, written.category, written.author) == ("a remark", "tone", "Rev One")
    assert written.tags == ("warm", "short")
    raw = json(told.record.raw)
    assert raw["sentiment"] == {"polarity": 0.5, "sentiment_label": "positive"}
    assert raw["entities"] == [entity]
    assert [(f.file_name, f.path, f.size) for f in told.record.message.attachments] == [("a.jpg", "/store/a.jpg", 12)]
    assert [one.area for one in told.kept if one.is_of_message] == ["annotations", "audit logs", "bookmarks"]
    shown = next(section for section in account(told, UTC) if section.key == "kept")
    assert "user Rev One, roles (reviewer), action read" in shown.plain
    source = (await sides.archive.syncs.all())[0].source_id
    (kept,) = (await sides.archive.syncs.area(source, "roles")).values()
    assert json(kept.data)["users"][0]["user_id"] == str(user)
    people = [json(one.data) for one in (await sides.archive.syncs.area(source, "participants")).values()]
    assert {one["display_name"] for one in people if one["is_business"]} == {"Bo"}

    with world.connected() as connection:
        update(connection, "annotations", {"id": note}, content="another remark", updated_at="now")
        delete(connection, "bookmarks", message_id=message)
        update(connection, "message_sentiment", {"message_id": message}, sentiment_label="neutral")
    await sides.sync()
    told = await whole(sides, world, 4)
    assert (told.bookmark, [one.text for one in told.annotations]) == (None, ["another remark"])
    assert json(told.record.raw)["sentiment"]["sentiment_label"] == "neutral"


async def test_files_status_and_read_state_of_threads(sides: Sides) -> None:
    world = await made(ThreadsApp(), sides)
    message, address = world.source.message_id(4), "https://files.example.org/plan.pdf"
    with world.connected() as connection:
        file = {"file_name": "plan.pdf", "file_type": "application/pdf", "file_size": 99, "file_url": address}
        insert(connection, "attachments", message_id=message, **file)
        update(connection, "messages", {"id": message}, status="read", metadata={"client": "ios"})
        lost = {"id": uuid_of(3, 900), "thread_id": world.source.chat_id("team"), "user_id": uuid_of(1, 0)}
        insert(connection, "messages", content="without a time", created_at=None, **lost)
    assert (await sides.sync()).stored.skipped == 1
    told = await whole(sides, world, 4)
    (found,) = told.record.message.attachments
    assert (found.file_name, found.path, told.record.message.kind) == ("plan.pdf", address, "document")
    assert told.record.raw == {"status": "read", "metadata": {"client": "ios"}}
    read = [one for one in told.kept if one.area == "read state"]
    assert {json(one.data)["username"] for one in read} == {"ana", "bo", "cy"}
    with world.connected() as connection:
        delete(connection, "attachments", message_id=message)
    await sides.sync()
    assert (await whole(sides, world, 4)).record.message.attachments == ()


async def test_media_tracking_and_the_exclusion_list_of_a_processor(sides: Sides) -> None:
    world = await made(WhatsAppProcessor(), sides)
    key = {"message_id": world.source.message_id(4)}
    followed = {"last_processed_message_id": "x", "resume_mode": "from_last"}
    with world.connected() as connection:
        address = "http://minio/b/p.jpg"
        insert(connection, "media_files", minio_url=address, media_type="photo", mime_type="image/jpeg", **key)
        update(connection, "messages", key, media_type="photo")
        insert(connection, "chat_tracking_state", jid=world.source.chat_id("team"), is_excluded=True)
        insert(connection, "chat_tracking_state", jid=world.source.chat_id("family"), **followed)
        insert(connection, "processing_state", is_paused=True, paused_at="now")
    await sides.sync()
    listed = await sides.archive.conversations.page(limit=9)
    assert {chat.title for chat in listed if chat.message_count} == {"Family", "Bo"}
    told = await whole(sides, world, 4)
    assert [file.path for file in told.record.message.attachments] == [address]
    assert told.record.message.kind == "image"
    state = next(json(one.data) for one in told.kept if one.area == "tracking state")
    assert {name: state[name] for name in followed} == followed
    with world.connected() as connection:
        update(connection, "media_files", key, deeplens_url="http://deeplens/p.jpg")
    await sides.sync()
    told = await whole(sides, world, 4)
    assert [file.path for file in told.record.message.attachments] == ["http://deeplens/p.jpg"]


async def test_payloads_states_windows_and_flows_of_a_builder_and_none_of_its_secrets(sides: Sides) -> None:
    world = await made(WhatsAppBuilder(), sides)
    chat, bot, target = world.source.chat_id("family"), uuid_of(7, 0), world.source.message_id(4)
    payloads = {
        "image": {"url": "https://cdn/a/b.jpg", "caption": "the harbour", "mimeType": "image/jpeg"},
        "interactive": {"type": "button_reply", "button_reply": {"id": "y", "title": "Yes, please"}},
        "reaction": {"messageId": target, "emoji": "👍"},
        "text": {"body": "plain body"},
    }
    secrets = {"accessToken": "TOP-SECRET", "webhookVerifyToken": "SECRET-TOO"}
    with world.connected() as connection:
        at = {"conversationId": chat, "senderId": uuid_of(1, 1), "timestamp": world.said[4].at}
        for n, (kind, content) in enumerate(payloads.items()):
            insert(connection, "messages", id=uuid_of(3, 900 + n), type=kind, content=content, **at)
        insert(connection, "chatbots", id=bot, name="Orders")
        flow = {"currentNodeId": "node-3", "variables": {"size": "L"}}
        insert(connection, "conversation_contexts", conversationId=chat, chatbotId=bot, **flow)
        insert(connection, "whatsapp_config", phoneNumberId="1", businessAccountId="2", **secrets)
    await sides.sync()
    messages = await sides.archive.messages.after(conversation_id("whatsapp_builder:test", chat), limit=100)
    by_text = {message.text: message for message in messages}
    assert by_text["the harbour"].kind == "image"
    assert [file.path for file in by_text["the harbour"].attachments] == ["https://cdn/a/b.jpg"]
    assert {"Yes, please", "plain body", "👍"} <= by_text.keys()
    told = await whole(sides, world, 4)
    assert [(one.emoji, one.senders) for one in told.record.message.reactions] == [("👍", ("Bo",))]
    assert json(told.record.raw)["status"] == "sent"
    kept = {one.area: json(one.data) for one in told.kept}
    assert (kept["flow states"]["chatbot"], kept["flow states"]["variables"]) == ("Orders", {"size": "L"})
    assert kept["conversations"]["windowEndsAt"].startswith("2024-04-10T09:00:00")
    with psycopg.connect(sides.dsn) as archive:
        held = archive.execute("SELECT string_agg(r.data::text, '') FROM backscroll.sync_records AS r").fetchone()
    assert "SECRET" not in str(held)
    with world.connected() as connection:
        delete(connection, "messages", type="reaction")
    await sides.sync()
    assert (await whole(sides, world, 4)).record.message.reactions == ()


def json(value: object) -> dict[str, Any]:
    """A JSON object, as the source has it."""
    assert isinstance(value, dict)
    return value
