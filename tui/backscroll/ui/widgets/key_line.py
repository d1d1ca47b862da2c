"""The line of keys below a screen that stays open."""

from textual.widgets import Footer


class KeyLine(Footer):
    """Textual's footer, without the keys that it showed before: it makes new ones at every turn and lets go of none."""

    async def recompose(self) -> None:
        """Shows the keys of the widget with the focus."""
        await super().recompose()
        self.mutate_reactive(Footer.compact)  # those that are gone watched this; only a change strikes them out
