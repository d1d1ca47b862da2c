"""Files, folders and zips as exports, and text that a database would refuse."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.importing import decoding
from backscroll.importing.export import open_export
from backscroll.importing.media import kind_of, mime_type
from backscroll.model.message import Kind
from backscroll.model.storable import storable, storable_value
from tests.importing.export_files import zipped


def test_members_are_named_the_same_in_a_folder_and_in_a_zip(tmp_path):
    members = {"b/two.txt": b"22", "a.txt": b"1", "b.txt": b"333"}
    members |= {"__MACOSX/._a.txt": b"x", ".hidden/c": b"x", "b/.DS_Store": b"x"}
    for name, content in members.items():
        place = tmp_path / "folder" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    folder, archive = open_export(tmp_path / "folder"), open_export(zipped(tmp_path / "x.zip", members))
    assert folder.members == archive.members == ("a.txt", "b.txt", "b/two.txt")
    assert [folder.size(m) for m in folder.members] == [archive.size(m) for m in archive.members] == [1, 3, 2]
    for one in (folder, archive):
        assert [one.read(member) for member in one.members] == [b"1", b"333", b"22"]
    assert (folder.is_zip, archive.is_zip) == (False, True)
    assert (folder.place("a.txt"), archive.place("a.txt")) == (tmp_path / "folder" / "a.txt", None)


def test_a_file_is_its_own_only_member(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"123")
    found = open_export(path)
    assert (found.members, found.place("a.txt"), found.read("a.txt", 2)) == (("a.txt",), path, b"12")


def test_links_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link.txt").symlink_to(tmp_path / "secret")
    assert open_export(tmp_path / "folder").members == ()


def test_a_neighbour_is_found_only_in_the_members_own_folder(tmp_path):
    archive = open_export(
        zipped(tmp_path / "x.zip", {"c/_chat.txt": "", "c/a\u0308.jpg": "12", "top.jpg": "1", "c/p/b.jpg": "123"})
    )
    for name, member, content in (
        ("\u00e4.jpg", "a\u0308.jpg", b"12"),
        ("p/b.jpg", "p/b.jpg", b"123"),
        ("./p/b.jpg", "p/b.jpg", b"123"),
    ):
        found = archive.beside("c/_chat.txt", name)
        assert found is not None
        assert (found.size, found.path) == (len(content), str(tmp_path / "x.zip" / "c" / member))
        with found.open() as stream:
            assert stream.read() == content
    for name in ("top.jpg", "../top.jpg", "", ".", "..", "c/_chat.txt", "a\0b", "p/../p/b.jpg", "/p/b.jpg", "p"):
        assert archive.beside("c/_chat.txt", name) is None


def test_no_link_leads_to_a_neighbour_elsewhere(tmp_path):
    for name in ("chat/result.json", "chat/photos/a.jpg", "secret/b.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("12")
    (tmp_path / "chat" / "linked").symlink_to(tmp_path / "secret")
    (tmp_path / "chat" / "photos" / "c.jpg").symlink_to(tmp_path / "secret" / "b.jpg")
    alone = open_export(tmp_path / "chat" / "result.json")
    here = alone.beside("result.json", "photos/a.jpg")
    assert here is not None
    assert (here.size, here.path) == (2, str(tmp_path / "chat/photos/a.jpg"))
    for name in ("linked/b.jpg", "photos/c.jpg", "../secret/b.jpg"):
        assert alone.beside("result.json", name) is None


def test_the_place_of_a_neighbour_is_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chat").mkdir()
    for name in ("_chat.txt", "a.jpg"):
        (tmp_path / "chat" / name).write_text("12")
    zipped(tmp_path / "x.zip", {"_chat.txt": "", "a.jpg": "12"})
    places = {"chat": "chat/a.jpg", "chat/_chat.txt": "chat/a.jpg", "x.zip": "x.zip/a.jpg"}
    for path, place in places.items():
        found = open_export(Path(path)).beside("_chat.txt", "a.jpg")
        assert found is not None
        assert (found.size, found.path) == (2, str(tmp_path / place))


@given(
    st.lists(st.text(max_size=12)),
    st.integers(2, 7),
    st.sampled_from(["utf-8", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_blocks_are_whole_lines_and_lose_nothing(lines, chunk, encoding, ending):
    text = "\n".join(lines).replace("\r", "").removeprefix("\ufeff")
    written = text.replace("\n", ending)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "CHUNK", chunk)
        found = list(decoding.blocks(io.BytesIO(written.encode(encoding))))
    assert "".join(block for _, block in found) == (f"\n{text}".removesuffix("\n") if text else "")
    assert all(block.startswith("\n") for _, block in found)


def test_a_line_without_end_is_handed_out_in_pieces(monkeypatch):
    monkeypatch.setattr(decoding, "CHUNK", 10)
    monkeypatch.setattr(decoding, "LINE_MAX", 25)
    found = [block for _, block in decoding.blocks(io.BytesIO(b"x" * 100))]
    assert "".join(found) == "\n" + "x" * 100
    assert max(map(len, found)) <= 31


@given(st.text(st.characters(exclude_categories=())))
def test_storable_text_can_be_stored_and_good_text_is_untouched(text):
    stored = storable(text)
    stored.encode()
    assert "\0" not in stored
    assert len(stored) == len(text)
    if stored == text:
        assert stored is text
    assert storable(stored) == stored


def test_nul_and_half_a_pair_become_visible():
    assert storable("a\0b\ud800c👋") == "a\u2400b\ufffdc👋"
    stored = storable_value({"a\0": ["\udfff", 1, None, {"b": "\0"}]})
    assert stored == {"a\u2400": ["\ufffd", 1, None, {"b": "\u2400"}]}


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("a.JPG", "image/jpeg", Kind.IMAGE),
        ("a.opus", "audio/ogg", Kind.AUDIO),
        ("a.b.mp4", "video/mp4", Kind.VIDEO),
        ("STK-1.webp", "image/webp", Kind.STICKER),
        ("a.webp", "image/webp", Kind.IMAGE),
        ("a.vcf", "text/vcard", Kind.CONTACT),
        ("a.pdf", "application/pdf", Kind.DOCUMENT),
        ("a.zip", "application/zip", Kind.DOCUMENT),
        ("noname", None, Kind.DOCUMENT),
        ("a.unheardof", None, Kind.DOCUMENT),
    ],
)
def test_a_file_name_tells_type_and_kind(name, mime, kind):
    assert mime_type(name) == mime
    assert kind_of(mime_type(name), name) is kind
