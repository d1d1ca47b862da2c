"""Writing the workspace the way Slack's official export lays it out: lists of people and channels, one file a day."""

import json
import re
import tomllib
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tests.sample_writer.schedule import Post
from tests.sample_writer.script import Script

_WORKSPACE = Path(__file__).parent / "scenes" / "slack.toml"
_LINK = re.compile(r"https?://[^\s>`)]*[\w/]")
_MENTION = re.compile(r"(?<!\w)@([a-z]+)\b")
_CHANNEL = re.compile(r"(?<!\S)#([a-z][\w-]+)")


class Workspace:
    """The people and channels of the project; turns what was said in them into the export's files."""

    def __init__(self) -> None:
        self._about = tomllib.loads(_WORKSPACE.read_text("utf-8"))
        self._users: dict[str, dict[str, Any]] = self._about["users"]
        self._channels: dict[str, str] = {}

    @property
    def identity(self) -> str:
        """The source's stable name."""
        return f"slack:{self._about['team_id']}"

    def export(self, chats: list[tuple[Script, list[Post]]]) -> dict[str, str]:
        """Every file of the export by its name."""
        self._channels = {script.settings["title"]: script.settings["id"] for script, _ in chats}
        files = {"users.json": _json([self._user(handle) for handle in self._users], 1)}
        for kind in ("channels", "dms", "mpims"):
            rows = [self._channel(script) for script, _ in chats if script.settings["list"] == kind]
            files[f"{kind}.json"] = _json(rows, 1)
        files["integration_logs.json"] = _json([], None)
        for script, posts in chats:
            days: dict[str, list[dict[str, Any]]] = {}
            for post, message in zip(posts, self._messages(posts), strict=True):
                days.setdefault(f"{post.at:%Y-%m-%d}", []).append(message)
            folder = script.settings.get("folder", script.settings["title"])
            files |= {f"{folder}/{day}.json": _json(messages, None) for day, messages in days.items()}
        return files

    def _user(self, handle: str) -> dict[str, Any]:
        user = self._users[handle]
        name = user["name"]
        return {
            "id": user["id"],
            "team_id": self._about["team_id"],
            "name": handle,
            "deleted": user.get("left", False),
            "real_name": name,
            "tz": user.get("tz", "Europe/London"),
            "is_bot": "bot_id" in user,
            "profile": {"real_name": name, "display_name": handle, "title": user.get("title", "")},
        }

    def _channel(self, script: Script) -> dict[str, Any]:
        settings = script.settings
        created = int(datetime.fromisoformat(settings["start"]).replace(tzinfo=UTC).timestamp())
        members = [self._users[name]["id"] for name in script.people if "bot_id" not in self._users[name]]
        row: dict[str, Any] = {"id": settings["id"], "created": created, "members": members}
        if settings["list"] == "dms":
            return row
        row |= {
            "name": settings["folder"] if settings["list"] == "mpims" else settings["title"],
            "creator": members[0],
            "is_archived": False,
            "is_general": settings["title"] == "general",
        }
        for word in ("topic", "purpose"):
            row[word] = {"value": settings.get(word, ""), "creator": members[0], "last_set": created}
        return row

    def _messages(self, posts: list[Post]) -> list[dict[str, Any]]:
        messages = [self._message(post, number) for number, post in enumerate(posts)]
        for number, post in enumerate(posts):
            if post.parent is None:
                continue
            parent, answer = messages[post.parent], messages[number]
            answer["thread_ts"] = parent["thread_ts"] = parent["ts"]
            answer["parent_user_id"] = parent["user"]
            parent.setdefault("replies", []).append({"user": answer["user"], "ts": answer["ts"]})
            parent["reply_count"] = len(parent["replies"])
            parent["reply_users"] = sorted({reply["user"] for reply in parent["replies"]})
            parent["latest_reply"] = answer["ts"]
        return messages

    def _message(self, post: Post, number: int) -> dict[str, Any]:
        if post.sender is None:
            raise ValueError(f"a notice without a person: {post.text}")
        user, line = self._users[post.sender], post.line
        stamp = timestamp(post, number)
        message: dict[str, Any] = {"type": "message", "user": user["id"], "text": self._text(post), "ts": stamp}
        if "bot_id" in user:
            message |= {"subtype": "bot_message", "bot_id": user["bot_id"], "username": user["name"]}
        if line.flag("join") is not None:
            message |= {"subtype": "channel_join", "text": f"<@{user['id']}> has joined the channel"}
        if line.flag("topic") is not None:
            message |= {
                "subtype": "channel_topic",
                "topic": post.text,
                "text": f"<@{user['id']}> set the channel topic: {post.text}",
            }
        if line.flag("broadcast") is not None:
            message["subtype"] = "thread_broadcast"
        if line.flag("deleted") is not None:
            message |= {
                "subtype": "tombstone",
                "user": "USLACKBOT",
                "text": "This message was deleted.",
                "hidden": True,
            }
        if line.flag("edited") is not None:
            message["edited"] = {"user": user["id"], "ts": f"{int(stamp[:10]) + 74}.000000"}
        if line.flag("file") is not None:
            message |= {"files": [_file(line.flag("file") or "", stamp)], "upload": True}
        if post.reactions:
            message["reactions"] = [
                {"name": emoji, "users": [self._users[name]["id"] for name in names], "count": len(names)}
                for emoji, names in post.reactions
            ]
        return message

    def _text(self, post: Post) -> str:
        text = post.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace("@here", "<!here>").replace("@channel", "<!channel>")
        text = _LINK.sub(lambda match: f"<{match[0]}>", text)
        text = _MENTION.sub(lambda m: f"<@{self._users[m[1]]['id']}>" if m[1] in self._users else m[0], text)
        return _CHANNEL.sub(lambda m: f"<#{self._channels[m[1]]}|{m[1]}>" if m[1] in self._channels else m[0], text)


def timestamp(post: Post, number: int) -> str:
    """The message's `ts`: seconds since 1970 and a fraction that makes it the only one in its channel."""
    return f"{int(post.at.replace(tzinfo=UTC).timestamp())}.{number % 10000:04}00"


def _file(name: str, stamp: str) -> dict[str, Any]:
    types = {
        "png": "image/png",
        "jpg": "image/jpeg",
        "pdf": "application/pdf",
        "svg": "image/svg+xml",
        "log": "text/plain",
    }
    key = blake2b(f"{name} {stamp}".encode(), digest_size=5).hexdigest().upper()
    return {
        "id": f"F{key}",
        "name": name,
        "title": name,
        "mimetype": types[name.rpartition(".")[2]],
        "size": 2000 + int(key, 16) % 700_000,
        "url_private": f"https://files.lanternfish.example/F{key}/{name}",
    }


def _json(value: object, indent: int | None) -> str:
    separators = None if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n"
