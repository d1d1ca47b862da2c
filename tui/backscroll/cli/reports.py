"""How reports of imports are printed: as JSON with the documented keys, or in words."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import tzinfo
from itertools import islice
from typing import Final

from backscroll.archive.import_runs import RunReport, Unread
from backscroll.cli.output import run_row
from backscroll.importing.account import (
    brought,
    chat_line,
    chat_remarks,
    conflicts,
    counted,
    ended,
    readings,
    sample_line,
    shortened,
)
from backscroll.json_lines import Row
from backscroll.model.import_report import ChatReport
from backscroll.model.import_run import RunState

FEW: Final = 10
"""Chats and lines that are printed of each run after an import; `imports --show`"""


def report_row(report: RunReport, *, is_dry: bool = False) -> dict[str, object]:
    """A run with its documented keys and those of its report; `by_chat` counts what was read, and what was new.

    What would only have been a run has no id and no state.
    """
    reported = report.reported
    return {
        **run_row(report.run),
        **({"id": None, "state": None} if is_dry else {}),
        "zone_from": reported.zone_from,
        "date_order_from": reported.date_order_from,
        "remarks": [asdict(remark) for remark in reported.remarks],
        "unrecognised": [asdict(file) for file in reported.unrecognised],
        "by_chat": [_chat_row(chat) for chat in reported.chats],
    }


def _chat_row(chat: ChatReport) -> Row:
    row: dict[str, object] = {
        "id": chat.id,
        "title": chat.title,
        "messages": chat.messages,
        "new": chat.added,
        "participants": chat.participants,
        "first_message_at": chat.first_at,
        "last_message_at": chat.last_at,
        "missing_files": chat.missing_files,
        "gaps": [{"since": str(gap.since), "until": str(gap.until), "days": gap.days} for gap in chat.gaps],
    }
    if chat.samples:
        row["samples"] = [{"sent_at": s.sent_at, "sender": s.sender, "text": s.text} for s in chat.samples]
    return row


def unread_rows(report: RunReport, *, is_dry: bool = False) -> Iterator[Row]:
    """Every piece that could not be read, with its documented keys."""
    for piece in report.unread:
        yield {
            "run": None if is_dry else report.run.id,
            "place": piece.place,
            "reason": piece.reason,
            "text": piece.data,
        }


def report_lines(report: RunReport, zone: tzinfo, *, most: int | None = None) -> Iterator[str]:
    """A report in words; `most` chats and lines that could not be read, None: all."""
    run, reported = report.run, report.reported
    yield f"{run.file_name} ({run.format}): {brought(run)}"
    if run.state is not RunState.DONE:
        yield f"  {ended(run)}"
    yield from (f"  {line}" for line in (*readings(report), *conflicts(run)))
    yield from (f"  {remark.place}: {remark.text}" for remark in islice(reported.remarks, most))
    yield from islice((_chat_lines(chat, zone) for chat in reported.chats), most)
    yield from islice((_unread_line(piece) for piece in report.unread), most)
    left = [max(number - most, 0) for number in (len(reported.chats), run.skipped)] if most is not None else [0, 0]
    if any(left):
        rest = f"{counted(left[0], 'more chat')} and {left[1]:,} more that was not read"
        yield f"  … {rest}: see `backscroll imports --show {run.name}`"
    yield from (f"  Not recognised: {file.path}: {file.reason}" for file in reported.unrecognised)


def _chat_lines(chat: ChatReport, zone: tzinfo) -> str:
    lines = [chat_line(chat, zone)]
    lines += [f"  {remark}" for remark in chat_remarks(chat)]
    lines += [f"  {sample_line(sample, zone)}" for sample in chat.samples]
    return "\n".join(f"  {line}" for line in lines)


def _unread_line(piece: Unread) -> str:
    return f"  Not read: {piece.place}: {piece.reason}: {shortened(piece.data)}"
