"""Chats and searches are written to files in every format, whole, in order, and with nothing that runs."""

import csv
import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.exporting.entries import of_chat, of_search
from backscroll.exporting.format import format_for
from backscroll.exporting.messages import FORMATS
from backscroll.exporting.rows import message_row
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.conversation import Place
from backscroll.model.query import Sent
from backscroll.searching.language import parse
from tests.making import START, chat, chat_id, store
from tests.noting import annotate, bookmark

HOSTILE = "=HYPERLINK(1) <script>x()</script> \x1b[2J \u202e [@click=quit]"

EVER = Sent()


def quiet(done: int, total: int) -> None:
    """Nobody looks."""


async def keys(archive: Archive) -> Place:
    """A chat of four messages; the third is hostile, and bears a bookmark and an annotation."""
    await store(archive, [
        Chat("c", "Family"), Person("c", "ana", "Ana"),
        Entry("c", START, "ana", "Where are the keys? https://a.example/?a=1&b=2", external_id="m0"),
        Entry("c", START + timedelta(days=1), "ana", "*found*", external_id="m1", parent="m0"),
        Entry("c", START + timedelta(days=2), "ana", HOSTILE, external_id="m2"),
        Entry("c", START + timedelta(days=3), "ana", "fine", external_id="m3", is_edited=True),
    ])  # fmt: skip
    odd = (await archive.messages.after(chat_id("c"), limit=4))[2]
    place = Place(odd.conversation_id, odd.cursor)
    await bookmark(archive, place, title="+1", notes="look again")
    await annotate(archive, place, "a <b>remark</b>", category="theme", tags=["x"])
    return place


async def write(archive: Archive, path: Path, sent: Sent = EVER) -> str:
    found = await archive.conversations.get(chat_id("c"))
    await format_for(FORMATS, path, None).export(path, await of_chat(archive, found, sent, UTC, quiet))
    return path.read_text("utf-8-sig")


class Tags(HTMLParser):
    """The tags and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


async def test_a_chat_is_written_in_every_format(archive: Archive, tmp_path: Path) -> None:
    place = await keys(archive)
    plain = await write(archive, tmp_path / "chat.txt")
    assert plain.splitlines()[0] == "Family"
    places = [plain.index(words) for words in ("12 Mar 2024", "Where are", "*found*", "★ Bookmark: +1", "a <b>rem")]
    assert places == sorted(places)
    markdown = await write(archive, tmp_path / "chat.md")
    assert "\\*found\\*" in markdown
    assert "\n- ★ Bookmark: +1\n\n  look again\n- ✎ Note · theme · #x\n\n  a \\<b\\>remark" in markdown
    page = Tags(await write(archive, tmp_path / "chat.html"))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "iframe", "link", "button"}
    assert ("article", [("id", str(place.cursor.id))]) in page.tags
    assert "<script>x()</script>" in page.words
    links = [dict(attributes)["href"] for tag, attributes in page.tags if tag == "a"]
    assert set(links) == {"https://a.example/?a=1&b=2"}
    for text in (plain, markdown, page.words):
        assert not set(text) & {"\x1b", "\u202e"}
    with pytest.raises(AppError, match="means no format"):
        format_for(FORMATS, Path("chat.docx"), None)


async def test_a_table_holds_no_formula(archive: Archive, tmp_path: Path) -> None:
    await keys(archive)
    first, *_ = rows = list(csv.DictReader((await write(archive, tmp_path / "chat.csv")).splitlines(keepends=True)))
    assert [row["sender"] for row in rows] == ["Ana"] * 4
    assert first["sent_at"] == START.isoformat()
    assert rows[2]["text"].startswith("'=HYPERLINK(1) <script>")
    assert rows[2]["notes"] == "★ Bookmark: +1\nlook again\n\n✎ Note · theme · #x\na <b>remark</b>"
    assert rows[3]["is_edited"] == "1"


async def test_exported_lines_are_what_show_prints_and_can_be_imported(archive: Archive, tmp_path: Path) -> None:
    place = await keys(archive)
    lines = [json.loads(line) for line in (await write(archive, tmp_path / "chat.jsonl")).splitlines()]
    shown = await archive.messages.after(place.conversation_id, limit=10)
    assert [line["text"] for line in lines] == [message.text for message in shown]
    assert list(lines[0]) == [*message_row(shown[0]), "conversation", "bookmark", "annotations"]
    assert (lines[2]["bookmark"]["title"], lines[2]["annotations"][0]["tags"]) == ("+1", ["x"])
    assert (lines[0]["bookmark"], lines[0]["annotations"], lines[0]["conversation"]) == (None, [], "Family")
    report = await import_paths(archive, [tmp_path / "chat.jsonl"], Choices(UTC, "UTC"))
    assert (report.stored.messages, report.stored.skipped) == (4, 0)


async def test_only_a_stretch_of_time_is_written(archive: Archive, tmp_path: Path) -> None:
    await store(archive, chat("c", map(str, range(1203)), step=timedelta(hours=1)))
    told: list[tuple[int, int]] = []
    found = await archive.conversations.get(chat_id("c"))
    sent = Sent(START + timedelta(hours=100), START + timedelta(hours=1203))
    entries = (await of_chat(archive, found, sent, UTC, lambda *counts: told.append(counts))).entries
    assert [entry.message.text async for entry in entries] == [str(i) for i in range(100, 1203)]
    assert told == [(0, 1103), (500, 1103), (1000, 1103), (1103, 1103)]
    nothing = (await of_chat(archive, found, Sent(datetime(2030, 1, 1, tzinfo=UTC)), UTC, quiet)).entries
    assert [entry async for entry in nothing] == []


async def test_all_hits_of_a_search_are_written_with_their_chats(archive: Archive, tmp_path: Path) -> None:
    await store(archive, chat("c", (f"key {i}" for i in range(700))) + chat("d", (f"key {i}" for i in range(20))))
    messages = await of_search(archive, parse("key"), "oldest", UTC, quiet)
    entries = [entry async for entry in messages.entries]
    assert len({entry.message.id for entry in entries}) == 720
    assert all(one.message.sent_at <= other.message.sent_at for one, other in pairwise(entries))
    path = tmp_path / "hits.md"
    await format_for(FORMATS, path, None).export(path, await of_search(archive, parse("key 19"), "newest", UTC, quiet))
    assert path.read_text().startswith("# Search: key 19\n")
    assert "**Bo** · 09:19 · D\n\nkey 19\n" in path.read_text()
