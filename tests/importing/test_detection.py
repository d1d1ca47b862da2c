"""What lies at a path: one export, several, or none."""

import json
from pathlib import Path

import pytest

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.formats import FORMATS
from tests.importing.export_files import real, zipped

WHATSAPP = "25/03/24, 10:00 - Ana: hello\n"
TABLE = "sent_at,sender,text\n2024-03-25 10:00,Ana,x\n"
SLACK = {
    "channels.json": '[{"id": "C1", "name": "general"}]',
    "general/2024-03-25.json": json.dumps([{"ts": "1.0", "text": "x"}]),
}


def put(folder, members):
    for name, content in members.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
    return folder


def names(path, format_name=None):
    found, others = find_exports(path, format_name)
    return [(known.name, export.name) for known, export in found], [Path(other.path).name for other in others]


def test_a_file_is_recognised_by_what_it_holds(tmp_path):
    put(tmp_path, {"a.txt": WHATSAPP, "b.csv": TABLE})
    assert names(tmp_path / "a.txt") == ([("whatsapp", "a.txt")], [])
    assert names(tmp_path / "b.csv") == ([("delimited", "b.csv")], [])
    assert names(zipped(tmp_path / "c.zip", {"_chat.txt": WHATSAPP})) == ([("whatsapp", "c.zip")], [])
    assert names(zipped(tmp_path / "d.zip", SLACK)) == ([("slack", "d.zip")], [])


def test_a_folder_that_is_an_export_is_one(tmp_path):
    put(tmp_path / "acme", SLACK)
    assert names(tmp_path / "acme") == ([("slack", "acme")], [])


def test_a_folder_of_exports_gives_them_all_and_lists_the_rest(tmp_path):
    put(tmp_path / "z acme", SLACK)
    put(tmp_path, {"a.txt": WHATSAPP, "b/c.csv": TABLE, "notes.txt": "dear diary"})
    put(tmp_path, {"b/photo.jpg": "", ".hidden.txt": WHATSAPP, "diary/2024-01-01.json": '[{"mood": "good"}]'})
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    assert names(tmp_path) == (
        [("whatsapp", "a.txt"), ("delimited", "c.csv"), ("slack", "z acme")],
        [tmp_path.name, "broken.zip", "2024-01-01.json", "notes.txt"],
    )


def test_what_was_sent_in_an_unpacked_chat_is_not_imported_itself(tmp_path):
    put(tmp_path, {"_chat.txt": WHATSAPP, "00000001-WhatsApp Chat with Bo.txt": WHATSAPP, "00000002-a.csv": TABLE})
    assert names(tmp_path) == ([("whatsapp", "_chat.txt")], [])


def test_a_named_format_is_not_asked_whether_it_knows_the_file(tmp_path):
    put(tmp_path, {"x/one.tsv": "a\tb", "x/two.log": "a\tb", "three.tsv": ""})
    assert names(tmp_path, "delimited") == ([("delimited", "three.tsv"), ("delimited", "one.tsv")], [])
    assert names(tmp_path / "x" / "two.log", "Delimited") == ([("delimited", "two.log")], [])


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(AppError) as raised:
        find_exports(tmp_path, "icq")
    assert raised.value.code == "no_such_format"
    assert all(one.name in raised.value.hint for one in FORMATS)


def test_nothing_recognised_says_what_can_be_done(tmp_path):
    put(tmp_path, {"notes.txt": "dear diary"})
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(AppError) as raised:
            find_exports(path)
        assert raised.value.code == "not_recognised"
        assert "--format delimited --columns" in raised.value.hint


def test_a_path_where_nothing_is_says_so(tmp_path):
    with pytest.raises(AppError) as raised:
        find_exports(tmp_path / "gone")
    assert raised.value.code == "no_such_file"


def test_the_real_exports_are_found():
    found, others = find_exports(real())
    assert [known.name for known, _ in found] == ["slack", "whatsapp"]
    assert {Path(other.path).name: other.reason for other in others} == {
        "data": "1 file that no export lies beside (.md)",
        "gitter": "525 files: no format knows it",
    }
    assert len(find_exports(real("gitter"), "delimited")[0]) == 525


def reasons(path):
    found, others = find_exports(path)
    return [export.name for _, export in found], {str(Path(o.path).relative_to(path)): o.reason for o in others}


def test_media_beside_an_export_came_along_with_it_and_others_are_counted(tmp_path):
    sent = dict.fromkeys(("IMG-1.jpg", "media/2019/a.jpg", "x.tar.gz"), "")
    put(tmp_path / "chat", {"WhatsApp Chat with Bo.txt": WHATSAPP} | sent)
    zipped(tmp_path / "packed.zip", {"_chat.txt": WHATSAPP})
    photos = (f"{n}/{m}.jpg" for n in range(3) for m in range(400))
    put(tmp_path / "holiday", dict.fromkeys((*photos, "a.mp4", "old.tar.gz"), ""))
    found, left = reasons(tmp_path)
    assert found == ["WhatsApp Chat with Bo.txt", "packed.zip"]
    assert left == {
        "holiday": "1,201 files that no export lies beside (.jpg, .mp4)",
        "holiday/old.tar.gz": "only zips are read as they are: unpack it, and import the folder",
    }


def test_many_files_of_one_kind_that_are_not_known_are_counted(tmp_path):
    put(tmp_path, {f"x/{n}.json": "{}" for n in range(30)} | {"y/a.json": "{}", "z.txt": WHATSAPP})
    assert reasons(tmp_path)[1] == {"x": "30 files: no format knows it", "y/a.json": "no format knows it"}


def test_what_was_sent_in_a_discord_export_is_not_an_export(tmp_path):
    head = '{"guild": {"id": "1", "name": "Hikers"}, "channel": {"id": "77", "name": "general"}, "messages": []}'
    put(tmp_path, {"general.json": head, "general.json_Files/sent.txt": WHATSAPP, "other_Files/own.txt": WHATSAPP})
    assert reasons(tmp_path) == (["general.json", "own.txt"], {})


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.7z", "x.rar"])
def test_other_archives_than_zips_are_told_what_to_do_with(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    for path in (tmp_path, tmp_path / name):
        with pytest.raises(AppError) as raised:
            find_exports(path)
        assert raised.value.code == "not_recognised"
        assert "npack it, and import the folder" in raised.value.hint


def test_zips_in_folders_are_opened_and_zips_in_zips_are_files(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"_chat.txt": WHATSAPP}).read_bytes()
    (tmp_path / "x").mkdir()
    (tmp_path / "inner.zip").rename(tmp_path / "x" / "inner.zip")
    zipped(tmp_path / "x" / "outer.zip", {"inner.zip": inner, "a.txt": "nothing"})
    assert reasons(tmp_path) == (["inner.zip"], {"x/outer.zip": "no format knows it"})
