"""What a run of an import reads, be it files or a live source."""

from collections.abc import Iterator
from typing import Protocol

from backscroll.archive.batch import SourceRow
from backscroll.importing.groups import Text
from backscroll.importing.records import Record
from backscroll.importing.tally import Tally
from backscroll.model.import_report import Reported


class Readable(Protocol):
    """What a run reads: its source, and its records as a stream. `total` is what their positions count against."""

    @property
    def name(self) -> str:
        """What is read, as the run's record calls it."""

    @property
    def format_name(self) -> str:
        """The word for its format, or for its system where it is a live source."""

    @property
    def time_zone_name(self) -> str:
        """The zone in which its wall-clock times are read."""

    @property
    def identity(self) -> str:
        """The source's stable name."""

    @property
    def total(self) -> int:
        """How far positions will come."""

    @property
    def text(self) -> Text | None:
        """The one text that is read, where it is told by its bytes what of it was read before."""

    def source(self) -> SourceRow:
        """The source as the archive keeps it."""

    def records(self) -> Iterator[tuple[int, Record]]:
        """The records, each with its position. Raises AppError."""

    def tally(self) -> Tally:
        """What counts the records."""

    def reported(self, tally: Tally | None = None) -> Reported:
        """What is to be told of it so far."""
