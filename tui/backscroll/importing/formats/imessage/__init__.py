"""Apple's Messages: chat.db of a Mac, sms.db of an iPhone's backup."""

from backscroll.importing.formats.imessage.reader import IMessage

__all__ = ["IMessage"]
