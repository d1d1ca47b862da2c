"""Takes the codes of a file into the codebook: what is new is made, what differs is changed, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from backscroll.coding.entry import Entry
from backscroll.errors import AppError
from backscroll.model.code import Code, Codebook
from backscroll.model.code_fields import LONGEST_NAME
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import ChangeCode, CodeWrite, MakeCode, MoveCode, RetireCode
from backscroll.model.ids import new_id
from backscroll.text import safe

_SAID: Final = ("colour", "key", "description", "examples")


@dataclass(slots=True)
class Taken:
    """What comes of it: the paths of codes by what became of them, what is worth saying, and the writes that do it."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    equal: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    writes: list[CodeWrite] = field(default_factory=list)


def taking(book: Codebook, entries: Sequence[Entry], now: datetime) -> Taken:
    """Finds each code of a file again by its id, else by its path, and says what has to be written.

    What the file does not say stays, and a code that is retired here stays retired. A field that says something else
    is changed: the history of the code keeps what it was.
    """
    under_way = _Taking(book, now)
    for entry in entries:
        under_way.take(entry)
    under_way.retire()
    return under_way.taken


@dataclass(slots=True)
class _Taking:
    book: Codebook
    now: datetime
    taken: Taken = field(default_factory=Taken)
    codes: list[UUID | None] = field(default_factory=list)
    """Which code each entry became so far; None: none of them."""

    retired: list[UUID] = field(default_factory=list)
    """New codes that are retired in the file."""

    def take(self, entry: Entry) -> None:
        """Takes the next code of the file."""
        parent = self.codes[entry.above] if entry.above is not None else None
        merged = self._merged(entry)
        found = merged or self._found(entry, parent)
        if found is None:
            self.codes.append(self._make(entry, parent))
            return
        self.codes.append(found.id)
        if merged is None:
            self._compare(entry, found, parent)
            return
        self.taken.equal.append(self.book.path(merged))
        if not entry.is_retired:
            self.taken.remarks.append(f"{entry.name} was merged into {self.book.path(merged)} here.")

    def retire(self) -> None:
        """Last of all, so that what stands below a retired code finds its place."""
        for identity in self.retired:
            code = self.book.get(identity)
            if code is not None and code.is_alive:
                self._write(RetireCode(identity), code.name)

    def _merged(self, entry: Entry) -> Code | None:
        code = self.book.get(entry.id) if entry.id else None
        return self.book.living(code.id) if code is not None and code.merged_into else None

    def _found(self, entry: Entry, parent: UUID | None) -> Code | None:
        if entry.id is not None and entry.id in self.book:
            return self.book.get(entry.id)
        name = " ".join(entry.name.split()).casefold()
        beside = self.book.below(parent) or self.book.below(parent, with_retired=True)
        alike = next((code for code in beside if code.name.casefold() == name), None)
        # Two codes of a file may have one name at one place: they do not become one.
        return None if alike is None or alike.id in self.codes else alike

    def _make(self, entry: Entry, parent: UUID | None) -> UUID | None:
        above = self.book.get(parent) if parent else None
        place = parent if above is None or above.is_alive else None
        identity = entry.id or new_id()
        made = MakeCode(identity, self._free_name(entry.name, place), place)
        if not self._write(made, entry.name):
            return None
        code = self.book.get(identity)
        if code is not None:
            self.taken.new.append(self.book.path(code))
            self._change(entry, code, with_name=False)
        if entry.is_retired:
            self.retired.append(identity)
        return identity

    def _free_name(self, name: str, parent: UUID | None) -> str:
        name = " ".join(name.split())
        name = "".join(sign if sign.isprintable() else "\ufffd" for sign in name)[: LONGEST_NAME - 8] or "unnamed"
        taken = {code.name.casefold() for code in self.book.below(parent)}
        names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
        return next(free for free in names if free.casefold() not in taken)

    def _compare(self, entry: Entry, code: Code, parent: UUID | None) -> None:
        path = self.book.path(code)
        if not code.is_alive and not entry.is_retired:
            self.taken.remarks.append(f"{path} is retired here and stays so.")
        if code.is_alive and entry.is_retired:
            self.taken.remarks.append(f"{path} is retired in the file; here it is in use and stays so.")
        is_same = entry.id == code.id
        is_changed = self._change(entry, code, with_name=is_same)
        is_placed = parent is not None or entry.above is None
        if is_same and is_placed and code.is_alive and parent != code.parent_id:
            is_changed |= self._write(MoveCode(code.id, parent), path)
        (self.taken.changed if is_changed else self.taken.equal).append(path)

    def _change(self, entry: Entry, code: Code, *, with_name: bool) -> bool:
        """Changes what the file says otherwise, field by field, so that one that cannot be keeps no other back."""
        names = ("name", *_SAID) if with_name else _SAID
        is_changed = False
        for name in names:
            said, here = getattr(entry, name), getattr(code, name)
            wanted = said.strip() if said else ""
            if wanted and wanted not in {here, safe(here)}:
                before = self.book.get(code.id)
                self._write(ChangeCode(code.id, {name: here}, {name: wanted}), self.book.path(code))
                is_changed |= self.book.get(code.id) != before
        return is_changed

    def _write(self, write: CodeWrite, path: str) -> bool:
        """Does it on the codebook in hand; what breaks a rule is remarked on."""
        try:
            self.book = effect(self.book, write, self.now).on(self.book)
        except AppError as error:
            self.taken.remarks.append(f"{path}: {error.title}.")
            return False
        self.taken.writes.append(write)
        return True
