"""Codebooks as YAML, to be read and written by hand: codes with those below them indented under them."""

from pathlib import Path
from typing import Any, Final

import msgspec

from backscroll.coding.entry import DEEPEST, MOST, Entry, Read, content_of, entries_of, identity_of, unreadable
from backscroll.errors import AppError
from backscroll.model.code import Codebook

_FORMAT: Final = "backscroll codebook"


class _Code(msgspec.Struct, omit_defaults=True):
    name: str
    id: str = ""
    key: str | int = ""
    colour: str = ""
    description: str = ""
    examples: str = ""
    retired: bool = False
    codes: list["_Code"] = []


class _File(msgspec.Struct):
    codes: list[_Code]
    format: str = _FORMAT
    version: int = 1


def write(path: Path, book: Codebook) -> None:
    """Writes all codes, retired ones too. Raises AppError where PyYAML is not installed."""
    _yaml()
    top: list[_Code] = []
    line = [top]
    for depth, entry in entries_of(book, with_retired=True):
        code = _Code(
            entry.name,
            str(entry.id),
            entry.key or "",
            entry.colour or "",
            entry.description or "",
            entry.examples or "",
            entry.is_retired,
            [],
        )
        line[depth].append(code)
        line[depth + 1 :] = [code.codes]
    path.write_bytes(msgspec.yaml.encode(_File(top)))


def read(path: Path) -> Read:
    """Reads an outline; what it does not say stays as it is. Raises AppError, also where PyYAML is not installed."""
    yaml, content = _yaml(), content_of(path)
    try:
        _check(path, yaml, content)
        file = msgspec.yaml.decode(content, type=_File)
    except (yaml.YAMLError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        why = " ".join(str(error).split())[:200]
        raise unreadable(path, f"{why}. It has a list `codes`, each with a `name`, and its own `codes`.") from None
    entries: list[Entry] = []
    waiting: list[tuple[_Code, int | None]] = [(code, None) for code in reversed(file.codes)]
    while waiting:
        code, above = waiting.pop()
        waiting += [(inner, len(entries)) for inner in reversed(code.codes)]
        entries.append(_entry(code, above))
    return Read(tuple(entries))


def _entry(code: _Code, above: int | None) -> Entry:
    return Entry(
        code.name,
        identity_of(code.id),
        above,
        code.colour or None,
        str(code.key) or None,
        code.description or None,
        code.examples or None,
        is_retired=code.retired,
    )


def _check(path: Path, yaml: Any, content: bytes) -> None:
    """Refuses what would grow without bounds when it is read: aliases, and lists in lists without end."""
    depth = lists = 0
    for event in yaml.parse(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise unreadable(path, "It has aliases (*name): write each code out.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth, lists = depth + 1, lists + 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > 2 * DEEPEST or lists > 2 * MOST:
            raise unreadable(path, f"It has more than {MOST:,} codes, or one more than {DEEPEST} deep.")


def _yaml() -> Any:
    try:
        import yaml
    except ImportError:
        hint = "pip install 'backscroll[yaml]', or take CSV: codebook.csv."
        raise AppError("YAML needs one more package", hint, code="not_installed") from None
    return yaml
