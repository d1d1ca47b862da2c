"""Exports of several formats over several quarters, some of them again at a later time: longer, and changed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.importing import test_discord, test_mail, test_telegram

_START: Final = datetime(2022, 11, 5, 7, 30, tzinfo=UTC)
_WORDS: Final = (
    *(
        "the keys",
        "node.js",
        "Größe",
        "東京駅",
        "tomorrow at eight",
        "🐈 is safe",
        "who has been running",
        "deployed again",
    ),
    *("https://example.org/a/b", "no", "we were waiting for the others", "schön, dass ihr da wart"),
)
_NAMES: Final = ("Ana", "Bo", "Zoë", "Cy")


def write_exports(folder: Path) -> tuple[Path, Path]:
    """A directory of exports, and one of later exports of the same chats."""
    earlier, later = folder / "earlier", folder / "later"
    for place, is_later in ((earlier, False), (later, True)):
        for write in (_whatsapp, _telegram, _discord, _mail, _table):
            inside = place / write.__name__.strip("_")
            inside.mkdir(parents=True)
            write(inside, is_later)
    return earlier, later


def write_noted(folder: Path) -> Path:
    """A small chat that notes are written to."""
    path = folder / "noted.csv"
    rows = [f"Noted,2023-0{i + 1}-01T00:00:00Z,Ana,note this {i}\n" for i in range(3)]
    path.write_text("chat,sent_at,sender,text\n" + "".join(rows), "utf-8")
    return path


def _span(is_later: bool, count: int) -> range:
    """Which messages an export holds: the later one has lost the oldest and goes further."""
    return range(count // 5, count * 6 // 5) if is_later else range(count)


def _text(i: int) -> str:
    random = Random(i)
    return " ".join(random.choice(_WORDS) for _ in range(random.randint(1, 6)))


def _whatsapp(place: Path, is_later: bool) -> None:
    lines = []
    for i in _span(is_later, 1500):
        moment = _START + timedelta(hours=7 * (i // 2))  # two a minute, some of them equal
        text = "<Media omitted>" if i % 11 == 0 else "ok" if i % 7 < 2 else _text(i)
        lines.append(f"{moment:%d/%m/%Y, %H:%M} - {_NAMES[i % 3]}: {text}\n")
    (place / "WhatsApp Chat with Home.txt").write_text("".join(lines), "utf-8")


def _telegram(place: Path, is_later: bool) -> None:
    messages: list[dict[str, Any]] = [test_telegram.done("topic_created", 1, title="Tents")]
    for i in _span(is_later, 900):
        others: dict[str, Any] = {}
        if i % 9 == 0:
            others["reply_to_message_id"] = 1
        elif i % 4 == 0:
            others["reply_to_message_id"] = i + 9
        if i % 13 == 0:
            others["photo"] = f"photos/{i}.jpg"
        if i % 17 == 0:
            people = [{"from": name, "from_id": f"user{name}"} for name in _NAMES[: 2 + is_later]]
            others["reactions"] = [{"type": "emoji", "count": 2, "emoji": "👍", "recent": people}]
        stamp = str(int((_START + timedelta(hours=11 * i)).timestamp()))
        text = _text(i)
        if i % 10 == 0 and is_later:
            text, others["edited_unixtime"] = f"{text} (corrected)", str(int(stamp) + 60)
        name = _NAMES[i % 4]
        person = {"from": name, "from_id": f"user{name}"}
        messages.append(test_telegram.said(i + 10, text, **others, date_unixtime=stamp, **person))
    (place / "result.json").write_text(json.dumps(test_telegram.chat(*messages), indent=1), "utf-8")


def _discord(place: Path, is_later: bool) -> None:
    messages = []
    for i in _span(is_later, 500):
        moment = (_START + timedelta(hours=23 * i)).isoformat()
        edited = (
            {"timestampEdited": (_START + timedelta(hours=23 * i + 1)).isoformat()} if i % 25 == 0 and is_later else {}
        )
        text = _text(i) + (" (changed)" if edited else "")
        messages.append(test_discord.said(i, text, timestamp=moment, **edited))
    (place / "general.json").write_text(json.dumps(test_discord.channel(*messages), indent=1), "utf-8")


def _mail(place: Path, is_later: bool) -> None:
    letters = (test_mail.letter(i, answers=f"<{i - 1}@a.example>" if i % 5 else "") for i in _span(is_later, 200))
    (place / "inbox.mbox").write_text(
        "".join(f"From x Mon Mar 25 10:00:00 2024\n{one.as_string()}\n" for one in letters)
    )


def _table(place: Path, is_later: bool) -> None:
    rows = ["chat\tsent_at\tsender\tid\ttext"]
    for i in _span(is_later, 800):
        moment = (_START + timedelta(hours=17 * i)).isoformat()
        text = f"{_text(i)} anew" if is_later and i % 40 == 0 else _text(i)
        rows.append(f"Room {i % 5}\t{'' if i % 97 == 50 else moment}\t{_NAMES[i % 4]}\t{i}\t{text}")
    (place / "rooms.tsv").write_text("\n".join(rows) + "\n", "utf-8")
