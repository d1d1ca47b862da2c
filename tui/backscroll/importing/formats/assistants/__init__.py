"""Conversations with an assistant: what ChatGPT and Claude export."""

from backscroll.importing.formats.assistants.chatgpt import ChatGPT
from backscroll.importing.formats.assistants.claude import Claude

__all__ = ["ChatGPT", "Claude"]
