"""The report of an import, drawn: what came in of each chat, how it was read, and what was left out."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from textual.content import Content

from backscroll.archive.import_runs import RunReport
from backscroll.importing.account import brought, chat_line, chat_remarks, conflicts, counted, ended, readings
from backscroll.importing.pipeline import Progress
from backscroll.model.import_run import ImportRun, RunState
from backscroll.model.sizes import size_words
from backscroll.text import safe_line
from backscroll.ui.widgets.import_found import unrecognised

_CHATS = 500
_REMARKS = 100


def underway(progress: Progress, seconds: float) -> str:
    """How much was read so far, and how fast."""
    rate = f", {progress.messages / seconds:,.0f} a second" if seconds > 0 else ""
    files = f" · {counted(progress.files, 'file')}, {size_words(progress.file_size)}" if progress.file_size else ""
    return f"{safe_line(progress.file_name)}: {counted(progress.messages, 'message')} read{rate}{files}"


def reported(reports: Sequence[RunReport], zone: tzinfo | None, files: Sequence[str] = ()) -> Content:
    """Reports of runs, one below another, and what became of the files of their messages."""
    blocks = [Content("\n").join(_report(report, zone)) for report in reports]
    return Content("\n\n").join([*blocks, *(Content.styled(said, "$text-muted") for said in files)])


def run_line(run: ImportRun, zone: tzinfo | None) -> Content:
    """A run in a list."""
    when = run.started_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    known = f", {run.duplicates:,} known" if run.duplicates else ""
    skipped = f", {run.skipped:,} not read" if run.skipped else ""
    state = "" if run.state is RunState.DONE else f" · {ended(run)}"
    return Content.assemble(
        safe_line(run.file_name),
        (f"  {run.format}\n{when}  {run.messages:,} new{known}{skipped}{state}", "$text-muted"),
    )


def _report(report: RunReport, zone: tzinfo | None) -> Iterator[Content]:
    run = report.run
    yield Content.assemble((safe_line(run.file_name), "bold"), (f"  {run.format}, {ended(run)}", "$text-muted"))
    yield Content.styled(brought(run), "$text-success" if run.state is RunState.DONE else "$text-warning")
    yield from (Content.styled(line, "$text-muted") for line in readings(report))
    yield from (Content.styled(line, "$text-warning") for line in conflicts(run))
    for remark in report.reported.remarks[:_REMARKS]:
        usual = remark.about == "date order"
        words = f"{safe_line(remark.place)}: {safe_line(remark.text)}"
        yield Content.styled(words, "$text-muted" if usual else "$text-warning")
    for chat in report.reported.chats[:_CHATS]:
        yield Content(f"  {chat_line(chat, zone)}")
        yield from (Content.styled(f"    {remark}", "$text-warning") for remark in chat_remarks(chat))
    if len(report.reported.chats) > _CHATS:
        yield Content.styled(f"  … and {counted(len(report.reported.chats) - _CHATS, 'more chat')}", "$text-muted")
    if run.skipped:
        yield Content.styled(f"{counted(run.skipped, 'piece')} could not be read: s shows them", "$text-warning")
    if report.reported.unrecognised:
        yield unrecognised(report.reported.unrecognised)
