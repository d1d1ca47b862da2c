"""Notes are written in every format that people and other programs read."""

import csv
import json
from pathlib import Path

import jsonschema

from backscroll.archive.opening import Archive
from backscroll.exporting.collection import collect
from backscroll.exporting.notes import FORMATS, lines
from backscroll.exporting.records import schema
from backscroll.model.message import Cursor
from backscroll.model.notes import Annotation, Bookmark
from tests.exporting.noted import PART, TEXTS, THEME, export, note
from tests.exporting.test_messages import Tags


async def test_every_line_of_exported_notes_is_as_the_schema_says(archive: Archive, tmp_path: Path) -> None:
    notes = await note(archive)
    path = await export(archive, tmp_path / "notes.jsonl")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    kept = json.loads((Path(lines.__file__).parent / "schema.json").read_text())
    assert kept == schema(), "python -m backscroll export schema > schema.json"
    validator = jsonschema.Draft202012Validator(kept, format_checker=jsonschema.FormatChecker())
    for row in rows:
        validator.validate(row)
    assert not validator.is_valid({"type": "annotation", "id": "no"})
    kinds = ["header", "code", "code", *["annotation"] * 4, "bookmark", *["annotation"] * 2, "end"]
    assert [row["type"] for row in rows] == kinds
    assert (rows[0]["format"], rows[0]["version"]) == ("backscroll notes", 1)
    assert (rows[2]["id"], rows[2]["parent_id"]) == (str(PART), str(THEME))
    assert {row["id"] for row in rows[3:-1]} == {str(one.id) for one in notes}
    assert rows[-1] == {"type": "end", "codes": 2, "bookmarks": 1, "annotations": 6}
    odd = next(row for row in rows if row.get("text") == "odd")
    assert (odd["span_start"], odd["span_end"], odd["quote"]) == (5, 10, TEXTS[1][5:10])


async def test_notes_are_narrowed_to_a_chat_and_to_codes(archive: Archive) -> None:
    await note(archive)
    chat = (await archive.messages.after((await archive.conversations.titles())[0][0], limit=1))[0].conversation_id

    async def found(**only: object) -> list[Annotation | Bookmark]:
        collection = await collect(archive, None, lambda _done, _total: None, **only)  # type: ignore[arg-type]
        return [one for of in collection.chats async for one in collection.notes(of)]

    assert len(await found()) == len(await found(chat=chat)) == 7
    assert await found(chat=THEME) == []
    assert len(await found(codes=[PART])) == 3
    coded = await found(codes=[THEME])
    assert [bool({THEME, PART} & set(one.codes)) for one in coded if isinstance(one, Annotation)] == [True] * 4
    places: list[Cursor] = [one.message for one in await found()]
    assert places == sorted(places)


async def test_people_read_notes_as_text_page_and_table(archive: Archive, tmp_path: Path) -> None:
    await note(archive)
    markdown = (await export(archive, tmp_path / "notes.md")).read_text()
    assert "## Codebook\n\n- **Theme**: All of it\n  - **Part/1**\n" in markdown
    assert "✎ Note · Theme · mood · \\#x · \\#y z" in markdown.replace(" #", " \\#")
    page = Tags((await export(archive, tmp_path / "notes.html")).read_text())
    assert not {tag for tag, _ in page.tags} & {"script", "img", "plant", "b2"}
    assert "a <b>remark</b>" in page.words
    assert "message gone" in page.words
    table = (await export(archive, tmp_path / "notes.csv")).read_text("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines(keepends=True)))
    assert len(rows) == 7
    assert {row["codes"] for row in rows} == {"", "Theme", "Theme/Part/1", "Theme/Part/1; Theme"}
    assert {"'@end", "'-> look"} <= {row["text"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


async def test_programs_that_label_texts_get_messages_with_their_codes(archive: Archive, tmp_path: Path) -> None:
    await note(archive)
    path = await export(archive, tmp_path / "notes.doccano.jsonl")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert [row["text"] for row in rows[:3]] == list(TEXTS[:3])
    assert rows[0]["entities"] == [[14, 18, "Theme/Part/1"]]
    assert rows[0]["label"] == [[0, 21, "Theme"], [0, 21, "mood"], [14, 18, "Theme/Part/1"]]
    assert rows[0]["text"][14:18] == "keys"
    assert [row["cats"] for row in rows[1:]] == [["Theme", "Theme/Part/1"], ["Theme/Part/1"], ["Theme/Part/1"], [], []]
    assert rows[4]["text"] == "to be deleted"
    tasks = json.loads((await export(archive, tmp_path / "tasks.json")).read_text())
    assert [task["data"]["text"] for task in tasks] == [row["text"] for row in rows]
    second = tasks[1]
    assert second["data"]["authors"] == ["", "Eve"]
    own, eve = (one["result"] for one in second["annotations"])
    assert [one["value"] for one in own] == [{"choices": ["Theme/Part/1"]}, {"text": ["all this"]}]
    assert eve[0]["value"] == {"start": 5, "end": 10, "text": "r the", "labels": ["Theme/Part/1", "Theme"]}


def test_every_format_has_a_name_and_an_ending_of_its_own() -> None:
    endings = [ending for form in FORMATS for ending in form.suffixes]
    assert len(set(endings)) == len(endings)
    assert len({form.name for form in FORMATS}) == len(FORMATS)
