"""Whether stored summaries still say what is there: each with the number of messages that its stretch has now."""

from datetime import tzinfo
from typing import TYPE_CHECKING, Final
from uuid import UUID

from msgspec.structs import replace

from backscroll.errors import QueryError
from backscroll.model.summary import Summary

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive
    from backscroll.searching.finding import Finding

_MORE: Final = 1_000
"""Hits beyond those that there were, up to which they are counted."""


async def stored(archive: "Archive", chat: UUID, zone: tzinfo | None, *, limit: int = 200) -> list[Summary]:
    """The summaries of a chat, the one of the newest stretch first; for those of searches hits are counted again."""
    found = await archive.summaries.of_chat(chat, limit=limit)
    if not any(one.stretch.query for one in found):
        return found
    from backscroll.searching.finding import Finding  # here: a chat that opens need not wait for it

    finding = Finding(archive)
    return [await _counted(finding, one, zone) if one.stretch.query else one for one in found]


async def _counted(finding: "Finding", summary: Summary, zone: tzinfo | None) -> Summary:
    from backscroll.searching.language import parse

    try:
        query = parse(summary.stretch.query, zone)
    except QueryError:  # of an older language
        return summary
    cap = summary.message_count + _MORE
    return replace(summary, present=(await finding.count(query, cap=cap, chat=summary.stretch.conversation_id)).n)
