"""Mail: mbox files, maildirs and single messages."""

from backscroll.importing.formats.mail.reader import Mail

__all__ = ["Mail"]
