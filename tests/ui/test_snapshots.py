"""A few pictures of whole screens, to notice what no other test looks at; `pytest --snapshot-update` renews them."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict
from textual.pilot import Pilot

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.widgets import chat_card
from backscroll.ui.widgets.moments import short_time
from tests.conftest import copied
from tests.ui.keys import strike
from tests.ui.seen import still

Compare = Callable[..., bool]
WIDE, NARROW = (130, 38), (72, 30)
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


class Opening(BackscrollApp):
    """The browser that opens its archive itself, because a picture is taken in an event loop of its own."""

    CSS_PATH = Path(inspect.getfile(BackscrollApp)).parent / "screens" / "reading.tcss"

    def __init__(self, dsn: str, theme: str) -> None:
        settings = Settings(dsn=dsn, timezone="Europe/Berlin", theme=theme)
        self._held = open_archive(settings)
        super().__init__(self._enter, settings)

    async def _enter(self, status: Callable[[str], None]) -> Archive:
        del status
        return await self._held.__aenter__()

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        # The picture's fonts would be looked for on the net.
        return FONT_FACE.sub("", super().export_screenshot(title=title, simplify=simplify))

    async def on_unmount(self) -> None:
        await self._held.__aexit__(None, None, None)


def steps(title: str, keys: Iterable[str]) -> Callable[[Pilot[Any]], Any]:
    async def run(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        while not app.is_open:
            await pilot.pause()
        await still(pilot)
        app.show_chat((await app.archive.conversations.resolve(title)).id)
        await still(pilot)
        for key in keys:
            await strike(pilot, key)
            await still(pilot)
        for cursor in app.screen.query("Input"):
            cursor.cursor_blink = False  # type: ignore[attr-defined]
        await still(pilot)

    return run


@pytest.fixture
def copy(server: EmbeddedServer, sample: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The sample for one picture: to look at a chat is to have read it."""
    with copied(server, str(conninfo_to_dict(sample)["dbname"]), request.node.nodeid) as dsn:
        yield dsn


@pytest.mark.parametrize(
    ("theme", "size", "title", "keys"),
    [
        pytest.param("textual-dark", WIDE, "Family", ["k", "k"], id="reading"),
        pytest.param("textual-light", NARROW, "Book Club", ["k"], id="reading narrow, light"),
        pytest.param("textual-dark", WIDE, "رحلات الجمعة", [], id="right to left"),
        pytest.param("textual-dark", WIDE, "Family", ["slash", "paste:birthday"], id="search"),
        pytest.param("textual-dark", WIDE, "Family", ["question_mark"], id="help"),
    ],
)
def test_screens_look_as_they_did(
    snap_compare: Compare,
    copy: str,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    size: tuple[int, int],
    title: str,
    keys: list[str],
) -> None:
    today = datetime(2026, 10, 1, tzinfo=UTC)
    monkeypatch.setattr(chat_card, "short_time", lambda moment, _now, zone: partial(short_time, moment, today)(zone))
    app = Opening(copy, theme)
    assert snap_compare(app, terminal_size=size, run_before=steps(title, keys))
