"""Zips that are refused, each with its reason, and those that only look odd."""

import io
import stat
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing import zips
from backscroll.importing.detection import find_exports
from backscroll.importing.export import open_export
from backscroll.importing.zips import is_clutter
from backscroll.model.zip_names import entry_name
from tests.importing.export_files import zipped

CHAT = "25/03/2024, 10:00 - Ana: hello\n"


def packed(*entries: tuple[ZipInfo | str, bytes | str], compression: int = ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", compression) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return made.getvalue()


def link(name: str, mode: int = stat.S_IFLNK) -> ZipInfo:
    entry = ZipInfo(name)
    entry.external_attr = (mode | 0o777) << 16
    return entry


def patched(raw: bytes, offset: int, value: int, *, size: int = 2) -> bytes:
    """With a field of every entry of the directory set to a value."""
    changed, at = bytearray(raw), -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        changed[at + offset : at + offset + size] = value.to_bytes(size, "little")
    return bytes(changed)


ONE = packed(("_chat.txt", CHAT))
REFUSED = {
    "cannot be unpacked": [b"PK\x03\x04 and no more", b"", ONE[:-30], ONE[: len(ONE) // 2]],
    "holds names that lead out of it": [
        packed(("_chat.txt", CHAT), (name, "x"))
        for name in ("../a", "a/../../b", "/etc/passwd", "C:/a", "c:a", "..\\a", "media\\a", "..", "__MACOSX/../../a")
    ],
    "holds links or devices": [
        packed(("_chat.txt", CHAT), (link(*entry), "/etc/passwd"))
        for entry in [("a.jpg",), ("d/e",), ("p", stat.S_IFIFO), ("c", stat.S_IFCHR)]
    ],
    "is encrypted": [patched(ONE, 8, 1), patched(ONE, 8, 0x41), patched(ONE, 10, 99)],
    "is packed in a way that is not known here": [patched(ONE, 10, 9), patched(ONE, 10, 93)],
    "unpacks to an absurd size": [packed(("_chat.txt", CHAT), ("a.txt", b"\0" * 20 * 1024**2))],
    "says that it holds more than it does": [patched(ONE, 20, 10**6, size=4)],
    "holds too much to be read as a zip": [patched(packed(("a", "x"), ("b", "x")), 24, 3 * 1024**3, size=4)],
    "holds folders in folders without end": [packed(("_chat.txt", CHAT), ("d/" * 70 + "a.jpg", "x"))],
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "raw"),
    [pytest.param(reason, raw, id=f"{reason} {n}") for reason, raws in REFUSED.items() for n, raw in enumerate(raws)],
)
def test_it_is_refused_with_the_reason_and_in_a_folder_the_rest_goes_on(
    tmp_path: Path, reason: str, raw: bytes
) -> None:
    (tmp_path / "x.zip").write_bytes(raw)
    with pytest.raises(AppError) as raised:
        find_exports(tmp_path / "x.zip")
    assert (raised.value.title, raised.value.code) == (f"x.zip {reason}", "bad_zip")
    assert raised.value.hint
    (tmp_path / "WhatsApp Chat with Bo.txt").write_text(CHAT)
    found, left = find_exports(tmp_path)
    assert [export.name for _, export in found] == ["WhatsApp Chat with Bo.txt"]
    assert [(Path(one.path).name, one.reason) for one in left] == [("x.zip", reason)]


def test_too_many_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "x.zip", {f"{n}.txt": b"" for n in range(5)})
    monkeypatch.setattr(zips, "ENTRIES_MAX", 4)
    with pytest.raises(AppError) as raised:
        open_export(path)
    assert "too much" in raised.value.title


def test_a_large_zip_of_media_is_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "BYTES_MAX", 100)
    (tmp_path / "x.zip").write_bytes(packed(("a.jpg", bytes(range(256)) * 8), compression=ZIP_STORED))
    assert open_export(tmp_path / "x.zip").members == ("a.jpg",)
    (tmp_path / "y.zip").write_bytes(packed(("a.jpg", b"\0" * 10**6)))
    with pytest.raises(AppError):
        open_export(tmp_path / "y.zip")


