"""Zulip's archive: a folder for every channel, and in it a JSON list of messages for every topic."""

from backscroll.importing.formats.zulip.reader import Zulip

__all__ = ["Zulip"]
