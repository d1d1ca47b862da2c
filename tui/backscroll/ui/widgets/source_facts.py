"""A live source, drawn: in a list, and with all that is known of how it is followed."""

from datetime import datetime, tzinfo

from textual.content import Content

from backscroll.importing.account import counted
from backscroll.model.sync import Sync
from backscroll.text import safe_line
from backscroll.ui.live_sources import Underway


def source_line(sync: Sync, underway: Underway | None) -> Content:
    """A source in the list."""
    state = "paused" if sync.is_paused else _doing(underway)
    line = Content.assemble(safe_line(sync.name), (f"  {counted(sync.messages, 'message')}", "$text-muted"))
    return line + Content.styled(f"  {state}", "$text-accent") if state else line


def _doing(underway: Underway | None) -> str:
    if underway is None:
        return ""
    if underway.is_first:
        return f"{underway.done * 100 // underway.total} %" if underway.total else "comparing"
    return "followed" if underway.is_following else "ending"


def source_facts(sync: Sync, underway: Underway | None, zone: tzinfo | None) -> Content:
    """What was found there, how far it was mirrored, and what runs."""
    found = sync.found
    rows = [
        ("System", str(found.get("system", sync.system))),
        ("Server", f"PostgreSQL {found.get('server_version', '')}, schema {found.get('schema', '')}"),
        ("Here", f"{counted(sync.chats, 'chat')}, {counted(sync.messages, 'message')}"),
        ("Looked at", _when(sync.synced_at, zone)),
        ("Compared", _when(sync.compared_at, zone)),
        ("Excluded", ", ".join([*sync.excluded, *(f"{chat} (by the source)" for chat in found.get("excluded") or ())])),
        ("State", _state(sync, underway, zone)),
    ]
    lines = [Content.assemble((f"{name:10}", "$text-muted"), safe_line(value)) for name, value in rows if value]
    missing = found.get("missing_indexes") or ()
    if missing:
        lines.append(Content.styled("\nThe source has no index for this; its owner may run:", "$text-muted"))
        lines += [Content(safe_line(str(index))) for index in missing]
    return Content("\n").join(lines)


def _state(sync: Sync, underway: Underway | None, zone: tzinfo | None) -> str:
    if sync.is_paused:
        return f"paused since {_when(sync.paused_at, zone)}"
    if underway is None:
        return "not followed"
    brought = f"{underway.messages:,} new, {underway.changed:,} changed, {underway.deleted:,} deleted"
    if underway.is_first:
        return f"{underway.done:,} of {underway.total:,} messages read" if underway.total else "comparing …"
    return f"followed: {brought}" if underway.is_following else brought


def _when(moment: datetime | None, zone: tzinfo | None) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if moment else "never"
