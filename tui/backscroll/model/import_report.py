"""What an import says of itself: what was read of each chat, how times were read, and what was left out."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias
from uuid import UUID

ZoneFrom: TypeAlias = Literal["option", "settings", "machine", "file"]
"""Who said in which zone wall-clock times are: the person, the settings, the machine; or the file, which needs none."""

GAP_DAYS: Final = 14
GAP_TIMES: Final = 3
GAPS_KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without messages: the last day (UTC) before it and the first after it that have some."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """Days without a message."""
        return (self.until - self.since).days - 1


def gaps_among(days: Collection[int]) -> tuple[Gap, ...]:
    """The gaps among the days (ordinals) on which a chat has messages, in order of time.

    A pause between two such days is a gap where it takes at least two weeks and three times as long as nineteen of
    twenty of the chat's pauses: in a busy chat a fortnight is one, in a chat that is used twice a year none is. Of
    many, the 20 longest are given.
    """
    ordered = sorted(days)
    pauses = sorted(after - before for before, after in pairwise(ordered))
    if not pauses:
        return ()
    usual = pauses[(len(pauses) - 1) * 19 // 20]
    least = max(GAP_DAYS + 1, GAP_TIMES * usual)
    found = [(after - before, before) for before, after in pairwise(ordered) if after - before >= least]
    longest = sorted(sorted(found, reverse=True)[:GAPS_KEPT], key=lambda pause: pause[1])
    return tuple(Gap(date.fromordinal(day), date.fromordinal(day + pause)) for pause, day in longest)


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as it was read: the moment that it was taken for, who wrote it (None: a notice), and its beginning."""

    sent_at: datetime
    sender: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ChatReport:
    """What was read of a chat, and how much of it was `added` (None: taken back since).

    `participants` are those who wrote; `missing_files` attachments whose file did not come with the export.
    """

    id: UUID
    title: str
    messages: int
    participants: int
    first_at: datetime
    last_at: datetime
    missing_files: int = 0
    gaps: tuple[Gap, ...] = ()
    added: int | None = None
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A file that no format knows, and why, in words."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """What one should know of how an export was read: the subject for programs, a sentence, and where."""

    about: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What a run keeps beside its counts."""

    chats: tuple[ChatReport, ...] = ()
    remarks: tuple[Remarked, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()
    zone_from: ZoneFrom | None = None
    date_order_from: str | None = None


def as_json(reported: Reported) -> dict[str, Any]:
    """The shape in which `import_runs.report` keeps it: names as here, times as RFC 3339, days as ISO 8601."""
    return {
        "zone_from": reported.zone_from,
        "date_order_from": reported.date_order_from,
        "remarks": [asdict(remark) for remark in reported.remarks],
        "unrecognised": [asdict(file) for file in reported.unrecognised],
        "chats": [chat_json(chat) for chat in reported.chats],
    }


def chat_json(chat: ChatReport) -> dict[str, Any]:
    """One chat in that shape, without what was added: that is asked from the archive."""
    return {
        "id": str(chat.id),
        "title": chat.title,
        "messages": chat.messages,
        "participants": chat.participants,
        "first_message_at": chat.first_at.astimezone(UTC).isoformat(),
        "last_message_at": chat.last_at.astimezone(UTC).isoformat(),
        "missing_files": chat.missing_files,
        "gaps": [{"since": gap.since.isoformat(), "until": gap.until.isoformat()} for gap in chat.gaps],
    }


def from_json(kept: Mapping[str, Any], added: Mapping[UUID, int] | None) -> Reported:
    """What was kept, with the messages that each chat has of the run; None: they were taken back."""
    return Reported(
        tuple(_chat(row, added) for row in kept.get("chats", ())),
        tuple(Remarked(**row) for row in kept.get("remarks", ())),
        tuple(Unrecognised(**row) for row in kept.get("unrecognised", ())),
        kept.get("zone_from"),
        kept.get("date_order_from"),
    )


def _chat(row: Mapping[str, Any], added: Mapping[UUID, int] | None) -> ChatReport:
    identity = UUID(row["id"])
    return ChatReport(
        identity,
        row["title"],
        row["messages"],
        row["participants"],
        datetime.fromisoformat(row["first_message_at"]),
        datetime.fromisoformat(row["last_message_at"]),
        row["missing_files"],
        tuple(_gap(gap) for gap in row["gaps"]),
        added.get(identity, 0) if added is not None else None,
    )


def _gap(row: Mapping[str, str]) -> Gap:
    return Gap(date.fromisoformat(row["since"]), date.fromisoformat(row["until"]))
