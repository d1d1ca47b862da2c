"""What signal-export writes of Signal Desktop: a folder for every chat, with a line of JSON for every message."""

from backscroll.importing.formats.signal.reader import Signal

__all__ = ["Signal"]
