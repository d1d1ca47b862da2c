"""From starting a program to its first frame in a real terminal: the browser on its messages, and a blank app."""

import asyncio
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path
from time import perf_counter
from typing import Final

from backscroll.archive.opening import open_archive
from backscroll.reading.visit import Visit
from backscroll.settings import load_settings
from backscroll.text import safe_line
from tests.benchmarks.terminal import SIZE
from tests.benchmarks.timing import Samples

_PATIENCE: Final = 30.0  # seconds
_BLANK: Final = """
from textual.app import App
from textual.widgets import Static

class Blank(App):
    def compose(self):
        yield Static("a blank app")

Blank().run()
"""
_CONTROL = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-_])")


def measure(home: Path, rounds: int) -> tuple[Samples, Samples]:
    """The browser's and the blank app's samples, taken in turns after an untimed round; the home's server is up."""
    browser = [sys.executable, "-m", "backscroll", "--home", str(home)], asyncio.run(_first_words(home))
    blank = [sys.executable, "-c", _BLANK], ["a blank app"]
    samples = Samples(), Samples()
    for number in range(rounds + 1):
        for (command, words), found in zip((browser, blank), samples, strict=True):
            taken = _start(command, [word.encode() for word in words])
            found.taken += [taken] if number else []
    return samples


async def _first_words(home: Path) -> list[str]:
    """Beginnings of messages with which the browser may open, but none that the list of chats shows as well."""
    async with open_archive(load_settings(home=home)) as archive:
        (chat,) = await archive.conversations.page(limit=1)
        place = (await Visit(archive.conversations, chat, is_glance=True).begin()).cursor
        found = await archive.messages.before(chat.id, place, limit=8)
        found += await archive.messages.starting(chat.id, place, limit=8) if place else []
        last = chat.last_message_at
        return [safe_line(m.text)[:20] for m in found if m.sent_at != last and len(m.text) >= 20]


def _start(command: list[str], words: list[bytes]) -> float:
    """Milliseconds from starting a program to the first of some words on its terminal; it is ended then."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    began = perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        shown = _wait(ours, words)
    finally:
        process.terminate()
        while _read(ours):
            pass  # a program that cannot write does not end
        process.wait()
        os.close(ours)
    return (shown - began) * 1000


def _wait(terminal: int, words: list[bytes]) -> float:
    written, deadline = b"", perf_counter() + _PATIENCE
    while perf_counter() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            more = _read(terminal)
            now = perf_counter()
            written += more
            if any(word in _CONTROL.sub(b"", written) for word in words):
                return now
            if not more:
                break
    raise SystemExit(f"The program never showed a message; it wrote {written[-500:]!r}.")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # the program has ended
        return b""
