"""Links and files open on the desktop; what could run never does, and without a desktop addresses are copied."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from textual.app import App

from backscroll.archive.store import stored_path
from backscroll.model.message import Attachment
from backscroll.ui.opening import desktop_opener, may_run, open_file, open_link, why_not
from tests.ui.seen import still


def attachment(path: Path | str | None, name: str | None = None) -> Attachment:
    return Attachment(name or (Path(path).name if path else None), None, None, None, str(path) if path else None)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """A desktop whose opener writes down what it was to open, and whether it had a terminal."""
    said = tmp_path / "said"
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xdg-open", "open"):
        program = folder / name
        program.write_text(
            f'#!/bin/sh\nprintf "%s|%s" "$#" "$1" >"{said}"\n'
            f'if (: </dev/tty) 2>/dev/null; then printf "|tty" >>"{said}"; fi\n'
            'case "$1" in *broken*) exit 3;; esac\n'
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    return lambda: said.read_text() if said.exists() else ""


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")


def toasts(app: App[None]) -> str:
    return "\n".join(toast.message for toast in app._notifications)


async def test_a_link_reaches_the_browser_as_it_is_without_our_terminal(desktop: Callable[[], str]) -> None:
    async with App[None]().run_test() as pilot:
        open_link(pilot.app, "https://example.org/a?b=$(id)&c='x;y'")
        await still(pilot)
        assert desktop() == "1|https://example.org/a?b=$(id)&c='x;y'"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "--help", "https://a b", "x.desktop"])
async def test_no_other_scheme_is_ever_opened(desktop: Callable[[], str], address: str) -> None:
    async with App[None]().run_test() as pilot:
        open_link(pilot.app, address)
        await still(pilot)
        assert desktop() == ""
        assert "Only web addresses" in toasts(pilot.app)


async def test_where_opening_fails_the_address_is_copied(desktop: Callable[[], str]) -> None:
    async with App[None]().run_test() as pilot:
        open_link(pilot.app, "https://broken.example.org/")
        await still(pilot)
        assert pilot.app.clipboard == "https://broken.example.org/"
        assert "could not be opened" in toasts(pilot.app)


async def test_without_a_desktop_the_address_is_copied(no_desktop: None) -> None:
    async with App[None]().run_test() as pilot:
        open_link(pilot.app, "https://example.org/")
        await still(pilot)
        assert pilot.app.clipboard == "https://example.org/"
        assert "no desktop" in toasts(pilot.app)


async def test_a_picture_is_opened_and_a_script_only_named(desktop: Callable[[], str], tmp_path: Path) -> None:
    picture, script = tmp_path / "a b.jpg", tmp_path / "run.sh"
    picture.write_bytes(b"\xff\xd8\xff")
    script.write_text("echo")
    async with App[None]().run_test() as pilot:
        open_file(pilot.app, attachment(script))
        await still(pilot)
        assert desktop() == ""
        assert pilot.app.clipboard == str(script)
        assert "may run as programs" in toasts(pilot.app)
        open_file(pilot.app, attachment(picture))
        await still(pilot)
        assert desktop() == f"1|{picture.resolve()}"


async def test_a_stored_file_is_opened_under_its_own_name_and_a_stored_script_is_not(
    desktop: Callable[[], str], tmp_path: Path
) -> None:
    def stored(name: str, content: bytes) -> Attachment:
        digest = sha256(content).hexdigest()
        place = tmp_path / stored_path(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return Attachment(name, None, len(content), digest, str(place))

    picture = stored("a/../b c.jpg", b"\xff\xd8")
    async with App[None]().run_test() as pilot:
        open_file(pilot.app, stored("run.sh", b"echo"))
        open_file(pilot.app, stored("photo.jpg", b"#!/bin/sh"))
        await still(pilot)
        assert desktop() == ""
        assert toasts(pilot.app).count("may run as programs") == 2
        open_file(pilot.app, picture)
        await still(pilot)
        opened = Path(desktop().removeprefix("1|"))
        assert (opened.name, opened.resolve(), opened.is_relative_to(tmp_path)) == (
            "a_.._b c.jpg",
            Path(picture.path or "").resolve(),
            True,
        )


async def test_a_stored_file_that_this_machine_has_not_is_said_to_belong_there(
    desktop: Callable[[], str], tmp_path: Path
) -> None:
    place = tmp_path / stored_path("ab" * 32)
    async with App[None]().run_test(notifications=True) as pilot:
        open_file(pilot.app, Attachment("a.jpg", None, 1, "ab" * 32, str(place)))
        await still(pilot)
        assert f"The file is not on this machine, or it cannot be read; it should be at: {place}" in toasts(pilot.app)
        assert pilot.app.clipboard == str(place)


async def test_a_file_that_is_not_there_is_said_to_be_missing_and_where(
    desktop: Callable[[], str], tmp_path: Path
) -> None:
    async with App[None]().run_test(notifications=True) as pilot:
        open_file(pilot.app, attachment(None, "IMG-1.jpg"))
        open_file(pilot.app, attachment("media/[b]IMG-2.jpg"))
        open_file(pilot.app, attachment(tmp_path / "IMG-3.jpg"))
        await still(pilot)
        said = toasts(pilot.app)
    assert "The export came without IMG-1.jpg." in said
    assert "should lie at media/[b]IMG-2.jpg in the export" in said
    assert f"There is no file at this place, or it cannot be read: {tmp_path / 'IMG-3.jpg'}" in said
    assert desktop() == ""


async def test_a_path_that_is_a_web_address_opens_as_a_link(desktop: Callable[[], str]) -> None:
    async with App[None]().run_test() as pilot:
        open_file(pilot.app, attachment("https://files.example.org/x.exe", "x.exe"))
        await still(pilot)
        assert desktop() == "1|https://files.example.org/x.exe"


@pytest.mark.parametrize(
    "name",
    ["a.desktop", "a.sh", "a.exe", "A.EXE", "a.app", "a.jar", "a.html", "a.htm", "a.svg", "a.xhtml", "a.bat", "a.py",
     "a.js", "a.docm", "a.xlsm", "a.lnk", "a.url", "a.webloc", "a.command", "a.scpt", "a.ps1", "a.AppImage", "a.deb",
     "a.zip", "a", "jpg", ".jpg", "a.jpg.exe", "a.jpg ", "a.pdf.", "a.jpg\u202eexe"],
)  # fmt: skip
def test_what_may_run_is_known_by_its_name(name: str) -> None:
    assert may_run(name, 0o644, b"")


@pytest.mark.parametrize(
    "head",
    [b"#!/bin/sh", b"MZ\x90",
     b"\x7fELF\x02", b"\n\n[Desktop Entry]\nExec=x", b"\xef\xbb\xbf <!DOCTYPE HTML>", b"<HTML>"]
)  # fmt: skip
def test_a_harmless_name_does_not_hide_a_program(head: bytes) -> None:
    assert may_run("photo.jpg", 0o644, head)


@pytest.mark.parametrize("name", ["a.jpg", "A.JPEG", "a.mp4", "a.opus", "a.pdf", "a.txt", "a.docx", "a.sh.txt"])
def test_what_can_only_be_looked_at_may_be_opened(name: str) -> None:
    assert not may_run(name, 0o644, b"hello")
    assert may_run(name, 0o755, b"hello"), "but not with an x bit"


def test_links_in_the_file_system_count_as_what_they_lead_to(tmp_path: Path) -> None:
    program = tmp_path / "program.sh"
    program.write_text("echo")
    link = tmp_path / "photo.jpg"
    link.symlink_to(program)
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    assert "may run" in (why_not(link) or "")
    assert why_not(loop) is not None
    assert "not a file" in (why_not(tmp_path) or "")
    assert why_not(Path("/dev/tty.jpg")) is not None


def test_a_file_inside_a_zip_is_said_to_lie_there(tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    with ZipFile(export, "w") as packed:
        packed.writestr("IMG-1.jpg", b"1")
    assert why_not(export / "IMG-1.jpg") == "The file lies in a zip"
    assert "may run" in (why_not(export) or "")


def test_only_a_desktop_before_the_person_counts(desktop: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert desktop_opener("linux", {"DISPLAY": ":0"}) is not None
    assert desktop_opener("linux", {"WAYLAND_DISPLAY": "wayland-0"}) is not None
    assert desktop_opener("linux", {"SSH_CONNECTION": "x"}) is None
    assert desktop_opener("linux", {"DISPLAY": ":0"}, path="/nowhere") is None
    assert desktop_opener("darwin", {}) is not None
    assert desktop_opener("darwin", {"SSH_CONNECTION": "x"}) is None
