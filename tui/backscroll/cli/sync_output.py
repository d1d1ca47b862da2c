"""How live sources and what their syncs bring are printed."""

import sys
from dataclasses import asdict
from datetime import tzinfo
from typing import TYPE_CHECKING

from backscroll.cli.output import print_json, print_lines, print_remark
from backscroll.json_lines import Row
from backscroll.model.sync import Sync
from backscroll.text import safe_line

if TYPE_CHECKING:
    from backscroll.syncing.recognising import Found
    from backscroll.syncing.session import Synced


def print_found(found: "Found", *, as_json: bool) -> None:
    """What was recognised, and which indexes its owner may make."""
    if as_json:
        print_json([{"found": found.told}])
        return
    told = found.told
    size = f", about {told['rows']:,} rows" if told["rows"] else ""  # none, as long as nobody has analysed it
    print_lines([f"{told['system']}: schema {told['schema']}, PostgreSQL {told['server_version']}{size}"])
    for other in found.others:
        print_remark(f"It could be {other}, too: --system and --schema choose.")
    for index in found.missing_indexes:
        print_remark(f"The source has no index for this; its owner may run: {index}")


def print_synced(found: "Found", synced: "Synced", seconds: float | None, *, as_json: bool) -> None:
    """What a pass brought; `seconds` are told of the first."""
    stored = synced.stored
    if as_json:
        row: dict[str, object] = {"system": found.recognised.system.name, **asdict(stored), "deleted": synced.deleted}
        print_json([row | ({"seconds": round(seconds, 3)} if seconds is not None else {})])
    else:
        changes = f"{stored.messages:,} new messages, {stored.updated:,} changed, {synced.deleted:,} deleted"
        print_lines([f"{changes}; {stored.chats:,} new chats; {stored.skipped:,} pieces not read."])
    sys.stdout.flush()  # who follows reads it as it comes


def sync_row(sync: Sync) -> Row:
    """A live source with its documented keys."""
    return {
        "id": sync.source_id,
        "name": sync.name,
        "system": sync.system,
        "chats": sync.chats,
        "messages": sync.messages,
        "excluded": list(sync.excluded),
        "is_paused": sync.is_paused,
        "paused_at": sync.paused_at,
        "resumed_at": sync.resumed_at,
        "resume_mode": sync.resume_mode,
        "synced_at": sync.synced_at,
        "compared_at": sync.compared_at,
        "found": dict(sync.found),
    }


def sync_line(sync: Sync, zone: tzinfo) -> str:
    """A live source in a line."""
    when = sync.synced_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if sync.synced_at else "never"
    state = "paused, " if sync.is_paused else ""
    out = f", {len(sync.excluded):,} excluded" if sync.excluded else ""
    counts = f"{sync.chats:,} chats{out}, {sync.messages:,} messages"
    return f"{safe_line(sync.name)} ({sync.system}): {state}{counts}, last looked at {when}"
