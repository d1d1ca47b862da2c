"""What Telegram itself says in a chat, in words: who joined, what was pinned, how long a call was."""

from typing import Final

from backscroll.importing.documents import Json, identity, text, whole

_WORDS: Final = {
    "create_group": "created the group {title}",
    "create_channel": "created the channel {title}",
    "edit_group_title": "changed the title to {title}",
    "edit_group_photo": "changed the picture",
    "delete_group_photo": "removed the picture",
    "join_group_by_link": "joined by a link of {inviter}",
    "join_group_by_request": "was let in",
    "migrate_to_supergroup": "made this a supergroup",
    "migrate_from_group": "made this a supergroup out of {title}",
    "pin_message": "pinned a message",
    "clear_history": "cleared the history",
    "score_in_game": "scored {score} in a game",
    "take_screenshot": "took a screenshot",
    "joined_telegram": "joined Telegram",
    "invite_to_group_call": "invited {members} to the call",
    "group_call_scheduled": "scheduled a call",
    "topic_created": "began the topic {title}",
    "suggest_profile_photo": "suggested a picture",
    "requested_phone_number": "asked for the phone number",
    "set_chat_wallpaper": "set the wallpaper",
    "set_same_chat_wallpaper": "set the same wallpaper",
    "send_premium_gift": "gave a Premium subscription",
    "boost_apply": "boosted the group",
}
_CALLS: Final = ("phone_call", "group_call")


def is_call(message: Json) -> bool:
    """Whether it tells of a call."""
    return message.get("action") in _CALLS


def notice_of(message: Json) -> str:
    """The words for a service message, beginning with whoever did it."""
    actor = text(message.get("actor")) or text(message.get("from"))
    action = text(message.get("action"))
    said = _said(message, action, actor) or text(message.get("information_text")) or action.replace("_", " ")
    return f"{actor} {said}".strip() or "service message"


def call_of(message: Json) -> str:
    """The words for a call: how it ended, or how long it was."""
    name = "Group call" if message.get("action") == "group_call" else "Call"
    seconds = whole(message.get("duration_seconds")) or whole(message.get("duration"))
    if seconds:
        return f"{name}, {seconds // 60}:{seconds % 60:02}"
    ending = {"missed": "missed", "busy": "busy", "disconnect": "cut off"}.get(text(message.get("discard_reason")))
    return f"{name}, {ending}" if ending else name


def _said(message: Json, action: str, actor: str) -> str:
    members = [text(member) or "a deleted account" for member in _list(message.get("members"))]
    if action in ("invite_members", "remove_members"):
        if members == [actor]:
            return "joined" if action == "invite_members" else "left"
        return ("added " if action == "invite_members" else "removed ") + (", ".join(members) or "somebody")
    if action == "set_messages_ttl":
        period = whole(message.get("period"))
        return f"set messages to vanish after {period} seconds" if period else "lets messages stay"
    if action == "edit_chat_theme":
        return f"changed the theme to {text(message.get('emoticon'))}".removesuffix(" to ")
    if action == "topic_edit":
        title = text(message.get("new_title"))
        return f"renamed the topic to {title}" if title else "changed the topic's icon"
    pattern = _WORDS.get(action, "")
    names = {
        "title": f"“{text(message.get('title'))}”",
        "inviter": text(message.get("inviter")) or "somebody",
        "members": ", ".join(members) or "somebody",
        "score": identity(message.get("score")),
    }
    return pattern.format(**names)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
