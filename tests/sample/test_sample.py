"""The sample: its files are what the writer writes, every line is understood, and every note finds its message."""

import json
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from backscroll import sample
from backscroll.archive.opening import Archive
from backscroll.importing.export import open_export
from backscroll.importing.format import Choices, Reading
from backscroll.importing.formats import FORMATS
from backscroll.importing.records import Chat, Entry, Rejected
from backscroll.model import ids
from backscroll.model.message import Kind
from backscroll.model.review import Pass
from backscroll.reviewing.comparing import disagreements
from backscroll.reviewing.decided import decided
from backscroll.writing.overlay import Overlay
from tests.sample_writer.build import build

SAMPLE = Path(sample.__file__).parent
NOTES: dict[str, Any] = json.loads((SAMPLE / "notes.json").read_text("utf-8"))


def _open(path: Path) -> Reading:
    export = open_export(path)
    known = next(format_ for format_ in FORMATS if format_.recognises(export))
    return known.read(export, Choices(ZoneInfo(NOTES["time_zone"]), NOTES["time_zone"]))


@cache
def _records() -> list[tuple[str, Chat | Entry | Rejected]]:
    """Every chat, message and rejected line of all files, with the identity of its source."""
    found: list[tuple[str, Chat | Entry | Rejected]] = []
    for path in sorted((SAMPLE / "exports").iterdir()):
        reading = _open(path)
        records = (record for _, record in reading.records)
        found += [(reading.identity, record) for record in records if isinstance(record, (Chat, Entry, Rejected))]
    return found


def _entries() -> list[tuple[UUID, Entry]]:
    pairs = [(identity, record) for identity, record in _records() if isinstance(record, Entry)]
    return [(ids.conversation_id(identity, entry.chat), entry) for identity, entry in pairs]


def _conversation(row: dict[str, Any]) -> UUID:
    return ids.conversation_id(row["conversation"]["identity"], row["conversation"]["external_id"])


@cache
def _message_ids() -> Counter[UUID]:
    """How often each message's id occurs, made as the pipeline makes it."""
    repeats: Counter[tuple[UUID, datetime | None, str | None, str]] = Counter()
    found: Counter[UUID] = Counter()
    for conversation, entry in _entries():
        name = entry.external_id
        if name is None:
            assert entry.clock is not None
            key = (conversation, entry.clock, entry.person, entry.text)
            name = ids.message_name(entry.clock.isoformat(), entry.person, entry.text, repeats[key])
            repeats[key] += 1
        found[ids.message_id(conversation, name)] += 1
    return found


def test_the_writer_writes_the_shipped_files_byte_for_byte() -> None:
    made = build()
    shipped = {f"exports/{path.name}" for path in (SAMPLE / "exports").iterdir()} | {"notes.json"}
    assert set(made) == shipped
    assert [name for name, content in made.items() if (SAMPLE / name).read_bytes() != content] == []


def test_every_line_of_the_exports_is_understood() -> None:
    assert [record for _, record in _records() if isinstance(record, Rejected)] == []


def test_there_is_enough_to_page_through() -> None:
    chats = [record for _, record in _records() if isinstance(record, Chat)]
    sizes = Counter(conversation for conversation, _ in _entries())
    assert len(sizes) == len(chats) >= 14
    assert sizes.total() >= 6500
    assert max(sizes.values()) >= 1800
    years = {entry.sent_at.year for _, entry in _entries()}
    assert years == set(range(2019, 2027))


def test_the_sample_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 2_000_000


def test_every_feature_of_a_chat_occurs() -> None:
    entries = [entry for _, entry in _entries()]
    assert {entry.kind for entry in entries} >= set(Kind) - {Kind.CONTACT}
    assert sum(bool(entry.reactions) for entry in entries) > 200
    assert sum(entry.parent is not None for entry in entries) > 500
    assert sum(entry.thread is not None for entry in entries) > 500
    assert sum(entry.is_edited for entry in entries) > 20
    assert sum(entry.is_deleted for entry in entries) > 20
    assert (
        sum(
            attachment.sha256 is not None or attachment.size is not None
            for entry in entries
            for attachment in entry.attachments
        )
        > 50
    )


