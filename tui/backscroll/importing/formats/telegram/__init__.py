"""Telegram Desktop's JSON export: one chat, or everything that an account holds."""

from backscroll.importing.formats.telegram.reader import Telegram

__all__ = ["Telegram"]
