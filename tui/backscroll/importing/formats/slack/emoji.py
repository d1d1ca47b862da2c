"""Slack's names of the emoji that people react with most; any other stays as its name between colons."""

from typing import Final

_EMOJI: Final = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "heart": "❤️", "joy": "😂", "smile": "😄",
    "simple_smile": "🙂", "slightly_smiling_face": "🙂", "smiley": "😃", "grinning": "😀", "grin": "😁",
    "laughing": "😆",
    "wink": "😉", "blush": "😊", "heart_eyes": "😍", "sob": "😭", "cry": "😢", "thinking_face": "🤔",
    "open_mouth": "😮",
    "sunglasses": "😎", "rolling_on_the_floor_laughing": "🤣", "sweat_smile": "😅", "hugging_face": "🤗",
    "raised_hands": "🙌", "clap": "👏", "pray": "🙏", "wave": "👋", "muscle": "💪", "ok_hand": "👌", "point_up": "☝️",
    "fire": "🔥", "tada": "🎉", "100": "💯", "rocket": "🚀", "star": "⭐", "sparkles": "✨", "eyes": "👀",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "question": "❓", "exclamation": "❗", "bulb": "💡",
    "beers": "🍻", "coffee": "☕", "pizza": "🍕", "cake": "🍰", "confetti_ball": "🎊", "trophy": "🏆", "zap": "⚡",
    "heavy_plus_sign": "➕", "robot_face": "🤖", "see_no_evil": "🙈", "unicorn_face": "🦄", "skull": "💀",
}


def emoji(name: str) -> str:
    """The emoji of that name, its skin tone left away."""
    base = name.partition("::")[0]
    return _EMOJI.get(base, f":{base}:")
