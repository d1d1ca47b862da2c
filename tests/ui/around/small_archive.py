"""A small archive for the screens around reading: a family, a team, and a chat whose every word is hostile."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backscroll.archive.opening import Archive
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths

HOSTILE = "[@click=app.quit]free[/] [/red] \x1b]0;owned\x07 \u202etxt.exe"
_FAMILY = (
    "Has anyone seen the keys?",
    "under the plant, as ever",
    "thanks!",
    "who feeds the cat tonight?",
    "I do, 🐈 is safe",
    "Dinner at eight",
    "東京駅で会いましょう",
    "the keys are gone again",
)
_TEAM = ("v2.1 is out", "the deploy failed on node.js 18", "rolled back", "keys rotated", "green again")
_NAMES = {"Family": ("Ana", "Bo", "Zoë"), "Deploys": ("bot", "Ana"), "Größe & Co": ("Kim", "Bo")}


def _rows() -> list[tuple[str, str, str, str]]:
    start = datetime(2019, 3, 1, 8, tzinfo=UTC)
    rows: list[tuple[str, str, str, str]] = []
    for chat, texts, count, step in (
        ("Family", _FAMILY, 400, 53),
        ("Deploys", _TEAM, 300, 71),
        ("Größe & Co", _TEAM, 5, 9),
    ):
        names = _NAMES[chat]
        for i in range(count):
            moment = (start + timedelta(hours=i * step)).isoformat()
            rows.append((chat, moment, names[i % len(names)], texts[i % len(texts)]))
    rows += [
        (HOSTILE, "2020-01-01T00:00:00+00:00", HOSTILE, f"keys {HOSTILE} keys"),
        (HOSTILE, "2020-01-01T00:01:00+00:00", HOSTILE, "keys " + "\u0301" * 50 + "[" * 40 + "long " * 4000),
    ]
    return rows


def write(path: Path) -> Path:
    """Writes the archive's messages as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("chat", "sent_at", "sender", "text"))
        table.writerows(_rows())
    return path


async def fill(archive: Archive, folder: Path) -> None:
    """Brings the messages in as a person would."""
    await import_paths(archive, [write(folder / "chats.csv")], Choices(UTC, "UTC"))