def test_chats_read_from_right_to_left_and_without_spaces_are_there() -> None:
    text = "".join(entry.text for _, entry in _entries())
    assert sum("\u0621" <= letter <= "\u064a" for letter in text) > 3000
    assert sum("\u3041" <= letter <= "\u30f6" for letter in text) > 2000


def test_no_slot_of_a_scene_was_left_open() -> None:
    texts = (entry.text for _, entry in _entries() if "```" not in entry.text)
    assert [text for text in texts if any(mark in text for mark in ("{", "}", "  #", "%encrypted%"))] == []


def test_neighbours_seldom_repeat_each_other() -> None:
    by_chat: dict[UUID, list[str]] = {}
    for conversation, entry in _entries():
        if len(entry.text) > 25 and entry.kind is not Kind.SYSTEM:
            by_chat.setdefault(conversation, []).append(entry.text)
    near = 0
    for texts in by_chat.values():
        near += sum(text in texts[max(0, place - 25) : place] for place, text in enumerate(texts))
    assert near < 0.01 * sum(map(len, by_chat.values()))


@pytest.mark.parametrize(("kind", "least"), [("bookmarks", 12), ("annotations", 20), ("read_marks", 14)])
def test_every_note_points_at_exactly_one_message(kind: str, least: int) -> None:
    chats = {conversation for conversation, _ in _entries()}
    assert len(NOTES[kind]) >= least
    for row in NOTES[kind]:
        assert _conversation(row) in chats, row
        message = row["message"]
        if message is None:
            continue
        name = message.get("external_id") or ids.message_name(message["clock"], message["sender"], message["text"], 0)
        assert _message_ids()[ids.message_id(_conversation(row), name)] == 1, row


def test_every_chat_has_a_read_mark_and_some_have_unread_messages() -> None:
    marks = {_conversation(row): row["message"] for row in NOTES["read_marks"]}
    assert set(marks) == {conversation for conversation, _ in _entries()}
    unread = sum(message is not None for message in marks.values())
    assert 3 <= unread < len(marks)


def test_summaries_count_the_messages_of_their_period() -> None:
    assert len(NOTES["summaries"]) >= 8
    assert any(row["period_start"] is None for row in NOTES["summaries"])
    for row in NOTES["summaries"]:
        times = [entry.sent_at for conversation, entry in _entries() if conversation == _conversation(row)]
        if row["period_start"] is not None:
            start, end = datetime.fromisoformat(row["period_start"]), datetime.fromisoformat(row["period_end"])
            times = [moment for moment in times if start <= moment < end]
        assert len(times) == row["message_count"] > 0, row["text"]


async def test_every_code_is_in_use_and_two_reviewers_differ_on_a_few_messages(sample_archive: Archive) -> None:
    book = await sample_archive.codes.book()
    assert [book.path(code) for _, code in book.walk()] == [row["path"] for row in NOTES["codes"]]
    given = {code for row in NOTES["review"]["decisions"] for codes in row["given"] for code in codes}
    assert [
        book.path(code) for _, code in book.walk() if not book.uses(code.id).whole and book.path(code) not in given
    ] == []
    (review,) = await sample_archive.reviews.all()
    found = await decided(sample_archive, Overlay([]), review)
    assert len(found.decisions) == 2 * review.size == 2 * len(NOTES["review"]["decisions"])
    assert 3 <= len(disagreements(found.decisions)) <= review.size / 4
    figures = found.figures(Pass.ALONE)[0]
    assert figures.kappa is not None
    assert 0.7 < figures.kappa < 0.95
    assert [d.remark for d in found.decisions if d.is_flagged] == ["Is a 5 a thank-you?"]
