"""Opens links and files with the desktop's programs: only what cannot run, and never in this terminal."""

import asyncio
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from backscroll.archive.store import is_stored, named
from backscroll.model.links import is_link
from backscroll.model.message import Attachment
from backscroll.reading.files import zip_of
from backscroll.text import safe, safe_line

if TYPE_CHECKING:
    from textual.app import App

_VIEWED: Final = """
.avif .bmp .gif .heic .heif .jfif .jpe .jpeg .jpg .png .tif .tiff .webp
.aac .aif .aiff .amr .flac .m4a .mid .midi .mp3 .oga .ogg .opus .wav .weba
.3g2 .3gp .avi .m4v .mkv .mov .mp4 .mpeg .mpg .ogv .webm
.csv .log .md .pdf .rtf .text .tsv .txt
.doc .docx .odp .ods .odt .pages .numbers .key .ppt .pptx .xls .xlsx
"""
"""What a viewer shows. Whatever is not here is never opened: programs, scripts, pages, archives, macros, launchers."""
_SUFFIXES: Final = frozenset(_VIEWED.split())
_PROGRAMS: Final = (b"#!", b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_ACTIVE: Final = (b"#!", b"[desktop entry]", b"<?php", b"<!doctype html", b"<html", b"<script", b"<svg")
_HEAD = 1024
_PATIENCE = 5.0
"""Seconds in which the desktop's opener may still say that it failed; some stay as long as the program does."""


def open_link(app: "App[Any]", address: str) -> None:
    """Opens an http or https address in the person's browser; where there is none, copies it and says so."""
    if not is_link(address):
        app.notify("Only web addresses are opened.", severity="warning", markup=False)
        return
    _open(app, address, "address")


def open_file(app: "App[Any]", attachment: Attachment) -> None:
    """Opens an attachment's file where it is there and cannot run; otherwise says where it lies or should lie.

    A path that is a web address is opened as a link.
    """
    name, path = safe_line(attachment.file_name or "") or "the file", attachment.path or ""
    if is_link(path):
        open_link(app, path)
    elif not path:
        app.notify(f"The export came without {name}.", severity="warning", markup=False)
    elif not Path(path).is_absolute():
        _copy(app, path, f"{name} should lie at {safe(path)} in the export; the path is in the clipboard.")
    else:
        stored_as = attachment.file_name or "" if is_stored(path, attachment.sha256) else None
        reason = why_not(Path(path), stored_as)
        if reason:
            _copy(app, path, f"{reason}: {safe(path)}\nThe path is in the clipboard.")
        else:
            _open(app, str(_place(Path(path), stored_as)), "path")


def _place(path: Path, stored_as: str | None) -> Path:
    """What is handed to the desktop, which knows files by their names; what is stored has none of its own."""
    if stored_as is None:
        return path.resolve()
    try:
        return named(path, stored_as)
    except OSError:
        return path.resolve()


def why_not(path: Path, stored_as: str | None = None) -> str | None:
    """Why a file is not opened, as a sentence without its full stop; None where it may be.

    `stored_as` is the own name of a file that is stored under its digest.
    """
    try:
        path = path.resolve()
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return "This is not a file"
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, RuntimeError, ValueError):
        return _absent(path, stored_as)
    if may_run(path.name if stored_as is None else stored_as, mode, head):
        return "Files of this kind are not opened, because they may run as programs"
    return None


def _absent(path: Path, stored_as: str | None) -> str:
    if stored_as is not None:
        return "The file is not on this machine, or it cannot be read; it should be at"
    try:
        if zip_of(str(path)) is not None:
            return "The file lies in a zip"
    except (OSError, ValueError):
        pass
    return "There is no file at this place, or it cannot be read"


def may_run(name: str, mode: int, head: bytes) -> bool:
    """Whether opening a file might run it: by its name, its mode and how it begins. What is unknown might."""
    if Path(name).suffix.lower() not in _SUFFIXES or mode & 0o111:
        return True
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(_PROGRAMS) or start.startswith(_ACTIVE)


def desktop_opener(platform: str, environment: Mapping[str, str], path: str | None = None) -> str | None:
    """The program that opens things on the person's desktop; None where there is no desktop before them.

    `path` is where it is looked for: None for the PATH of this process.
    """
    if platform == "darwin":
        return None if environment.get("SSH_CONNECTION") else shutil.which("open", path=path)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    return shutil.which("xdg-open", path=path)


def _open(app: "App[Any]", target: str, kind: str) -> None:
    opener = desktop_opener(sys.platform, environ)
    if opener is None:
        _copy(app, target, f"There is no desktop to open it on: the {kind} is in the clipboard.")
        return
    app.run_worker(_launch(app, opener, target, kind), group="outside", name="opening")


async def _launch(app: "App[Any]", opener: str, target: str, kind: str) -> None:
    try:
        # A session of its own has no terminal: nothing can write to ours or read from it, no text browser starts.
        process = subprocess.Popen(  # noqa: ASYNC220  (asyncio would end it together with the browser)
            [opener, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        status = 1
    else:
        app.notify(f"Opening {safe(target)}", markup=False, timeout=2)
        status = await _status(process)
    if status:
        _copy(app, target, f"It could not be opened: the {kind} is in the clipboard.")


async def _status(process: "subprocess.Popen[bytes]") -> int:
    waited = 0.0
    while (status := process.poll()) is None and waited < _PATIENCE:
        await asyncio.sleep(0.05)
        waited += 0.05
    return status or 0


def _copy(app: "App[Any]", text: str, said: str) -> None:
    app.copy_to_clipboard(safe(text))
    app.notify(said, markup=False)
