"""Slack's workspace export: JSON lists of users and channels, and a folder of day files for every channel."""

from backscroll.importing.formats.slack.reader import Slack

__all__ = ["Slack"]
