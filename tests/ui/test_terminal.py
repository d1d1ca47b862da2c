"""The real program in a real terminal: it opens, shows hostile text harmlessly, and leaves by `q`."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import AsyncIterator

import pytest

from backscroll.archive.opening import open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person
from backscroll.settings import Settings
from tests.conftest import copied
from tests.making import START, store

PAYLOADS = {
    "title": "\x1b]0;canary-title\x07",
    "clipboard": "\x1b]52;c;Y2FuYXJ5\x07",
    "sequence": "\x1b[97;41;5mcanary",
    "c1": "\x9b97;41;5mcanary",
    "device": "\x90canary\x9c",
    "bidi": "\u202ecanary",
    "bell": "canary\x07bell",
}


class Terminal:
    """A program with a terminal of its own; everything that it writes is kept."""

    def __init__(self, arguments: list[str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 130, 0, 0))
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment = inherited | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        command = [sys.executable, "-m", "backscroll", *arguments]
        ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        self.process = subprocess.Popen(command, env=environment, start_new_session=True, **ends)
        os.close(theirs)
        self.written = b""

    def wait_for(self, text: str, *, again: bool = False) -> None:
        """Reads until the text has been written, or written `again` after what was read before."""
        start = len(self.written) if again else 0
        deadline = time.monotonic() + 30
        while text.encode() not in self.written[start:]:
            assert time.monotonic() < deadline, f"{text!r} was never shown"
            self._read(0.5)

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def leave(self) -> int:
        """Reads to the end and gives the exit status."""
        deadline = time.monotonic() + 30
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "the program does not end"
            self._read(0.1)
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)

    def _read(self, seconds: float) -> None:
        if select.select([self._ours], [], [], seconds)[0]:
            try:
                self.written += os.read(self._ours, 65536)
            except OSError:  # the other end is closed
                self.process.wait()


@pytest.fixture
async def hostile(server: EmbeddedServer, template: str) -> AsyncIterator[str]:
    with copied(server, template, "hostile terminal") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            for name, payload in PAYLOADS.items():
                records = [Chat(name, f"{payload} {name}"), Person(name, "p", f"{payload}P")]
                records += [Entry(name, START, "p", f"{payload} text of {name}", external_id="1")]
                await store(archive, records)
        yield dsn


async def test_hostile_text_never_reaches_the_terminal_raw(hostile: str) -> None:
    terminal = Terminal(["--dsn", hostile])
    try:
        terminal.wait_for("text of")
        terminal.press("\x0b")  # the quick switcher
        terminal.wait_for("Go to chat")
        terminal.press("canary")
        terminal.press("\r")
        terminal.wait_for("end of the chat", again=True)
        terminal.press("/")
        terminal.wait_for("Search all chats")
        terminal.press("canary")
        terminal.wait_for("Around it")
        terminal.press("\x11")
        assert terminal.leave() == 0
    finally:
        terminal.close()
    for name, payload in PAYLOADS.items():
        assert payload.encode() not in terminal.written, name
    assert "\u202e".encode() not in terminal.written
    assert b"canary\x07" not in terminal.written
