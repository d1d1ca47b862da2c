"""The codebook: every code that was ever made, as a tree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, TypeAlias
from uuid import UUID

Change: TypeAlias = Literal["made", "changed", "moved", "merged", "split", "retired", "restored"]


@dataclass(frozen=True, slots=True)
class Code:
    """A label for messages.

    `colour` is #rrggbb, or empty where the screen chooses; `key` is the character that sets it, or empty. A code is
    never removed: `retired_at` takes it out of use, and `merged_into` says which one took over.
    """

    id: UUID
    parent_id: UUID | None
    name: str
    colour: str
    key: str
    description: str
    examples: str
    position: int
    merged_into: UUID | None
    version: int
    created_at: datetime
    updated_at: datetime
    retired_at: datetime | None

    @property
    def is_alive(self) -> bool:
        """Whether it is in use."""
        return self.retired_at is None


@dataclass(frozen=True, slots=True)
class Uses:
    """How many annotations bear a code itself, and how many it or one below it (each counted once)."""

    own: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One line of the history of a code: what was done to it, by whom and when, and the columns that changed by it.

    `id` is that of the write, which may have changed other codes as well. `author` is the reviewer's name, empty for
    the archive's own user, whose name is `user`.
    """

    id: UUID
    code_id: UUID
    change: Change
    author: str
    user: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    changed_at: datetime


_UNUSED: Final = Uses()


class Codebook:
    """Codes by their ids and as a tree; a change makes another one."""

    def __init__(self, codes: Iterable[Code] = (), uses: Mapping[UUID, Uses] = MappingProxyType({})) -> None:
        self._codes = {code.id: code for code in codes}
        self._uses = uses
        self._below: dict[UUID | None, list[Code]] = {}
        for code in sorted(self._codes.values(), key=lambda code: (code.position, code.name, code.id)):
            self._below.setdefault(code.parent_id, []).append(code)

    def __contains__(self, identity: UUID) -> bool:
        return identity in self._codes

    def __len__(self) -> int:
        return len(self._codes)

    def get(self, identity: UUID) -> Code | None:
        """The code with this id, in use or not."""
        return self._codes.get(identity)

    def living(self, identity: UUID) -> Code | None:
        """The code itself, or the one that took over from it by merging; in use or not."""
        code = self._codes.get(identity)
        for _ in range(len(self._codes)):
            if code is None or code.merged_into is None:
                break
            code = self._codes.get(code.merged_into)
        return code

    def uses(self, identity: UUID) -> Uses:
        """How many annotations bear it."""
        return self._uses.get(identity, _UNUSED)

    def below(self, parent: UUID | None, *, with_retired: bool = False) -> list[Code]:
        """The codes right below one (None: at the top), in their order."""
        return [code for code in self._below.get(parent, ()) if with_retired or code.is_alive]

    def walk(self, parent: UUID | None = None, *, with_retired: bool = False) -> Iterator[tuple[int, Code]]:
        """All codes below one, each before those below it, with how deep they stand (0: right below)."""
        open_ones = [(0, code) for code in reversed(self.below(parent, with_retired=with_retired))]
        while open_ones:
            depth, code = open_ones.pop()
            yield depth, code
            below = self.below(code.id, with_retired=with_retired)
            open_ones += [(depth + 1, inner) for inner in reversed(below)]

    def branch(self, identity: UUID) -> set[UUID]:
        """A code and all below it, retired ones included."""
        return {identity, *(code.id for _, code in self.walk(identity, with_retired=True))}

    def line(self, code: Code) -> list[Code]:
        """The codes from the top down to this one."""
        line = [code]
        while (parent := line[-1].parent_id) is not None and parent in self._codes and len(line) <= len(self._codes):
            line.append(self._codes[parent])
        return line[::-1]

    def path(self, code: Code) -> str:
        """Its name behind those of the codes that it stands under: Theme/Part."""
        return "/".join(above.name for above in self.line(code))

    def paths(self) -> dict[UUID, str]:
        """The path of every code, also of those out of use."""
        return {identity: self.path(code) for identity, code in self._codes.items()}

    def with_key(self, key: str) -> Code | None:
        """The code in use that a key sets."""
        return next((code for code in self._codes.values() if key and code.key == key and code.is_alive), None)

    def changed(self, codes: Iterable[Code]) -> "Codebook":
        """The same with other states of some codes, and with new ones."""
        return Codebook((self._codes | {code.id: code for code in codes}).values(), self._uses)


NO_CODES: Final = Codebook()
"""A codebook without codes."""
