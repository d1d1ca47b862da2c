"""The line at the bottom of a screen: the keys that work where the focus is."""

from typing import ClassVar

from textual.app import RenderResult
from textual.binding import ActiveBinding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget


class KeyLine(Widget):
    """One widget for all keys; each can be clicked.

    Textual's footer makes a widget for each key anew whenever the focus moves; the first frame, and every turn of the
    focus, would wait for their styles.
    """

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $footer-background; color: $footer-foreground; }
    """

    _keys: reactive[tuple[Content, ...]] = reactive((), init=False)

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False  # the keys have colours of their own

    def on_mount(self) -> None:
        """Begins to follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def on_unmount(self) -> None:
        """Follows it no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _follow(self, screen: Screen[object]) -> None:
        # An action of several keys is shown once, by its first one.
        shown = {key.binding.action: key for key in reversed(screen.active_bindings.values()) if key.binding.show}
        self._keys = tuple(self._key(key) for key in reversed(shown.values()))

    def _key(self, key: ActiveBinding) -> Content:
        display, description = self.app.get_key_display(key.binding), key.binding.description
        return Content.assemble(
            (f" {display} ", "bold $footer-key-foreground on $footer-key-background"),
            (f"{description} ", "$footer-description-foreground on $footer-description-background"),
        ).stylize(Style(dim=not key.enabled) + Style.from_meta({"@click": f"app.simulate_key({key.binding.key!r})"}))

    def render(self) -> RenderResult:
        """As many keys as there is room for."""
        room, keys = self.size.width, list(self._keys)
        while keys and sum(key.cell_length for key in keys) > room:
            keys.pop()
        return Content("").join(keys)
