"""From starting a program to what its terminal shows: the browser's first frame and first messages, and a blank app."""

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
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from backscroll.archive.opening import open_archive
from backscroll.model.message import NEWEST
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


@dataclass(frozen=True, slots=True)
class Starts:
    """The browser's first frame and its first messages, and the frame of a blank app."""

    frame: Samples = field(default_factory=Samples)
    messages: Samples = field(default_factory=Samples)
    blank: Samples = field(default_factory=Samples)


def measure(home: Path, rounds: int) -> Starts:
    """Starts both in turns after an untimed round; the home's server is up."""
    browser = [sys.executable, "-m", "backscroll", "--home", str(home)]
    words = [[b"Backscroll"], [word.encode() for word in asyncio.run(_first_words(home))]]
    starts = Starts()
    for number in range(rounds + 1):
        frame, messages = _start(browser, words)
        (blank,) = _start([sys.executable, "-c", _BLANK], [[b"a blank app"]])
        if number:
            starts.frame.taken.append(frame)
            starts.messages.taken.append(messages)
            starts.blank.taken.append(blank)
    return starts


async def _first_words(home: Path) -> list[str]:
    """Beginnings of messages with which the browser may open, but none that the list of chats shows as well."""
    async with open_archive(load_settings(home=home)) as archive:
        (chat,) = await archive.conversations.page(limit=1)
        place = (await Visit(archive.conversations, chat, is_glance=True).begin()).cursor
        found = await archive.messages.before(chat.id, place or NEWEST, limit=8)
        found += await archive.messages.starting(chat.id, place, limit=8) if place else []
        last = chat.last_message_at
        return [safe_line(m.text)[:20] for m in found if m.sent_at != last and len(m.text) >= 20]


def _start(command: list[str], words: list[list[bytes]]) -> list[float]:
    """Milliseconds from starting a program to the first of each group of words on its terminal; it is ended then."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # people's byte code is kept
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
    return [(moment - began) * 1000 for moment in shown]


def _wait(terminal: int, words: list[list[bytes]]) -> list[float]:
    shown: list[float] = []
    written, deadline = b"", perf_counter() + _PATIENCE
    while perf_counter() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            more = _read(terminal)
            now = perf_counter()
            written += more
            text = _CONTROL.sub(b"", written)
            while any(word in text for word in words[len(shown)]):
                shown.append(now)
                if len(shown) == len(words):
                    return shown
            if not more:
                break
    raise SystemExit(f"The program never showed what it was to show; it wrote {written[-500:]!r}.")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # the program has ended
        return b""
