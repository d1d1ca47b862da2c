"""What a format is: something that recognises an export and reads it as a stream of records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal, Protocol, TypeAlias

from backscroll.importing.export import Export
from backscroll.importing.records import Record
from backscroll.model.import_report import ZoneFrom

DateOrder: TypeAlias = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person decided about an import; None leaves it to the format.

    `columns` maps a column of a delimited file to its meaning, `-` for a column to skip. `source` names the place
    that the files come from, where the format itself cannot tell one place from another. `zone_from` says who named
    the time zone. `year` is the one in which a chat begins whose dates name none. `likely_date_order` is no decision:
    it is that of other files of the import. `links`: the files of messages stay where they are, instead of being copied
    into the archive's home. `into` names the chat of the archive that an export's one chat is, and `renames` gives
    people of the export the names that they have there (see `joining`).
    """

    time_zone: tzinfo
    time_zone_name: str
    date_order: DateOrder | None = None
    title: str | None = None
    columns: tuple[str, ...] | None = None
    source: str | None = None
    zone_from: ZoneFrom = "option"
    year: int | None = None
    likely_date_order: DateOrder | None = None
    links: bool = False
    into: str | None = None
    renames: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One export, opened: where it comes from, and its records as a stream that can be read once.

    `identity` is the source's stable name (`slack:T061A2UFL`); every id is made from it. `total` is the number of
    bytes that will be read; the position that comes with each record counts against it. `date_order_from` says in
    words how the order of day, month and year was decided. `read_as` tells for programs how a text is read, where this
    holds: of two exports of which one begins with the bytes of the other, and which are read alike, the records up to a
    position in these bytes are the same, and positions are bytes of the text.
    """

    identity: str
    source_name: str
    total: int
    records: Iterator[tuple[int, Record]]
    date_order: DateOrder | None = None
    date_order_from: str | None = None
    read_as: str | None = None


def reading(name: str, title: str, choices: Choices, total: int, records: Iterator[tuple[int, Record]]) -> Reading:
    """A reading of a format whose exports do not say which place they are from: only `Choices.source` tells that."""
    identity = f"{name}:{choices.source}" if choices.source else name
    return Reading(identity, choices.source or title, total, records)


class Format(Protocol):
    """A kind of export."""

    @property
    def name(self) -> str:
        """The word for `--format`."""

    @property
    def title(self) -> str:
        """The format's name as a person says it."""

    @property
    def carries(self) -> str:
        """What is brought in from such an export, in words."""

    @property
    def recognised(self) -> str:
        """How it is told from other files, in words."""

    def recognises(self, export: Export) -> bool:
        """Whether this is one; looks at names and the first kilobytes only."""

    def read(self, export: Export, choices: Choices) -> Reading:
        """Opens the export. Each record comes with the number of bytes read so far (never falling, at most `total`).

        Raises AppError, here or while the records are read, where the export cannot be understood as a whole (for
        example `ambiguous_date_order`); a single line that cannot be read is yielded as `Rejected` instead.
        """
