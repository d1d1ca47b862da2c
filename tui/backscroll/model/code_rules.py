"""The rules of a codebook: what comes of a change, and which changes cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from backscroll.errors import AppError
from backscroll.model.code import Change, Code, Codebook
from backscroll.model.code_fields import FIELDS, clean
from backscroll.model.code_writes import (
    ChangeCode,
    CodeWrite,
    MakeCode,
    MergeCode,
    MoveCode,
    RestoreCode,
    RetireCode,
    SplitCode,
)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one code; `before` is None where it was made."""

    change: Change
    before: Code | None
    after: Code


@dataclass(frozen=True, slots=True)
class Effect:
    """What comes of a write: the codes that changed, in the order to write them, and new places of others."""

    changes: tuple[Changed, ...] = ()
    places: Mapping[UUID, int] = field(default_factory=dict)

    def on(self, book: Codebook) -> Codebook:
        """The codebook after it."""
        after = [changed.after for changed in self.changes]
        kept = [replace(code, position=place) for id_, place in self.places.items() if (code := book.get(id_))]
        return book.changed([*kept, *after])


def effect(book: Codebook, write: CodeWrite, now: datetime) -> Effect:
    """What comes of a write to a codebook at a moment.

    Raises AppError where it breaks a rule: no such code, a name or key that is taken, a code below itself, or a change
    of what somebody else has changed meanwhile.
    """
    rules = _Rules(book, now)
    match write:
        case MakeCode():
            found = rules.make(write)
        case ChangeCode():
            found = rules.change(write)
        case MoveCode():
            found = rules.move(write)
        case MergeCode():
            found = rules.merge(write)
        case SplitCode():
            found = rules.split(write)
        case RetireCode():
            found = rules.retire(write)
        case RestoreCode():
            found = rules.restore(write)
    return found


