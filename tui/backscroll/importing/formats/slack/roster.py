"""Who and what an export knows: people, channels, and the names to show for them."""

from collections import Counter
from dataclasses import dataclass, field

from backscroll.importing.documents import Json, load, record, records_in, text, texts
from backscroll.importing.export import Export
from backscroll.importing.formats.slack.layout import Layout
from backscroll.model.conversation import ConversationKind

_SHARED = ("is_shared", "is_ext_shared", "is_org_shared")
_KINDS = {
    "channels": ConversationKind.CHANNEL,
    "groups": ConversationKind.GROUP,
    "mpims": ConversationKind.GROUP,
    "dms": ConversationKind.DIRECT,
}


@dataclass(slots=True)
class Roster:
    """Names by id. `rooms` are the conversations that the lists tell of, by the name of their folder."""

    people: dict[str, str] = field(default_factory=lambda: {"USLACKBOT": "Slackbot"})
    channels: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, tuple[ConversationKind, Json]] = field(default_factory=dict)
    teams: Counter[str] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)

    def person(self, identity: str, otherwise: str = "") -> str:
        """The name of a user or bot; what the message itself calls them, or their id, where no list tells."""
        return self.people.get(identity) or otherwise or identity

    def title(self, folder: str, kind: ConversationKind, room: Json) -> str:
        """The name of a conversation; one without a name of its own is called by its members."""
        members = [self.person(member) for member in texts(room.get("members"))]
        if kind is ConversationKind.DIRECT or folder.startswith("mpdm-"):
            return ", ".join(members) or folder
        return text(room.get("name")) or folder


def roster_of(export: Export, layout: Layout) -> Roster:
    """What the lists of the export tell; a list that is missing or broken tells nothing."""
    roster = Roster()
    for user in _list(export, layout, "users", roster):
        identity = text(user.get("id"))
        if identity:
            roster.people[identity] = name_of(user) or identity
            roster.teams.update(filter(None, [text(user.get("team_id"))]))
    strangers: list[str] = []
    for name, kind in _KINDS.items():
        for room in _list(export, layout, name, roster):
            identity, title = text(room.get("id")), text(room.get("name"))
            roster.channels[identity] = title
            # A direct chat's folder is named by its id, the others' by their name.
            folder = identity if identity in layout.days or not title else title
            roster.rooms[folder] = (kind, room)
            strangers += [folder] if any(room.get(mark) is True for mark in _SHARED) else []
    _learn_from_messages(export, layout, roster, strangers if roster.teams else list(layout.days))
    return roster


def _learn_from_messages(export: Export, layout: Layout, roster: Roster, folders: list[str]) -> None:
    """Names of people whom no list tells of: all, where the list is missing, and those of other workspaces.

    Messages name their senders; without a look at all of them first, whoever is mentioned before is an id for good.
    """
    for member in (member for folder in folders for member in layout.days.get(folder, ())):
        try:
            messages = records_in(load(export, member))
        except ValueError:  # told when its messages are read
            continue
        for message in messages:
            name = name_of({"profile": message.get("user_profile")})
            if name and text(message.get("user")):
                roster.people.setdefault(text(message.get("user")), name)


def _list(export: Export, layout: Layout, name: str, roster: Roster) -> list[Json]:
    member = f"{layout.root}{name}.json"
    if member not in export.sizes:
        return []
    try:
        return records_in(load(export, member))
    except ValueError as error:
        roster.broken[member] = str(error)
        return []


def name_of(user: Json) -> str:
    """The name that the person chose to be shown by, as far as there is one."""
    profile = record(user.get("profile"))
    return (
        text(profile.get("display_name"))
        or text(profile.get("real_name"))
        or text(user.get("real_name"))
        or text(user.get("name"))
    ).strip()


def room_of(roster: Roster, folder: str) -> tuple[ConversationKind, Json]:
    """Kind and description of a folder's conversation; by the look of its name where no list tells of it."""
    known = roster.rooms.get(folder)
    if known is not None:
        return known
    if folder.startswith("mpdm-"):
        return ConversationKind.GROUP, {}
    is_direct = folder.startswith("D") and folder.isalnum() and folder.isupper() and len(folder) >= 8
    return (ConversationKind.DIRECT if is_direct else ConversationKind.CHANNEL), {}
