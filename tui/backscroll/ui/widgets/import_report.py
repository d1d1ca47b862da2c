"""What the import screen says while it reads and when it is done."""

from backscroll.importing.pipeline import ImportReport, Progress
from backscroll.model.sizes import size_words

_NAMED = 5


def underway(progress: Progress) -> str:
    """How much was read so far."""
    files = f" · {_count(progress.files, 'file')} ({size_words(progress.file_size)})" if progress.file_size else ""
    return f"{progress.file_name}: {progress.messages:,} messages read{files} · Esc cancels"


def reported(report: ImportReport) -> str:
    """What an import brought, and what it left out."""
    stored = report.stored
    came = _count(stored.messages, "message") if stored.messages else "Nothing new"
    lines = [f"{came} came in, {report.seconds:,.1f} s."]
    if stored.chats or stored.participants:
        lines.append(f"New: {_count(stored.chats, 'chat')}, {_count(stored.participants, 'participant')}.")
    if stored.duplicates:
        lines.append(f"{_count(stored.duplicates, 'message')} had been there before.")
    lines += report.files.sentences
    if stored.skipped:
        lines.append(f"{_count(stored.skipped, 'line')} could not be read; the record of the import keeps them.")
    if report.unknown:
        names = ", ".join(one.path for one in report.unknown[:_NAMED])
        more = f" and {len(report.unknown) - _NAMED:,} more" if len(report.unknown) > _NAMED else ""
        lines.append(f"Not recognised: {names}{more}.")
    return "\n".join(lines)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
