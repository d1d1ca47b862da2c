"""Writing a chat the way WhatsApp exports it, in the dialects of several phones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tests.sample_writer.media import media
from tests.sample_writer.schedule import Post
from tests.sample_writer.script import Script

_LRM = "\u200e"
_RLM = "\u200f"
_ARABIC_DIGITS = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩،")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one phone in one language writes: the header of a message, and the phrases that it puts into the text."""

    header: Callable[[datetime], str]
    edited: str = "<This message was edited>"
    deleted: str = "This message was deleted"
    omitted: str = "<Media omitted>"
    encrypted: str = (
        "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, "
        "can read or listen to them. Tap to learn more."
    )
    is_ios: bool = False


def _twelve(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M}"


def _arabic(at: datetime) -> str:
    marker = "ص" if at.hour < 12 else "م"
    stamp = f"{at.day}{_RLM}/{at.month}{_RLM}/{at.year}, {_twelve(at)} {marker} - "
    return stamp.translate(_ARABIC_DIGITS)


DIALECTS = {
    "android": Dialect(lambda at: f"{at:%d/%m/%Y, %H:%M} - "),
    "android-us": Dialect(lambda at: f"{at.month}/{at.day}/{at:%y}, {_twelve(at)}\u202f{at:%p} - "),
    "ios": Dialect(lambda at: f"[{at:%d/%m/%Y, %H:%M:%S}] ", is_ios=True),
    "ios-us": Dialect(lambda at: f"[{at.month}/{at.day}/{at:%y}, {_twelve(at)}:{at:%S}\u202f{at:%p}] ", is_ios=True),
    "german": Dialect(
        lambda at: f"{at:%d.%m.%y, %H:%M} - ",
        edited="<Diese Nachricht wurde bearbeitet.>",
        deleted="Diese Nachricht wurde gelöscht.",
        omitted="<Medien ausgeschlossen>",
        encrypted="Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats "
        "kann sie lesen oder anhören, nicht einmal WhatsApp. Tippe, um mehr zu erfahren.",
    ),
    "arabic": Dialect(
        _arabic,
        deleted="تم حذف هذه الرسالة",
        omitted="<تم استبعاد الوسائط>",
        encrypted="الرسائل والمكالمات مشفرة تمامًا بين الطرفين. لا يمكن لأي شخص خارج هذه الدردشة "
        "قراءتها أو الاستماع إليها.",
    ),
    "japanese": Dialect(
        lambda at: f"{at:%Y/%m/%d %H:%M} - ",
        deleted="このメッセージは削除されました",
        omitted="<メディアは含まれていません>",
        encrypted="メッセージと通話はエンドツーエンドで暗号化されています。このチャットの参加者以外は、WhatsAppも含めて誰も読んだり聞いたりできません。",
    ),
}
_LEFT_OUT = {
    "photo": "image",
    "png": "image",
    "video": "video",
    "voice": "audio",
    "sticker": "sticker",
    "doc": "document",
}


@dataclass(slots=True)
class ChatExport:
    """What came out: the text of the chat and its media by file name."""

    text: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def export_chat(script: Script, posts: list[Post]) -> ChatExport:
    """The chat in the dialect that its script asks for."""
    dialect = DIALECTS[script.settings["dialect"]]
    export = ChatExport()
    group = script.settings["title"]
    rows = []
    for number, post in enumerate(posts, 1):
        body = post.text.replace("%encrypted%", dialect.encrypted)
        if post.sender is not None:
            body = f"{post.sender}: {_body(script, dialect, post, number, export)}"
        elif dialect.is_ios:
            body = f"{group}: {_LRM}{body}"
        mark = _LRM if dialect.is_ios and _LRM in body else ""
        rows.append(f"{mark}{dialect.header(post.at)}{body}")
    export.text = "".join(row + ("\r\n" if dialect.is_ios else "\n") for row in rows)
    return export


def _body(script: Script, dialect: Dialect, post: Post, number: int, export: ChatExport) -> str:
    mark = _LRM if dialect.is_ios else ""
    line = post.line
    if line.flag("deleted") is not None:
        return mark + dialect.deleted + ("." if dialect.is_ios else "")
    if line.flag("edited") is not None:
        return f"{post.text} {mark}{dialect.edited}"
    if line.flag("notice") is not None:
        return mark + post.text
    for kind in _LEFT_OUT:
        if line.flag(kind) is not None:
            return _attached(script, dialect, post, (kind, line.flag(kind) or "", number), export)
    return post.text


def _attached(script: Script, dialect: Dialect, post: Post, what: tuple[str, str, int], export: ChatExport) -> str:
    kind, name, number = what
    content = media(kind, f"{script.key} {number}") if script.settings.get("media") == "kept" else None
    if content is None:
        left_out = f"{_LRM}{_LEFT_OUT[kind]} omitted" if dialect.is_ios else dialect.omitted
        return _around(dialect, post.text, left_out)
    file_name = _file_name(kind, name, post.at, number, dialect)
    export.files[file_name] = content
    tag = f"{_LRM}<attached: {file_name}>" if dialect.is_ios else f"{_LRM}{file_name} (file attached)"
    return _around(dialect, post.text, tag)


def _around(dialect: Dialect, caption: str, tag: str) -> str:
    """The iPhone puts a caption before the tag, Android on the lines after it."""
    if not caption:
        return tag
    return f"{caption} {tag}" if dialect.is_ios else f"{tag}\n{caption}"


def _file_name(kind: str, name: str, at: datetime, number: int, dialect: Dialect) -> str:
    if not dialect.is_ios:
        tail = f"{at:%Y%m%d}-WA{number % 10000:04}"
        names = {"photo": f"IMG-{tail}.jpg", "png": f"IMG-{tail}.png", "voice": f"PTT-{tail}.opus"}
        return names.get(kind, name)
    stamp = f"{at:%Y-%m-%d-%H-%M-%S}"
    names = {"photo": f"PHOTO-{stamp}.jpg", "png": f"PHOTO-{stamp}.png", "voice": f"AUDIO-{stamp}.opus"}
    return f"{number:08}-{names.get(kind, name)}"
