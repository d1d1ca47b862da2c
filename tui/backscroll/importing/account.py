"""A report of an import in words: the same sentences for the screen and the command line."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from backscroll.archive.import_runs import RunReport
from backscroll.model.import_report import ChatReport, Gap, Sample, ZoneFrom
from backscroll.model.import_run import ImportRun, RunState
from backscroll.text import safe_line

_ORDERS: Final = {"dmy": "day month year", "mdy": "month day year", "ymd": "year month day"}
_ZONES: Final = {
    "option": "as chosen for this import",
    "settings": "as the settings say",
    "machine": "the zone of this machine",
}
_TEXT_MAX: Final = 160  # characters of a line that could not be read, or of a sample


def counted(number: int, word: str) -> str:
    """A number with its word: `1 chat`, `2,000 chats`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def brought(run: ImportRun) -> str:
    """What a run brought."""
    came = f"{counted(run.messages, 'new message')} in {counted(run.chats, 'new chat')}"
    known = f"{run.duplicates:,} known already or twice in the export"
    changed = f"{run.updated:,} changed since; " if run.updated else ""
    return f"{came}, {counted(run.participants, 'new participant')}; {known}; {changed}{run.skipped:,} not read"


def readings(report: RunReport) -> Iterator[str]:
    """How times were read, and why so."""
    run, reported = report.run, report.reported
    if reported.zone_from is not None:
        yield zone_line(reported.zone_from, run.time_zone)
    if run.date_order is not None and all(remark.about != "date order" for remark in reported.remarks):
        yield order_line(run.date_order, reported.date_order_from)


def zone_line(zone_from: ZoneFrom, zone: str) -> str:
    """In which zone times were read, and who says so."""
    if zone_from == "file":
        return "The times say themselves in which zone they are."
    return f"Wall-clock times are read in {zone}, {_ZONES[zone_from]}."


def order_line(order: str, why: str | None) -> str:
    """In which order dates were read, and how that was decided."""
    return f"Dates are read as {_ORDERS[order]}{f': {why}' if why else ''}."


def conflicts(run: ImportRun) -> Iterator[str]:
    """What one should know of messages that are there at another time, or perhaps under another name."""
    if run.conflicts:
        yield (
            f"{counted(run.conflicts, 'message')} had been there at another time: another time zone or order of dates"
            " was read then. They were left where they are; taking that import back and importing anew moves them."
        )
    if run.doubles:
        yield (
            f"{counted(run.doubles, 'message')} came in that say word for word what another sender says in the same"
            " minute: this export perhaps calls people by other names. Taking it back leaves the others; imported anew"
            " with --rename THERE=HERE it tells who is who."
        )


def chat_line(chat: ChatReport, zone: tzinfo | None) -> str:
    """A chat, and what of it was read."""
    first, last = (moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") for moment in (chat.first_at, chat.last_at))
    added = f", {chat.added:,} of them new" if chat.added is not None else ""
    people = counted(chat.participants, "participant")
    return f"{safe_line(chat.title)}: {counted(chat.messages, 'message')}{added}, {people}, {first} to {last}"


def chat_remarks(chat: ChatReport) -> Iterator[str]:
    """What one should know of a chat: stretches without messages, and files that did not come."""
    yield from map(gap_line, chat.gaps)
    if chat.missing_files:
        yield f"{counted(chat.missing_files, 'attachment')} without a file in the export"


def gap_line(gap: Gap) -> str:
    """A stretch without messages."""
    return f"no messages for {counted(gap.days, 'day')} between {gap.since} and {gap.until}"


def sample_line(sample: Sample, zone: tzinfo | None) -> str:
    """A message as it was read."""
    when = sample.sent_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    sender = f"{safe_line(sample.sender)}: " if sample.sender is not None else ""
    return f"{when}  {sender}{shortened(sample.text)}"


def shortened(text: str) -> str:
    """The beginning of a text on one line."""
    line = safe_line(text)
    return line if len(line) <= _TEXT_MAX else line[: _TEXT_MAX - 1] + "…"


def ended(run: ImportRun) -> str:
    """How far a run is, in words."""
    if run.state is RunState.RUNNING:
        return "not finished"
    return f"{run.state}: {run.error}" if run.error else str(run.state)
