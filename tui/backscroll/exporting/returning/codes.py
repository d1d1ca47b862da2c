"""Which code of the archive each code of a file is: by its id, else by its path, else one that has to be made.

Nothing that is in the codebook is changed: a file of notes only adds to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from backscroll.coding.entry import Entry
from backscroll.errors import AppError
from backscroll.model.code import Code, Codebook
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import CodeWrite, MakeCode, RetireCode


@dataclass(slots=True)
class Matched:
    """`codes` gives the archive's code for each of a file's; `writes` make those that are missing here (`made`)."""

    book: Codebook
    codes: dict[UUID, UUID] = field(default_factory=dict)
    writes: list[CodeWrite] = field(default_factory=list)
    made: int = 0


def match(book: Codebook, entries: Sequence[Entry], now: datetime) -> Matched:
    """Finds or makes each code; one that cannot be made at all is left out."""
    matched = Matched(book)
    places: list[UUID | None] = []
    for entry in entries:
        parent = places[entry.above] if entry.above is not None else None
        here = _here(matched.book, entry, parent) or _made(matched, entry, parent, now)
        places.append(here.id if here else None)
        if here and entry.id:
            matched.codes[entry.id] = here.id
    for entry, place in zip(entries, places, strict=True):
        if entry.is_retired and place is not None and place not in book:
            _try(matched, RetireCode(place), now)
    return matched


def _here(book: Codebook, entry: Entry, parent: UUID | None) -> Code | None:
    if entry.id is not None and entry.id in book:
        return book.living(entry.id)
    name = " ".join(entry.name.split()).casefold()
    beside = [*book.below(parent), *book.below(parent, with_retired=True)]
    return next((code for code in beside if code.name.casefold() == name), None)


def _made(matched: Matched, entry: Entry, parent: UUID | None, now: datetime) -> Code | None:
    """Makes a code as the file has it; what cannot be is left out: a key that is taken, a parent that is retired."""
    if entry.id is None:
        return None
    whole = MakeCode(
        entry.id,
        entry.name,
        parent,
        entry.colour or "",
        entry.key or "",
        entry.description or "",
        entry.examples or "",
    )
    without_key = replace(whole, key="")
    bare = MakeCode(entry.id, entry.name, parent)
    for write in (whole, without_key, bare, replace(bare, parent=None)):
        if _try(matched, write, now):
            matched.made += 1
            return matched.book.get(entry.id)
    return None


def _try(matched: Matched, write: CodeWrite, now: datetime) -> bool:
    try:
        matched.book = effect(matched.book, write, now).on(matched.book)
    except AppError:
        return False
    matched.writes.append(write)
    return True
