"""Reading a workspace export: folder by folder, day by day."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import RAW_MAX, Json, is_record, load, records_in, rejected, text
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading
from backscroll.importing.formats.slack.layout import Layout, layout_of
from backscroll.importing.formats.slack.messages import Author, author_of, entry_of, files_of
from backscroll.importing.formats.slack.roster import Roster, room_of, roster_of
from backscroll.importing.formats.slack.wording import plain, text_of
from backscroll.importing.records import Chat, Entry, Person, Record, Rejected, Topic
from backscroll.model.conversation import ConversationKind

_TITLE_MAX: Final = 80


class Slack:
    """Slack's workspace export."""

    name = "slack"
    title = "Slack export"
    carries = "the whole workspace: threads, reactions, edits, files, direct messages"
    recognised = "by its files: users.json, channels.json, a file for every day"

    def recognises(self, export: Export) -> bool:
        """Whether folders of day files lie there, as Slack names them, beside its lists or with messages in them."""
        layout = layout_of(export)
        # What lies deeper in a directory is looked at on its own; a zip may wrap everything in one folder.
        if layout is None or (export.is_folder and layout.root):
            return False
        return layout.has_lists or _holds_messages(export, layout)

    def read(self, export: Export, choices: Choices) -> Reading:  # noqa: ARG002
        """The whole workspace. Raises AppError where it is no Slack export."""
        layout = layout_of(export)
        if layout is None:
            raise AppError(
                f"{export.name} is not a Slack export",
                "Point at the .zip that Slack sent, or at the folder that holds channels.json.",
                code="not_recognised",
            )
        roster = roster_of(export, layout)
        total = sum(export.size(member) for member in layout.members)
        return Reading(_identity(export, layout, roster), "Slack", total, _records(export, layout, roster))


def _holds_messages(export: Export, layout: Layout) -> bool:
    try:
        return any("ts" in message for message in records_in(load(export, layout.members[0])))
    except ValueError:
        return False


def _identity(export: Export, layout: Layout, roster: Roster) -> str:
    """The workspace by its own id, which people and messages carry; else by its oldest channel."""
    teams = roster.teams or _teams_of_messages(export, layout)
    if teams:
        return "slack:" + min(teams, key=lambda team: (-teams[team], team))
    return "slack:" + min((identity for identity in roster.channels if identity), default=min(layout.days))


def _teams_of_messages(export: Export, layout: Layout) -> Counter[str]:
    teams: Counter[str] = Counter()
    for members in layout.days.values():
        try:
            messages = records_in(load(export, members[0]))
        except ValueError:
            continue
        teams.update(team for message in messages if (team := text(message.get("team"))))
    return teams


def _records(export: Export, layout: Layout, roster: Roster) -> Iterator[tuple[int, Record]]:
    done = 0
    for member, reason in roster.broken.items():
        yield done, Rejected("", reason, f"{member}:1")
    for folder, members in layout.days.items():
        kind, room = room_of(roster, folder)
        channel = _Channel(export, layout.root, roster, text(room.get("id")) or folder)
        yield done, Chat(channel.identity, roster.title(folder, kind, room), kind, _topic(room, kind, roster))
        for member in members:
            done += export.size(member)
            try:
                day = load(export, member)
                messages = day if isinstance(day, list) else [day]
            except ValueError as error:
                yield done, Rejected(_beginning(export, member), str(error), f"{member}:1")
                continue
            for record in channel.records(messages, member):
                yield done, record


def _topic(room: Json, kind: ConversationKind, roster: Roster) -> str | None:
    if kind is ConversationKind.DIRECT:
        return None
    for name in ("topic", "purpose"):
        said = room.get(name)
        value = text(said.get("value")) if is_record(said) else text(said)
        if value:
            return plain(value, roster)
    return None


def _beginning(export: Export, member: str) -> str:
    try:
        return export.read(member, RAW_MAX).decode("utf-8", "replace")
    except AppError:
        return ""


class _Channel:
    """One conversation while its days are read: who and which threads were told already."""

    def __init__(self, export: Export, root: str, roster: Roster, identity: str) -> None:
        self.identity = identity
        self._export = export
        self._root = root
        self._roster = roster
        self._people: set[str] = set()
        self._threads: set[str] = set()

    def records(self, messages: list[object], member: str) -> Iterator[Record]:
        """The messages of one day, each after the people and the thread that it names for the first time."""
        roots = {text(m.get("ts")): m for m in messages if is_record(m) and m.get("thread_ts")}
        for number, message in enumerate(messages, 1):
            try:
                if not is_record(message):
                    raise ValueError("it is not a message")
                author = author_of(message, self._roster)
                entry = entry_of(message, self.identity, author, self._roster)
            except (ValueError, RecursionError) as error:
                yield rejected(message, error, f"{member}:{number}")
                continue
            if entry.attachments:
                entry.attachments = files_of(message, self._export, member, self._root)
            yield from self._introduced(entry, author)
            if entry.thread is not None and entry.thread not in self._threads:
                yield self._thread(entry.thread, roots.get(entry.thread, message))
            yield entry

    def _introduced(self, entry: Entry, author: Author | None) -> Iterator[Person]:
        named = [author] if author else []
        named += [Author(r.person, self._roster.person(r.person)) for r in entry.reactions if r.person]
        for one in named:
            if one.identity not in self._people:
                self._people.add(one.identity)
                yield Person(self.identity, one.identity, one.name)

    def _thread(self, thread: str, root: Json) -> Topic:
        self._threads.add(thread)
        words = " ".join(text_of(root, self._roster).split())
        title = words if len(words) <= _TITLE_MAX else words[: _TITLE_MAX - 1] + "…"
        return Topic(self.identity, thread, title or "Thread", thread)
