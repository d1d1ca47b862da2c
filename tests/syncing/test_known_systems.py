"""What is particular to chat systems that others have written: reactions, edits, threads, files and states."""

from typing import Any

from backscroll.model.conversation import Place
from backscroll.model.ids import conversation_id
from backscroll.model.message import Message
from tests.syncing.conftest import Sides
from tests.syncing.rows import delete, insert, update
from tests.syncing.systems.chatwoot import Chatwoot
from tests.syncing.systems.evolution import Evolution
from tests.syncing.systems.mattermost import Mattermost
from tests.syncing.systems.open_webui import OpenWebUI
from tests.syncing.systems.synapse import Synapse, event_of
from tests.syncing.systems.zulip import Zulip
from tests.syncing.test_what_sources_keep import json, made
from tests.syncing.world import World


async def messages(sides: Sides, world: World, chat: str = "family") -> dict[str, Message]:
    """The messages of a chat by the ids that the source gives them."""
    conversation = conversation_id(f"{world.source.name}:test", world.source.chat_id(chat))
    found = await sides.archive.messages.after(conversation, limit=100)
    records = [await sides.archive.messages.record(Place(conversation, one.cursor)) for one in found]
    return {one.external_id or "": one.message for one in records if one is not None}


async def raw(sides: Sides, message: Message) -> dict[str, Any]:
    """The source's own record of a message."""
    record = await sides.archive.messages.record(Place(message.conversation_id, message.cursor))
    assert record is not None
    return json(record.raw)


def reactions(message: Message) -> dict[str, tuple[str, ...]]:
    return {one.emoji: one.senders for one in message.reactions}


async def test_evolution_has_kinds_files_reactions_and_states(sides: Sides) -> None:
    world = await made(Evolution(), sides)
    target, key = world.source.message_id(4), {"remoteJid": "family@g.us", "fromMe": True}
    common = {"messageTimestamp": int(world.said[4].at.timestamp()), "instanceId": "i1"}
    with world.connected() as connection:
        picture = {"imageMessage": {"caption": "the harbour", "mimetype": "image/jpeg", "url": "https://mmg/x"}}
        insert(
            connection,
            "Message",
            id="cx1",
            key=key | {"id": "IMG"},
            messageType="imageMessage",
            message=picture,
            **common,
        )
        thumb = {"reactionMessage": {"key": {"id": target}, "text": "👍"}}
        insert(
            connection,
            "Message",
            id="cx2",
            key=key | {"id": "RE"},
            messageType="reactionMessage",
            message=thumb,
            **common,
        )
        about = {"keyId": target, "remoteJid": "family@g.us", "fromMe": True, "instanceId": "i1"}
        insert(connection, "MessageUpdate", id="cu1", status="READ", messageId=f"cl{4:023}", **about)
    await sides.sync()
    found = await messages(sides, world)
    assert (found["IMG"].text, found["IMG"].kind, found["IMG"].is_owner) == ("the harbour", "image", True)
    assert [(file.mime_type, file.path) for file in found["IMG"].attachments] == [("image/jpeg", "https://mmg/x")]
    assert (reactions(found[target]), "RE" in found) == ({"👍": ("office",)}, False)
    assert (await raw(sides, found[target]))["status"] == "READ"
    with world.connected() as connection:
        insert(connection, "MessageUpdate", id="cu2", status="DELETED", messageId=f"cl{4:023}", **about)
    async with sides.session() as session:
        await session.quick_pass()
    assert (await messages(sides, world))[target].is_deleted


async def test_chatwoot_has_private_notes_activities_and_files(sides: Sides) -> None:
    world = await made(Chatwoot(), sides)
    at = world.said[4].at.replace(tzinfo=None)
    common = {"conversation_id": 1, "created_at": at, "updated_at": at}
    with world.connected() as connection:
        private = {"sender_type": "User", "sender_id": 2, "private": True}
        insert(connection, "messages", id=901, content="between us", message_type=1, status=2, **private, **common)
        insert(connection, "messages", id=902, content="Bo resolved it", message_type=2, **common)
        insert(connection, "attachments", id=7, message_id=901)
        insert(connection, "active_storage_attachments", name="file", record_type="Attachment", record_id=7, blob_id=3)
        insert(
            connection,
            "active_storage_blobs",
            id=3,
            key="k3",
            filename="a.pdf",
            content_type="application/pdf",
            byte_size=9,
        )
        update(connection, "conversations", {"id": 1}, status=1, assignee_id=2, cached_label_list="boats")
    await sides.sync()
    found = await messages(sides, world)
    assert (found["902"].kind, found["902"].sender, found["901"].sender) == ("system", None, "Bo")
    assert [(file.file_name, file.size, file.path) for file in found["901"].attachments] == [("a.pdf", 9, "k3")]
    kept = await raw(sides, found["901"])
    assert (kept["private"], kept["status"], kept["direction"]) == (True, "read", "outgoing")
    place = Place(found["901"].conversation_id, found["901"].cursor)
    (state,) = await sides.archive.syncs.records_about(place.conversation_id, place.cursor.id, limit=9)
    assert (json(state.data)["state"], json(state.data)["assignee"]) == ("resolved", "Bo")
    assert (await sides.archive.conversations.get(place.conversation_id)).topic == "WhatsApp · boats"


