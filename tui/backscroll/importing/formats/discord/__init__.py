"""What DiscordChatExporter writes: JSON, and the CSV of its older releases."""

from backscroll.importing.formats.discord.reader import Discord

__all__ = ["Discord"]
