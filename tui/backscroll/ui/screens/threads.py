"""The threads of a chat, the one with the newest message first."""

from datetime import UTC, datetime, tzinfo
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from backscroll.model.conversation import Conversation, Thread
from backscroll.text import safe_line
from backscroll.ui.screens.base import BaseScreen
from backscroll.ui.widgets.facts import counted
from backscroll.ui.widgets.key_line import KeyLine
from backscroll.ui.widgets.moments import short_time
from backscroll.ui.widgets.paged_list import PagedList

_PAGE = 100
_MANY = 2000
_LONGEST_NAME = 30


class ThreadList(PagedList[Thread]):
    """Threads, one line each."""

    zone: tzinfo | None = None

    def draw(self, item: Thread) -> Content:
        """Title, who began it, how many answered, and when the last one did."""
        facts = [
            safe_line(item.starter or "")[:_LONGEST_NAME],
            counted(item.reply_count, "reply") if item.root else counted(item.message_count, "message"),
            short_time(item.last_message_at, datetime.now(UTC), self.zone) if item.last_message_at else "",
        ]
        title = safe_line(item.title) or "untitled"
        return Content.assemble(title, ("  " + " · ".join(fact for fact in facts if fact), "dim"))


class ThreadsScreen(BaseScreen[None]):
    """Leads to the threads of a chat."""

    TITLE = "Threads"
    AUTO_FOCUS = "ThreadList"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", "Back")]

    def __init__(self, chat: Conversation) -> None:
        super().__init__()
        self._chat = chat
        self._is_complete = False

    def compose(self) -> ComposeResult:
        """The list in one pane."""
        with Vertical(id="threads", classes="pane") as pane:
            title = f"Threads · {safe_line(self._chat.title)} · {self._chat.thread_count:,}"
            pane.border_title = Content(title)
            yield ThreadList()
        yield KeyLine()

    def on_mount(self) -> None:
        """Lists the first of them."""
        self.query_one(ThreadList).zone = self.backscroll.zone
        self._load()

    @work(group="threads", exclusive=True, exit_on_error=False)
    async def _load(self, limit: int = _PAGE) -> None:
        threads = self.query_one(ThreadList)
        after = threads.items[-1] if threads.items else None
        page = await self.archive.threads.page(self._chat.id, limit=limit, after=after)
        self._is_complete = len(page) < limit
        threads.add(page, is_last=self._is_complete)

    @on(PagedList.EndReached)
    def _more(self, event: PagedList.EndReached) -> None:
        if not self._is_complete:
            self._load(_MANY if event.is_all_wanted else _PAGE)

    @on(PagedList.Selected)
    def _choose(self, event: PagedList.Selected) -> None:
        thread: Thread = event.item
        self.backscroll.show_thread(thread.conversation_id, thread.id)