async def test_mattermost_has_threads_reactions_and_what_was_deleted(sides: Sides) -> None:
    world = await made(Mattermost(), sides)
    post = {"id": world.source.message_id(4)}
    with world.connected() as connection:
        insert(connection, "reactions", userid=f"u{1:025}", postid=post["id"], emojiname="tada", createat=1, deleteat=0)
        update(connection, "posts", post, updateat=9_999_999_999_999)
    await sides.sync()
    found = await messages(sides, world)
    assert reactions(found[post["id"]]) == {":tada:": ("Bo",)}
    root, answer = found[world.source.message_id(8)], found[world.source.message_id(12)]
    assert (answer.thread_id, answer.parent_id, answer.thread_id is not None) == (root.thread_id, root.id, True)
    with world.connected() as connection:
        delete(connection, "reactions", emojiname="tada")
        update(connection, "posts", post, updateat=9_999_999_999_998, deleteat=9_999_999_999_998)
    await sides.sync()
    gone = (await messages(sides, world))[post["id"]]
    assert (gone.is_deleted, gone.text, gone.reactions) == (True, "", ())


async def test_synapse_has_edits_reactions_threads_redactions_and_encrypted_rooms(sides: Sides) -> None:
    world = await made(Synapse(), sides)
    at, target, root = world.said[4].at, world.source.message_id(4), world.source.message_id(8)
    with world.connected() as connection:
        thumb = event_of(connection, "m.reaction", "family", "bo", at, {})
        about = {"relates_to_id": target, "relation_type": "m.annotation", "aggregation_key": "👍"}
        insert(connection, "event_relations", event_id=thumb, **about)
        threaded = event_of(connection, "m.room.message", "family", "cy", at, {"msgtype": "m.text", "body": "inside"})
        insert(connection, "event_relations", event_id=threaded, relates_to_id=root, relation_type="m.thread")
        secret = event_of(
            connection, "m.room.encrypted", "family", "cy", at, {"algorithm": "m.megolm", "ciphertext": "x"}
        )
    world.edit(0, "said better")
    await sides.sync()
    found = await messages(sides, world)
    assert reactions(found[target]) == {"👍": ("Bo",)}
    assert (found[world.source.message_id(0)].text, found[world.source.message_id(0)].is_edited) == (
        "said better",
        True,
    )
    assert (found[threaded].thread_id, found[threaded].thread_id is not None) == (found[root].thread_id, True)
    assert (found[secret].text, (await raw(sides, found[secret]))["kind"]) == ("", "encrypted")
    assert "Ana joined" in {one.text for one in found.values() if one.kind == "system"}
    with world.connected() as connection:
        for event in (thumb, world.source.message_id(0)):
            redaction = event_of(connection, "m.room.redaction", "family", "bo", at, {})
            insert(connection, "redactions", event_id=redaction, redacts=event)
    async with sides.session() as session:
        await session.quick_pass()
    found = await messages(sides, world)
    assert (found[target].reactions, found[world.source.message_id(0)].is_deleted) == ((), True)


async def test_zulip_has_topics_and_emoji(sides: Sides) -> None:
    world = await made(Zulip(), sides)
    with world.connected() as connection:
        for name, code, kind in (("tada", "1f389", "unicode_emoji"), ("boat", "7", "realm_emoji")):
            keys = {"emoji_name": name, "emoji_code": code, "reaction_type": kind}
            insert(connection, "zerver_reaction", message_id=5, user_profile_id=2, **keys)
        update(connection, "zerver_message", {"id": 3}, subject="moved", last_edit_time="now")
    await sides.sync()
    found = await messages(sides, world)
    assert reactions(found["5"]) == {"🎉": ("Bo",), ":boat:": ("Bo",)}
    threads = await sides.archive.threads.page(found["5"].conversation_id, limit=5)
    assert {thread.title for thread in threads} == {"boats", "moved"}
    assert found["3"].thread_id != found["5"].thread_id


async def test_open_webui_has_every_answer_to_a_question(sides: Sides) -> None:
    world = await made(OpenWebUI(), sides)
    with world.connected() as connection:
        (tree,) = connection.execute("SELECT chat FROM chat WHERE id = 'family'").fetchone() or ({},)
        for name in ("again", "once more"):
            answer = {"parentId": "m0004", "role": "assistant", "content": name, "model": "cy", "timestamp": 1710234100}
            tree["history"]["messages"][name] = answer
        update(connection, "chat", {"id": "family"}, chat=tree, updated_at=1)
    await sides.sync()
    found = await messages(sides, world)
    question = found["m0004"].id
    assert [found[name].parent_id for name in ("again", "once more")] == [question, question]
    assert found["again"].sender == "Cy"
