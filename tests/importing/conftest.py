"""Fixtures of the formats' tests."""

import pytest

from backscroll.importing.formats.whatsapp import WhatsApp
from tests.importing.export_files import read


@pytest.fixture
def chat(tmp_path):
    """Writes a WhatsApp chat and reads it."""

    def write_and_read(text: str | bytes, name: str = "WhatsApp Chat with Test.txt", **others):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read(WhatsApp(), path, **others)

    return write_and_read
