"""Where the file of an attachment is, and what is in it."""

from pathlib import Path

import pytest

from backscroll.model.message import Attachment
from backscroll.reading.files import FileState, file_content, file_state
from tests.importing.export_files import zipped


def attachment(path: Path | str | None, name: str | None = "a.jpg") -> Attachment:
    return Attachment(name, "image/jpeg", None, None, str(path) if path is not None else None)


def test_the_state_of_a_file_is_that_of_its_path(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"1")
    bundle = zipped(tmp_path / "x.zip", {"a.jpg": b"1"})
    states = {
        tmp_path / "a.jpg": FileState.THERE,
        bundle / "a.jpg": FileState.ZIPPED,
        tmp_path / "gone.jpg": FileState.GONE,
        tmp_path / "gone.zip" / "a.jpg": FileState.GONE,
        tmp_path: FileState.GONE,
        "https://example.org/a.jpg": FileState.ADDRESS,
        "media/a.jpg": FileState.IN_EXPORT,
        "/\0": FileState.GONE,
        "/" + "x" * 5000: FileState.GONE,
        "": FileState.UNKNOWN,
    }
    assert {path: file_state(attachment(path)) for path in states} == states
    assert file_state(attachment(None)) is FileState.UNKNOWN
    assert file_state(attachment(bundle, "x.zip")) is FileState.THERE
    stored = Attachment("a.jpg", None, 1, "ab" * 32, str(tmp_path / "attachments" / "ab" / ("ab" * 31)))
    assert file_state(stored) is FileState.ELSEWHERE


def test_a_file_is_read_where_it_lies_and_from_its_zip(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"plain")
    bundle = zipped(tmp_path / "x.zip", {"c/_chat.txt": b"", "c/u\u0308.jpg": b"zipped"})
    assert file_content(attachment(tmp_path / "a.jpg"), 5) == b"plain"
    assert file_content(attachment(bundle / "c" / "u\u0308.jpg"), 6) == b"zipped"


def test_what_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "large.jpg").write_bytes(b"123456")
    (tmp_path / "broken.zip").write_bytes(b"PK no more")
    packed = zipped(tmp_path / "large.zip", {"a.jpg": b"123456"})
    zipped_ones = (packed / "a.jpg", packed / "b.jpg", tmp_path / "broken.zip" / "a.jpg")
    for path in (tmp_path / "large.jpg", tmp_path / "gone.jpg", *zipped_ones, "/\0"):
        with pytest.raises(OSError):
            file_content(attachment(path), 5)