def test_a_zip_that_lies_about_the_size_of_an_entry_is_told_when_that_is_read(tmp_path: Path) -> None:
    raw = packed(("a.txt", b"hello world " * 5000))
    (tmp_path / "x.zip").write_bytes(patched(raw, 24, 100, size=4))
    with pytest.raises(AppError) as raised:
        open_export(tmp_path / "x.zip").read("a.txt")
    assert raised.value.code == "bad_zip"


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:45] + b"\xff" * 15 + raw[60:], lambda raw: patched(raw, 16, 7, size=4)]
)
def test_a_damaged_entry_is_told_when_it_is_read(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    (tmp_path / "x.zip").write_bytes(damage(packed(("a.txt", b"hello world " * 500))))
    with pytest.raises(AppError) as raised:
        open_export(tmp_path / "x.zip").read("a.txt")
    assert raised.value.code == "bad_zip"


def test_names_that_differ_in_case_alone_are_two_files(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(packed(("A.jpg", "1"), ("a.jpg", "22"), ("ß.jpg", "333")))
    export = open_export(tmp_path / "x.zip")
    assert [export.read(member) for member in export.members] == [b"1", b"22", b"333"]


def unnamed(raw_name: bytes, extra: bytes = b"") -> ZipInfo:
    """An entry whose name does not say that it is UTF-8, as it is read back."""
    entry = ZipInfo(raw_name.decode("cp437"))
    entry.extra = extra
    return entry


def told(raw_name: bytes, name: str, *, version: int = 1) -> bytes:
    content = bytes([version]) + crc32(raw_name).to_bytes(4, "little") + name.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (unnamed("Grüße 写真.jpg".encode()), "Grüße 写真.jpg"),
        (unnamed("Grüße.jpg".encode("cp437")), "Grüße.jpg"),
        (unnamed("写真.jpg".encode("shift_jis"), told("写真.jpg".encode("shift_jis"), "写真.jpg")), "写真.jpg"),
        (unnamed("ü.jpg".encode("cp437"), told(b"other", "写真.jpg")), "ü.jpg"),
        (unnamed("ü.jpg".encode("cp437"), told("ü.jpg".encode("cp437"), "x.jpg", version=2)), "ü.jpg"),
        (unnamed("ü.jpg".encode("cp437"), b"\x75\x70\xff\xff\x01"), "ü.jpg"),
        (unnamed(b"plain.jpg"), "plain.jpg"),
    ],
)
def test_names_are_read_as_they_were_meant(entry: ZipInfo, name: str) -> None:
    assert entry_name(entry) == name


def test_an_entry_is_opened_by_the_name_that_is_shown(tmp_path: Path) -> None:
    raw = packed(("_chat.txt", CHAT), ("Gr__e.jpg", "22")).replace(b"Gr__e.jpg", "Grße.jpg".encode())
    (tmp_path / "x.zip").write_bytes(raw)
    export = open_export(tmp_path / "x.zip")
    assert export.members == ("Grße.jpg", "_chat.txt")
    assert export.read("Grße.jpg") == b"22"


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_any_name_and_extra_field_can_be_read(raw_name: bytes, extra: bytes) -> None:
    assert isinstance(entry_name(unnamed(raw_name, extra)), str)


@pytest.mark.parametrize(
    "name", ["__MACOSX/._a", "x/__MACOSX/a", ".DS_Store", "a/._b.jpg", ".git/c", "Thumbs.db", "a/desktop.ini"]
)
def test_what_systems_leave_behind_is_clutter(name: str) -> None:
    assert is_clutter(name)
    assert not is_clutter("a.b/c.jpg")
    assert not is_clutter("../a")


def test_several_threads_may_read_one_zip(tmp_path: Path) -> None:
    names = [f"{n}.txt" for n in range(200)]
    export = open_export(zipped(tmp_path / "x.zip", {name: name * 500 for name in names}))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(export.read, names * 5)) == [(name * 500).encode() for name in names * 5]
