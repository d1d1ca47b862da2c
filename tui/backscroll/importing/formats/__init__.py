"""One module per export format; `FORMATS` is the order in which they are asked whether they know an export."""

from backscroll.importing.format import Format
from backscroll.importing.formats.assistants import ChatGPT, Claude
from backscroll.importing.formats.chatlab import ChatLab
from backscroll.importing.formats.delimited import Delimited
from backscroll.importing.formats.discord import Discord
from backscroll.importing.formats.imessage import IMessage
from backscroll.importing.formats.jsonl import JsonLines
from backscroll.importing.formats.mail import Mail
from backscroll.importing.formats.own import Own
from backscroll.importing.formats.signal import Signal
from backscroll.importing.formats.slack import Slack
from backscroll.importing.formats.telegram import Telegram
from backscroll.importing.formats.whatsapp import WhatsApp
from backscroll.importing.formats.whatsapp_databases import WhatsAppDatabases
from backscroll.importing.formats.zulip import Zulip

# What lies at fixed places goes before WhatsApp, and WhatsApp before all that people may have sent in a chat as a file.
FORMATS: tuple[Format, ...] = (
    Slack(),
    Telegram(),
    Signal(),
    Zulip(),
    ChatGPT(),
    Claude(),
    WhatsApp(),
    WhatsAppDatabases(),
    IMessage(),
    Discord(),
    Mail(),
    ChatLab(),
    Own(),
    JsonLines(),
    Delimited(),
)
