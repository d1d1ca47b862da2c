"""What `message_summary_info` tells of a message: its earlier wordings, and that it was taken back."""

import plistlib
from typing import Final

from backscroll.importing.documents import Json, record, records_in
from backscroll.importing.formats.imessage.typedstream import text_of

_EDITS, _TAKEN_BACK, _ARCHIVE = "ec", "rp", "t"
SUMMARY_MAX: Final = 4 * 1024**2


def summary_of(data: object) -> Json:
    """The property list; an empty one where there is none that can be read."""
    if not isinstance(data, bytes) or not data.startswith(b"bplist00") or len(data) > SUMMARY_MAX:
        return {}
    try:
        return record(plistlib.loads(data, fmt=plistlib.FMT_BINARY))
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError, plistlib.InvalidFileException):
        return {}


def wordings(summary: Json) -> list[str]:
    """Every wording of an edited message, from the first to the one that stands now."""
    versions = (one for part in record(summary.get(_EDITS)).values() for one in records_in(part))
    return [words for one in versions if (words := text_of(one.get(_ARCHIVE)))]


def was_taken_back(summary: Json) -> bool:
    """Whether parts of the message were taken back."""
    return bool(summary.get(_TAKEN_BACK))
