"""The account of a message says everything, cleanly, with its moment in every zone that matters."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Cursor, Kind, Message, Quote, Reaction
from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.record import MessageRecord, Source
from backscroll.reading.account import Section, account, raw_json
from backscroll.reading.whole import Whole
from backscroll.text import safe

HOSTILE = "\x1b]0;owned\x07 \u202etxt.exe [red]"
AT = datetime(2024, 3, 12, 9, 0, 0, 2, tzinfo=UTC)
CHAT, ID, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
MESSAGE = Message(
    CHAT, AT, ID, 2, Kind.TEXT, "see https://a.example/x and https://b.example", OTHER, "Ana", True, None, None, None,
    False, False,
)  # fmt: skip
SOURCE = Source("Phone", "whatsapp", "whatsapp:1", "Asia/Tokyo")
RECORD = MessageRecord(
    MESSAGE, None, None, "Family", ConversationKind.GROUP, "family", SOURCE, "U1", None, None, None, False
)  # fmt: skip


def sections(record: MessageRecord, bookmark: Bookmark | None = None, *notes: Annotation) -> dict[str, Section]:
    return {s.key: s for s in account(Whole(record, bookmark, notes), ZoneInfo("Europe/Berlin"))}


def rows(record: MessageRecord, key: str = "message") -> dict[str, str]:
    return dict(sections(record)[key].rows)


def test_the_moment_is_told_in_the_persons_zone_in_the_sources_and_in_utc() -> None:
    told = rows(RECORD)
    assert told["your time"] == "Tue 12 Mar 2024 10:00:00 Europe/Berlin (+0100)"
    assert told["source's time"] == "Tue 12 Mar 2024 18:00:00 Asia/Tokyo (+0900)"
    assert told["UTC"] == "Tue 12 Mar 2024 09:00:00 UTC (+0000)"
    assert told["order"].startswith("2 µs are added")
    assert "order" not in rows(replace(RECORD, message=structs.replace(MESSAGE, tie=0)))


def test_a_zone_that_nobody_knows_and_the_ends_of_the_calendar_are_no_error() -> None:
    for zone in ("Mars/Olympus", "../../etc/passwd", "", HOSTILE):
        told = rows(replace(RECORD, source=replace(SOURCE, time_zone=zone)))["source's time"]
        assert told == f"{' '.join(safe(zone).split())}, a zone that is not known here"
    for moment in (datetime.min, datetime.max):
        message = structs.replace(MESSAGE, sent_at=moment.replace(tzinfo=UTC), tie=0)
        assert str(moment.year) in rows(replace(RECORD, message=message))["your time"]


def test_states_come_from_the_archive_and_from_the_sources_record() -> None:
    raw = {"forwarded_from": "Bo", "delivery_status": {"read": 3}, "text": "no state", "is_deleted": None}
    message = structs.replace(MESSAGE, is_edited=True, is_deleted=True, is_bookmarked=True)
    told = rows(replace(RECORD, message=message, raw=raw, is_read=True))
    assert told["state"] == "edited, deleted, bookmarked, read"
    assert (told["forwarded_from"], told["delivery_status"]) == ("Bo", "read 3")
    assert not {"text", "is_deleted"} & told.keys()
    assert rows(RECORD)["state"] == "not read yet"


def test_links_files_reactions_and_notes_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"1")
    there = Attachment("a.jpg", "image/jpeg", 2_400_000, "ab" * 32, str(tmp_path / "a.jpg"))
    gone = Attachment(None, None, None, None, None)
    message = structs.replace(
        MESSAGE, attachments=(there, gone), reactions=(Reaction("👍", ("Ana", "Bo"), 5), Reaction("🎉", (), 1))
    )
    mark = Bookmark(ID, CHAT, "Family", MESSAGE.cursor, "Ana", "", "Keys", "look again", AT, AT)
    note = Annotation(ID, CHAT, "Family", MESSAGE.cursor, "Ana", "", "odd", "theme", ("x",), AT, AT)
    found = sections(replace(RECORD, message=message), mark, note)
    assert found["links"].plain == "1: https://a.example/x\n2: https://b.example"
    assert dict(found["file-0"].rows) == {
        "name": "a.jpg",
        "type": "image/jpeg",
        "size": "2,400,000 bytes",
        "sha256": "ab" * 32,
        "path": str(tmp_path / "a.jpg"),
        "the file": "there",
    }
    assert dict(found["file-1"].rows) == {"the file": "the export came without it"}
    assert found["reactions"].rows == [("👍", "Ana, Bo and 3 more"), ("🎉", "1 person")]
    notes = dict(found["notes"].rows)
    assert notes["bookmark"].startswith("Keys · look again (Tue 12 Mar 2024")
    assert notes["remark"].startswith("odd [theme #x] (Tue 12 Mar 2024")


def test_what_a_message_answers_is_quoted_or_said_to_be_missing() -> None:
    quote = Quote(Cursor(AT - timedelta(days=1), OTHER), "Bo", "where?")
    answer = replace(RECORD, message=structs.replace(MESSAGE, parent_id=OTHER, quote=quote), parent_external_id="m1")
    assert rows(answer, "parent")["text"] == "where?"
    assert rows(answer, "parent")["source's id"] == "m1"
    orphan = replace(RECORD, message=structs.replace(MESSAGE, parent_id=OTHER))
    assert rows(orphan, "parent")["text"] == "The message is not in this archive."
    assert not {"parent", "thread", "raw", "notes", "reactions"} & sections(RECORD).keys()


def test_nothing_that_a_terminal_acts_on_is_in_an_account() -> None:
    file = Attachment(HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE)
    message = structs.replace(
        MESSAGE, text=HOSTILE, sender=HOSTILE, attachments=(file,), reactions=(Reaction(HOSTILE, (HOSTILE,)),),
        parent_id=OTHER, quote=Quote(MESSAGE.cursor, HOSTILE, HOSTILE), thread_id=OTHER,
    )  # fmt: skip
    record = MessageRecord(
        message, HOSTILE, {HOSTILE: HOSTILE, f"status {HOSTILE}": HOSTILE}, HOSTILE, ConversationKind.GROUP, HOSTILE,
        Source(HOSTILE, HOSTILE, HOSTILE, HOSTILE), HOSTILE, HOSTILE, HOSTILE, HOSTILE, False,
    )  # fmt: skip
    mark = Bookmark(ID, CHAT, HOSTILE, MESSAGE.cursor, HOSTILE, HOSTILE, HOSTILE, HOSTILE, AT, AT)
    note = Annotation(ID, CHAT, HOSTILE, MESSAGE.cursor, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), AT, AT)
    for section in sections(record, mark, note).values():
        for text in (section.title, section.text, *(part for row in section.rows for part in row)):
            assert text == safe(text)


def test_names_of_a_megabyte_and_links_without_end_are_cut() -> None:
    text = " ".join(f"https://example.org/{number}" for number in range(5000))
    message = structs.replace(
        MESSAGE, text=text, sender="x" * 10**6, reactions=(Reaction("y" * 10**6, ("z" * 10**6,)),)
    )
    for section in sections(replace(RECORD, message=message)).values():
        assert len(section.title) <= 200
        assert all(len(name) <= 200 and len(value) <= 20_000 for name, value in section.rows)
        assert len(section.rows) <= 200
    assert sections(replace(RECORD, message=message))["text"].text == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
@example("e" + "\u0301" * 9)
def test_a_record_as_json_is_still_the_same_value_and_clean_in_the_account(raw: object) -> None:
    assert json.loads(raw_json(raw)) == raw
    shown = sections(replace(RECORD, raw={"inner": raw}))["raw"].text
    assert shown == safe(shown)
    assert not set(shown) & {"\x1b", "\u202e", "\x9b", "\u200b"}


def test_a_record_that_is_nested_too_deep_is_said_to_be() -> None:
    raw: list[object] = []
    for _ in range(100_000):
        raw = [raw]
    assert raw_json(raw) == '"It is nested too deep to be written down."'
