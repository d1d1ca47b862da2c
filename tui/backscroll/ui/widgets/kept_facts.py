"""What a live source keeps beside messages, drawn: area by area, a record after another in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import groupby

from backscroll.model.sync import Area, SourceRecord
from backscroll.reading.kept import in_words
from backscroll.text import safe_line
from backscroll.ui.widgets.hanging import Hanging


def in_areas(records: Iterable[SourceRecord]) -> list[Area]:
    """Records that come area by area."""
    grouped = ((area, list(some)) for area, some in groupby(records, lambda one: one.area))
    return [Area(area, len(some), some) for area, some in grouped]


def kept_facts(areas: Sequence[Area], zone: tzinfo | None) -> Hanging:
    """Each area with its first records."""
    return Hanging([row for area in areas for row in _rows(area, zone)], 2)


def record_words(record: SourceRecord, zone: tzinfo | None) -> str:
    """A record in a line: the chat that it is about, if that was asked for, and what it says."""
    words = in_words(record.data, zone)
    return f"{safe_line(record.chat)}: {words}" if record.chat else words


def _rows(area: Area, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    yield "", safe_line(area.name).upper()
    for record in area.first:
        yield "·", record_words(record, zone)
    if area.count > len(area.first):
        yield "…", f"{area.count - len(area.first):,} more"
    yield "", " "
