"""WhatsApp's text export: `_chat.txt` or one `.txt` per chat, alone or in a zip with its media."""

from backscroll.importing.formats.whatsapp.reader import WhatsApp

__all__ = ["WhatsApp"]
