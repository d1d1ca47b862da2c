"""A person's mapping: which table and column of an unknown database is what, from a TOML file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backscroll.archive.recognised import Column, Recognised, recognise_named
from backscroll.archive.systems import Table, mapped
from backscroll.errors import AppError

_SHOWN: Final = 40
EXAMPLE: Final = """\
[messages]
table = "public.posts"
id = "id"
sent_at = "created"
text = "body"
chat = "room"
sender = "author"
"""
"""A mapping, to begin with."""


@dataclass(frozen=True, slots=True)
class MappingFile:
    """What a file says: the source's title, and for `messages`, `people` and `chats` a table and its columns each."""

    path: Path
    title: str | None
    tables: Mapping[str, tuple[str, Mapping[str, str]]]

    def on(self, columns: Sequence[Column]) -> Recognised:
        """The database as the mapping reads it. Raises AppError where something of it is not there."""
        named = {table: (*_place(relation), names) for table, (relation, names) in self.tables.items()}
        try:
            return recognise_named(columns, mapped(), named)
        except KeyError as error:
            hint = f"{_there(columns, str(error.args[0]))} Or this user may not read it."
            raise AppError(f"The mapping names {error.args[0]}, which is not there", hint, code="bad_mapping") from None


def read_mapping(path: Path) -> MappingFile:
    """Reads a mapping. Raises AppError with what is wrong in it."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "It has to be TOML."
        raise AppError("The mapping cannot be read", f"{reason} Such as:\n{EXAMPLE}", code="bad_mapping") from None
    title = said.pop("title", None)
    known = {table.name: table for table in mapped().tables}
    unknown = [name for name in said if name not in known]
    if unknown or (title is not None and not isinstance(title, str)):
        raise _wrong(
            f"It knows title, {', '.join(f'[{name}]' for name in known)}, and not {', '.join(unknown) or 'that'}."
        )
    if "messages" not in said:
        raise _wrong("[messages] is missing.")
    return MappingFile(path, title, {name: _section(known[name], told) for name, told in said.items()})


def _section(table: Table, told: object) -> tuple[str, Mapping[str, str]]:
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise _wrong(f"[{table.name}] has a table and columns, all of them text.")
    names = {key: value for key, value in told.items() if key != "table"}
    meanings = (*table.required, *table.optional)
    missing = [name for name in ("table", *table.required) if name not in told]
    unknown = [name for name in names if name not in meanings]
    if missing or unknown:
        wrong = f"lacks {', '.join(missing)}" if missing else f"does not know {', '.join(unknown)}"
        raise _wrong(f"[{table.name}] {wrong}. It may have {', '.join(meanings)}.")
    return told["table"], names


def _place(relation: str) -> tuple[str, str]:
    schema, dot, name = relation.rpartition(".")
    return (schema, name) if dot else ("public", relation)


def _there(columns: Sequence[Column], missing: str) -> str:
    """What there is where something is missing: the columns of its table, or the tables."""
    schema, relation = _place(missing.rpartition(".")[0] if missing.count(".") > 1 else missing)
    found = [column.name for column in columns if (column.schema, column.relation) == (schema, relation)]
    if found:
        return f"{schema}.{relation} has {', '.join(found[:_SHOWN])}."
    tables = dict.fromkeys(f"{column.schema}.{column.relation}" for column in columns)
    return f"There are {', '.join(list(tables)[:_SHOWN])}."


def _wrong(what: str) -> AppError:
    return AppError("The mapping cannot be used", f"{what} Such as:\n{EXAMPLE}", code="bad_mapping")
