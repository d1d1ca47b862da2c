"""What a live source keeps beside messages, record by record: roles, trails, states of bots, read states."""

from datetime import tzinfo
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from backscroll.model.sync import SourceRecord, Sync
from backscroll.reading.account import raw_json
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.kept_facts import record_words
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.paged_list import PagedList

_PAGE: Final = 200
_MANY: Final = 5_000


class RecordList(PagedList[SourceRecord]):
    """Records, one line each."""

    zone: tzinfo | None = None

    def draw(self, item: SourceRecord) -> Content:
        """Its area and what it says."""
        return Content.assemble((safe_line(item.area), "$text-accent"), "  ", record_words(item, self.zone))


class KeptScreen(BaseScreen[None]):
    """A list of records, and the one under the cursor as the source has it."""

    TITLE = "Kept beside messages"
    CSS_PATH = "sources.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy record", tooltip="Copy the record as JSON"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self, source: Sync) -> None:
        super().__init__()
        self._source = source
        self._is_complete = False

    def compose(self) -> ComposeResult:
        """Records at the left, one of them at the right."""
        with Horizontal(id="all"):
            yield RecordList(id="records")
            with VerticalScroll(id="facts"):
                yield Static(id="words", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Lists the first of them."""
        self.query_one("#records").border_title = Content(f"Kept by {safe_line(self._source.name)}")
        self.query_one(RecordList).zone = self.backscroll.zone
        self._load()

    @work(group="records", exclusive=True, exit_on_error=False)
    async def _load(self, limit: int = _PAGE) -> None:
        records = self.query_one(RecordList)
        after = records.items[-1] if records.items else None
        page = await self.archive.syncs.records(self._source.source_id, limit=limit, after=after)
        self._is_complete = len(page) < limit
        records.add(page, is_last=self._is_complete)

    @on(PagedList.EndReached)
    def _more(self, event: PagedList.EndReached) -> None:
        if not self._is_complete:
            self._load(_MANY if event.is_all_wanted else _PAGE)

    @on(PagedList.Highlighted)
    def _show(self, event: PagedList.Highlighted) -> None:
        from textual.highlight import highlight  # here: it takes its time to load

        record: SourceRecord = event.item
        self.query_one("#facts").border_title = Content(safe_line(f"{record.area} {record.external_id}"))
        self.query_one("#words", Static).update(highlight(raw_json(record.data), language="json"))

    def action_copy(self) -> None:
        """Copies the record under the cursor."""
        record = self.query_one(RecordList).current
        if record is not None:
            self.app.copy_to_clipboard(raw_json(record.data))
            self.notify("The record: in the clipboard.", markup=False)
