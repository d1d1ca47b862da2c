"""The command palette: what can be done on the screen, and the chats by name."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from backscroll.searching.titles import Titles
from backscroll.ui.widgets.chat_card import lit_title

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from backscroll.ui.app import BackscrollApp

_CHATS = 20


class KeyCommands(Provider):
    """Every key of the screen that has a description, as a command: declared once, as a binding."""

    def _bindings(self) -> Iterator[tuple[str, "ActiveBinding"]]:
        named: set[str] = set()
        for active in self.screen.active_bindings.values():
            name = active.binding.tooltip or active.binding.description
            if name and active.enabled and not active.binding.system and name not in named:
                named.add(name)
                yield name, active

    async def _run(self, active: "ActiveBinding") -> None:
        await self.app.run_action(active.binding.action, default_namespace=active.node)

    async def discover(self) -> Hits:
        """Those of the screen and of the program; what only moves about in a list is found by typing."""
        for name, active in self._bindings():
            if active.node not in {self.app, self.screen}:
                continue
            yield DiscoveryHit(name, partial(self._run, active), help=self.app.get_key_display(active.binding))

    async def search(self, query: str) -> Hits:
        """Those whose description fits."""
        matcher = self.matcher(query)
        for name, active in self._bindings():
            score = matcher.match(name)
            if score:
                yield Hit(
                    score,
                    matcher.highlight(name),
                    partial(self._run, active),
                    help=self.app.get_key_display(active.binding),
                )


class ChatCommands(Provider):
    """Chats by name. Titles are foreign text: Textual's matcher would read them as markup, so ours finds and lights."""

    _titles: Titles

    async def startup(self) -> None:
        """Reads the chats' names, once each time the palette opens."""
        app = cast("BackscrollApp", self.app)
        self._titles = Titles(await app.archive.conversations.titles())

    async def search(self, query: str) -> Hits:
        """The chats that fit best."""
        app = cast("BackscrollApp", self.app)
        for match in self._titles.match(query, _CHATS):
            opened = partial(app.show_chat, match.id)
            title = lit_title(match.title, match.spans)
            yield Hit(match.score / 400, title, opened, text=match.title, help="Go to this chat")
