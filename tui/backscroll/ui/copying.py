"""Puts messages into the clipboard and says what is there."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from textual.app import App

from backscroll.model.message import Message
from backscroll.reading.transcript import transcript

MOST = 10_000
"""Messages that are copied at once."""


def copy_messages(app: App[Any], messages: Sequence[Message], zone: tzinfo | None, *, in_markdown: bool) -> None:
    """Copies messages with their senders and times in a zone, as text or as Markdown."""
    app.copy_to_clipboard(transcript(messages, zone, in_markdown=in_markdown))
    what = "The message is" if len(messages) == 1 else f"{len(messages):,} messages are"
    app.notify(f"{what} in the clipboard{' as Markdown' if in_markdown else ''}.", markup=False)