@dataclass(frozen=True, slots=True)
class _Rules:
    book: Codebook
    now: datetime

    def make(self, write: MakeCode) -> Effect:
        if write.parent is not None:
            self._in_use(write.parent)
        fields = {name: clean(name, getattr(write, name)) for name in FIELDS}
        self._free_name(fields["name"], write.parent)
        self._free_key(fields["key"])
        return self._placed(*self._new(write.code, write.parent, **fields), write.position)

    def change(self, write: ChangeCode) -> Effect:
        code = self._known(write.code)
        wanted = {name: clean(name, value) for name, value in write.now.items() if name in FIELDS}
        wanted = {name: value for name, value in wanted.items() if value != getattr(code, name)}
        if any(getattr(code, name) != write.seen.get(name) for name in wanted):
            hint = "Look at what it is now, and change it again."
            raise AppError(f"The code {code.name} was changed elsewhere", hint, code="code_conflict")
        if not wanted:
            return Effect()
        after = replace(code, **wanted)  # type: ignore[arg-type]  # every one of FIELDS is text
        if code.is_alive:
            self._free_name(after.name, code.parent_id, besides={code.id})
            self._free_key(after.key, besides={code.id})
        return Effect((self._changed("changed", code, after),))

    def move(self, write: MoveCode) -> Effect:
        code = self._in_use(write.code)
        if write.parent is not None:
            above = self._in_use(write.parent)
            if above.id in self.book.branch(code.id):
                hint = f"Move {above.name} out of it first."
                raise AppError("A code cannot stand below itself", hint, code="code_cycle")
        self._free_name(code.name, write.parent, besides={code.id})
        return self._placed("moved", code, replace(code, parent_id=write.parent), write.position)

    def merge(self, write: MergeCode) -> Effect:
        code, into = self._in_use(write.code), self._in_use(write.into)
        if into.id in self.book.branch(code.id):
            hint = "Choose a code that does not stand below it, or move that one out first."
            raise AppError("A code cannot be merged into itself or a part of it", hint, code="code_cycle")
        moved = self._moved_below(code, into.id)
        after = replace(code, retired_at=self.now, merged_into=into.id)
        return Effect((self._changed("merged", code, after), *moved))

    def split(self, write: SplitCode) -> Effect:
        code = self._in_use(write.code)
        if not write.parts:
            raise AppError("A code is split into other codes", "Name at least one.", code="bad_code")
        parent = code.id if write.is_kept else code.parent_id
        besides = set() if write.is_kept else {code.id}
        names = [clean("name", part.name) for part in write.parts]
        for place, name in enumerate(names):
            self._free_name(name, parent, besides=besides)
            if _folded(name) in map(_folded, names[:place]):
                raise _taken(name)
        new = [self._new(p.code, parent, name=name) for p, name in zip(write.parts, names, strict=True)]
        parts = [part for _, _, part in new]
        after = code if write.is_kept else replace(code, retired_at=self.now)
        siblings = self.book.below(parent)
        at = len(siblings) if write.is_kept else siblings.index(code) + 1
        row = [*siblings[:at], *parts, *siblings[at:]]
        places = {one.id: place for place, one in enumerate(row)}
        made = [Changed(change, before, replace(part, position=places[part.id])) for change, before, part in new]
        moved = [] if write.is_kept else self._moved_below(code, code.parent_id, besides, len(row), names)
        kept = {one.id: places[one.id] for one in siblings if one.position != places[one.id] and one is not code}
        return Effect((self._changed("split", code, after), *made, *moved), kept)

    def retire(self, write: RetireCode) -> Effect:
        code = self._in_use(write.code)
        gone = [code, *(below for _, below in self.book.walk(code.id))]
        return Effect(tuple(self._changed("retired", one, replace(one, retired_at=self.now)) for one in gone))

    def restore(self, write: RestoreCode) -> Effect:
        code = self._known(write.code)
        if code.is_alive:
            raise AppError(f"The code {code.name} is in use", "Only a retired one is restored.", code="code_in_use")
        alive = [above.id for above in self.book.line(code)[:-1] if above.is_alive]
        parent = alive[-1] if alive else None
        self._free_name(code.name, parent)
        together = [one for _, one in self.book.walk(code.id, with_retired=True) if one.retired_at == code.retired_at]
        back = [replace(code, parent_id=parent), *(one for one in together if one.merged_into is None)]
        changes = []
        for one in back:
            key = "" if self.book.with_key(one.key) else one.key
            after = replace(one, retired_at=None, merged_into=None, key=key)
            changes.append(self._changed("restored", self._known(one.id), after))
        return Effect(tuple(changes))

    # What the rules are made of

    def _known(self, identity: UUID) -> Code:
        code = self.book.get(identity)
        if code is None:
            raise AppError("There is no such code", "`backscroll codes --all` lists them.", code="no_such_code")
        return code

    def _in_use(self, identity: UUID) -> Code:
        code = self._known(identity)
        if not code.is_alive:
            hint = "Restore it first, or choose another one."
            raise AppError(f"The code {code.name} is retired", hint, code="code_retired")
        return code

    def _free_name(self, name: str, parent: UUID | None, *, besides: Iterable[UUID] = ()) -> None:
        others = (code for code in self.book.below(parent) if code.id not in set(besides))
        if any(_folded(code.name) == _folded(name) for code in others):
            raise _taken(name)

    def _free_key(self, key: str, *, besides: Iterable[UUID] = ()) -> None:
        other = self.book.with_key(key)
        if other is not None and other.id not in set(besides):
            hint = "Choose another one, or take it from that code first."
            raise AppError(f"The key {key} sets {other.name}", hint, code="key_taken")

    def _new(self, identity: UUID, parent: UUID | None, **fields: str) -> tuple[Change, Code | None, Code]:
        """A code that is made; one that is there, retired, comes back: its making was undone, and is redone."""
        known = self.book.get(identity)
        if known is not None and known.is_alive:
            raise AppError("This code is there already", "`backscroll codes` lists them.", code="code_exists")
        if known is not None:
            fresh = replace(known, parent_id=parent, retired_at=None, merged_into=None, **fields)  # type: ignore[arg-type]
            return "restored", known, replace(fresh, version=known.version + 1, updated_at=self.now)
        rest = dict.fromkeys(FIELDS, "") | fields
        code = Code(
            id=identity,
            parent_id=parent,
            position=0,
            merged_into=None,
            version=1,
            created_at=self.now,
            updated_at=self.now,
            retired_at=None,
            **rest,
        )
        return "made", None, code

    def _changed(self, change: Change, before: Code, after: Code) -> Changed:
        return Changed(change, before, replace(after, version=before.version + 1, updated_at=self.now))

    def _placed(self, change: Change, before: Code | None, code: Code, position: int | None) -> Effect:
        """The code at its place, with those beside it counted through."""
        others = [one for one in self.book.below(code.parent_id) if one.id != code.id]
        place = len(others) if position is None else max(0, min(position, len(others)))
        row = [*others[:place], code, *others[place:]]
        places = {one.id: index for index, one in enumerate(row) if one.position != index and one.id != code.id}
        after = replace(code, position=place)
        if before is None:
            return Effect((Changed(change, None, after),), places)
        is_other = (
            not before.is_alive
            or before.parent_id != after.parent_id
            or self.book.below(before.parent_id).index(before) != place
        )
        return Effect((self._changed(change, before, after),), places) if is_other else Effect()

    def _moved_below(
        self,
        code: Code,
        parent: UUID | None,
        besides: Iterable[UUID] = (),
        first: int | None = None,
        taken: Iterable[str] = (),
    ) -> list[Changed]:
        """The codes below one, moved below another one, behind those there."""
        at = len(self.book.below(parent)) if first is None else first
        moved = []
        for place, one in enumerate(self.book.below(code.id), at):
            self._free_name(one.name, parent, besides=besides)
            if _folded(one.name) in map(_folded, taken):
                raise _taken(one.name)
            moved.append(self._changed("moved", one, replace(one, parent_id=parent, position=place)))
        return moved


def _taken(name: str) -> AppError:
    return AppError(
        f"There is a code {name} at this place already", "Choose another name, or merge the two.", code="code_exists"
    )


def _folded(name: str) -> str:
    return name.casefold()
