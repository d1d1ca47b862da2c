"""REFI-QDA projects: built as the standard says, read where another program went on with them, harmless always."""

import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.exporting.refi.layout import author_id, body, head_line, read_head
from backscroll.exporting.refi.places import Placed, placed
from backscroll.exporting.refi.project import Selection
from backscroll.exporting.refi.reading import open_project
from backscroll.exporting.returning.bringing import bring
from backscroll.model.message import Cursor
from backscroll.model.notes import Annotation
from backscroll.model.writes import BookmarkSet
from backscroll.writing.noting import new_bookmark
from tests.exporting.noted import PART, TEXTS, export, note, write
from tests.making import chat, chat_id, store

NAMESPACE = "{urn:QDA-XML:project:1.0}"


async def test_a_project_holds_what_was_written_and_nothing_refers_to_what_is_not_there(
    archive: Archive, tmp_path: Path
) -> None:
    notes = await note(archive)
    await store(archive, chat("d", ["nobody's business"]))
    (alone,) = await archive.messages.after(chat_id("d"), limit=2)
    await write(archive, BookmarkSet(new_bookmark(alone, "")))
    with zipfile.ZipFile(await export(archive, tmp_path / "notes.qdpx")) as project:
        root = ET.fromstring(project.read("project.qde"))
        (source,) = root.iter(f"{NAMESPACE}TextSource")
        path = source.get("plainTextPath", "").replace("internal://", "sources/")
        assert set(project.namelist()) == {"project.qde", path}
        text = project.read(path).decode()
    assert root.tag == f"{NAMESPACE}Project"
    identities = [element.get("guid") for element in root.iter() if element.get("guid")]
    for element in root.iter():
        assert element.get("targetGUID") in {None, *identities}
        assert element.get("creatingUser") in {None, *identities}
    selections = {UUID(one.get("guid")): one for one in root.iter(f"{NAMESPACE}PlainTextSelection")}
    assert selections.keys() == {one.id for one in notes if isinstance(one, Annotation)}
    for one in notes:
        if isinstance(one, Annotation) and one.span:
            place = selections[one.id]
            assert text[int(place.get("startPosition", "")) : int(place.get("endPosition", ""))] == one.quote
    users = {UUID(user.get("guid")): user.get("name") for user in root.iter(f"{NAMESPACE}User")}
    assert users == {author_id(""): "Backscroll", author_id("Eve"): "Eve"}
    cases = {case.get("name"): len(case) for case in root.iter(f"{NAMESPACE}Case")}
    assert cases == {"Ana": 3, "Bo": 4}
    assert {code.get("name") for code in root.iter(f"{NAMESPACE}Code")} == {
        *("Theme", "Part/1", "Category", "mood", "Tag", "x", "y z"),
    }


async def test_what_another_program_added_finds_its_message_by_the_text(archive: Archive, tmp_path: Path) -> None:
    await note(archive)
    path = await export(archive, tmp_path / "notes.qdpx")
    with zipfile.ZipFile(path) as project:
        whole = project.read("project.qde").decode()
        (name,) = (name for name in project.namelist() if name.endswith(".txt"))
        text = project.read(name).decode()
    start = text.index("the end")
    added = [("word", start + 4, start + 7), ("nowhere", len(text) + 5, len(text) + 9), ("whole", start - 3, start + 8)]
    selections = "".join(
        f'<PlainTextSelection guid="{{{str(uuid5(UUID(int=1), label)).upper()}}}" startPosition="{begin}" '
        f'endPosition="{end}" creationDateTime="2026-01-01T00:00:00"><Description>{label}</Description>'
        f'<Coding guid="{uuid5(UUID(int=2), label)}"><CodeRef targetGUID="{PART}"/></Coding></PlainTextSelection>'
        for label, begin, end in added
    )
    renamed = re.sub(r'name="messages? [^"]*"', 'name="other"', whole)
    changed = renamed.replace("</TextSource>", f"{selections}</TextSource>")
    _pack(path, {"project.qde": changed, name: text})
    done = await bring(archive, path, lambda *_: None)
    assert (done.found, done.there, done.unread) == (2, 6, 1)
    found = {one.text: one for one in await archive.annotations.page(limit=20)}
    assert (found["word"].quote, found["word"].span, found["word"].codes) == ("end", (4, 7), (PART,))
    assert (found["whole"].quote, found["whole"].span, found["whole"].sender) == ("the end", None, "Bo")
    assert found["word"].message == found["@end"].message


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"project.qde": '<!DOCTYPE a [<!ENTITY b "c">]><Project>&b;</Project>'}, "document type"),
        ({"project.qde": "<Project>&b;</Project>"}, "not XML"),
        ({"project.qde": "<Other/>"}, "first element"),
        ({"project.qde": "<Project>" + "<Set>" * 200}, "deep"),
        ({"project.qde": "<Project><Users><User guid='no'/></Users></Project>"}, "badly formed"),
        ({"project.qde": "<Project>" + " " * 30_000_000 + "</Project>"}, "absurd size"),
        ({"../project.qde": "<Project/>"}, "lead out"),
        ({"other.xml": "<Project/>"}, "no project file"),
    ],
)
def test_a_project_that_would_do_harm_is_refused_with_the_reason(
    tmp_path: Path, files: dict[str, str], told: str
) -> None:
    _pack(tmp_path / "notes.qdpx", files)
    with pytest.raises(AppError) as refused:
        open_project(tmp_path / "notes.qdpx")
    assert told in f"{refused.value.title} {refused.value.hint}"


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=6), st.data())
def test_any_stretch_of_any_message_is_found_again_in_the_text(texts: list[str], data: st.DataObject) -> None:
    moments = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(microseconds=i) for i in range(len(texts))]
    zone = timezone(timedelta(hours=5, minutes=30))
    whole, starts = "", []
    for text, moment in zip(texts, moments, strict=True):
        whole += head_line("Ana · Bo", Cursor(moment, UUID(int=1)), zone)
        starts.append(len(whole))
        whole += body(text) + "\n\n"
    which = data.draw(st.sampled_from(range(len(texts))))
    first = data.draw(st.integers(0, len(texts[which])))
    last = data.draw(st.integers(first, len(texts[which])))
    now = datetime(2024, 1, 1, tzinfo=UTC)
    asked = Selection(UUID(int=2), "", starts[which] + first, starts[which] + last, None, now, now, "", ())
    (found,) = placed(_lines(whole), [asked])
    assert isinstance(found, Placed)
    assert (found.head.sent_at, found.end) == (moments[which], None)
    size = len(body(texts[which]).rstrip("\n"))
    last = min(last, size)
    assert found.span == (None if (first, last) == (0, size) or first >= last else (first, last))


def test_a_head_tells_who_and_when_and_no_text_looks_like_one() -> None:
    moment = datetime(2024, 3, 12, 9, 0, 0, 5, tzinfo=UTC)
    for sender in ("Ana", "A · B", None):
        head = read_head(head_line(sender, Cursor(moment, UUID(int=1)), UTC))
        assert head is not None
        assert (head.sender, head.sent_at) == (sender, moment)
    assert not [line for line in _lines(body(TEXTS[1])) if read_head(line)]
    assert len(body(TEXTS[1])) == len(TEXTS[1])


def _lines(text: str) -> list[str]:
    """As a file gives them: only a newline ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _pack(path: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
