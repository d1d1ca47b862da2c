"""Live sources: which are known, what was found there, and whether they are followed or paused."""

from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backscroll.errors import AppError
from backscroll.model.sync import Sync
from backscroll.ui.live_sources import Address
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.screens.kept import KeptScreen
from backscroll.ui.screens.source_address import SourceAddressScreen
from backscroll.ui.widgets.kept_facts import kept_facts
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.source_facts import source_facts, source_line

_EVERY: Final = 0.5
_FIRST: Final = 4
"""Records of each area that are shown beside the facts."""
_NONE: Final = (
    "No live source yet. `n` mirrors the PostgreSQL of a chat system: Evolution API, Chatwoot, Mattermost and others."
)


class SourcesScreen(BaseScreen[None]):
    """A list, and what is known of the source at hand."""

    TITLE = "Live sources"
    CSS_PATH = "sources.tcss"
    AUTO_FOCUS = "#sources"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "New", tooltip="Mirror another chat system's database"),
        Binding("enter,s", "sync", "Sync", key_display="Enter", tooltip="Bring over what changed there"),
        Binding("f", "follow", "Follow", tooltip="Go on looking for what is new; again: stop"),
        Binding("p", "pause", "Pause", tooltip="Let nothing of it be read; again: go on from there"),
        Binding("i", "kept", "What it keeps", tooltip="All that it keeps beside messages: roles, states, trails"),
        Binding("escape", "close", "Back", tooltip="Back to where you were; what runs goes on"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Sync] = []
        self._told: tuple[UUID, datetime | None] | None = None

    def compose(self) -> ComposeResult:
        """Sources at the left, facts at the right."""
        with Horizontal(id="all"):
            yield OptionList(id="sources", markup=False)
            with VerticalScroll(id="facts"):
                yield Static(id="words", markup=False)
                yield Static("Kept beside messages", id="kept-heading", classes="heading", markup=False)
                yield Static(id="kept", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads them, and again and again: what runs goes on."""
        self.query_one("#sources").border_title = "Live sources"
        self._read()
        self.set_interval(_EVERY, self._read)

    @property
    def at_hand(self) -> Sync | None:
        """The source that the cursor is on."""
        index = self.query_one("#sources", OptionList).highlighted
        return self._known[index] if index is not None and index < len(self._known) else None

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        self._known = await self.archive.syncs.all()
        listed, underway = self.query_one("#sources", OptionList), self.backscroll.live.underway
        lines = [source_line(one, underway.get(one.source_id)) for one in self._known]
        if len(lines) != listed.option_count:
            at = listed.highlighted
            listed.clear_options()
            listed.add_options([Option(line) for line in lines])
            listed.highlighted = min(at or 0, len(lines) - 1) if lines else None
        else:
            for index, line in enumerate(lines):
                listed.replace_option_prompt_at_index(index, line)
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        one = self.at_hand
        facts = self.query_one("#facts")
        facts.border_title = "" if one is None else "What is known of it"
        if one is None:
            self.query_one("#words", Static).update(_NONE)
            self.query_one("#kept-heading").display = False
        else:
            state = self.backscroll.live.underway.get(one.source_id)
            self.query_one("#words", Static).update(source_facts(one, state, self.backscroll.zone))
            if self._told != (one.source_id, one.synced_at):
                self._told = one.source_id, one.synced_at
                self._tell_kept(one)

    @work(group="kept", exclusive=True, exit_on_error=False)
    async def _tell_kept(self, one: Sync) -> None:
        """Once for each sync: to count what is kept takes a while where that is much."""
        areas = await self.archive.syncs.areas(one.source_id, limit=_FIRST)
        self.query_one("#kept", Static).update(kept_facts(areas, self.backscroll.zone))
        self.query_one("#kept-heading").display = bool(areas)

    # What one does with a source

    def action_add(self) -> None:
        """Asks for the address of another one."""
        self.app.push_screen(SourceAddressScreen(None, follow=False), self._begun)

    @on(OptionList.OptionSelected)
    def action_sync(self) -> None:
        """Compares all of it once."""
        self._begin(follow=False)

    def action_follow(self) -> None:
        """Follows it, or stops what runs."""
        one = self.at_hand
        if one is not None and one.source_id in self.backscroll.live.underway:
            self.backscroll.live.stop(one.source_id)
        else:
            self._begin(follow=True)

    def _begin(self, *, follow: bool) -> None:
        one = self.at_hand
        if one is None:
            return
        address = self.backscroll.live.addresses.get(one.source_id)
        if address is None:
            self.app.push_screen(SourceAddressScreen(one, follow=follow), self._begun)
        else:
            self._connect(address, one, follow=follow)

    @work(group="connect", exclusive=True, exit_on_error=False)
    async def _connect(self, address: Address, one: Sync, *, follow: bool) -> None:
        await self.backscroll.live.begin(address, one, follow=follow)
        self._read()

    def _begun(self, _: None) -> None:
        self._read()

    @work(group="pause", exclusive=True, exit_on_error=False)
    async def action_pause(self) -> None:
        """Pauses it for every program, or goes on from where it was paused."""
        one = self.at_hand
        if one is None:
            raise AppError("There is no source to pause", "`n` adds one.", code="no_such_source")
        if one.is_paused:
            await self.archive.syncs.resume(one.source_id, "from_last")
        else:
            await self.archive.syncs.pause(one.source_id)
        self._read()

    async def action_kept(self) -> None:
        """Shows what the source keeps beside messages."""
        if self.at_hand is not None:
            await self.app.push_screen(KeptScreen(self.at_hand))

    def action_close(self) -> None:
        """What runs goes on."""
        self.dismiss()
