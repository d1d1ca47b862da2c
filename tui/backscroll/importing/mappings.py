"""How a person's tables are read, kept by a name: meanings of columns, format, source, time zone and date order."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import Json, records_in, text, texts
from backscroll.importing.format import DateOrder
from backscroll.importing.formats.delimited.columns import checked
from backscroll.importing.formats.jsonl import keys_by_meaning

FORMATS: Final = ("delimited", "jsonl")
_ORDERS: Final[dict[str, DateOrder]] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is to be known of a table to read it; None leaves it to the format.

    `columns` are those of `--columns`: meanings in the order of a table's columns, or `meaning=key` for JSON lines.
    """

    name: str = ""
    format: str | None = None
    columns: tuple[str, ...] | None = None
    source: str | None = None
    time_zone: str | None = None
    date_order: DateOrder | None = None

    def over(self, other: "Mapping") -> "Mapping":
        """The other mapping with what this one says instead."""
        said = {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
        return replace(other, **said)

    def complete(self) -> "Mapping":
        """The mapping, fit to be kept, with the format that its columns fit. Raises AppError where it is not."""
        if not 0 < len(self.name.strip()) <= _LONGEST_NAME:
            raise AppError("A mapping needs a name", f"Give 1 to {_LONGEST_NAME} characters.", code="bad_name")
        if not self.columns:
            raise AppError(
                "A mapping needs columns", "Say what they mean: --columns sent_at,sender,text", code="bad_columns"
            )
        form = self.format or ("jsonl" if any("=" in column for column in self.columns) else "delimited")
        if form not in FORMATS:
            raise AppError(f"{form} needs no mapping", f"Mappings are for {' and '.join(FORMATS)}.", code="bad_columns")
        keys_by_meaning(self.columns) if form == "jsonl" else checked(self.columns)
        return replace(self, name=self.name.strip(), format=form)


class Mappings:
    """The mappings of a person, in a file of the archive's home.

    They say how files look and not what an archive holds: a dry run and the list of them need no archive.
    """

    def __init__(self, home: Path) -> None:
        self._place = home.expanduser() / "mappings.json"

    def all(self) -> list[Mapping]:
        """Every mapping, by name. Raises AppError where the file cannot be read."""
        try:
            kept = json.loads(self._place.read_text("utf-8")) if self._place.exists() else []
        except (OSError, ValueError) as error:
            hint = f"Look at {self._place}: it should be a list in JSON. Moved away, it is begun anew."
            raise AppError("The mappings cannot be read", hint, code="bad_mappings") from error
        return sorted((_mapping(one) for one in records_in(kept)), key=lambda one: one.name)

    def named(self, name: str) -> Mapping:
        """The mapping of this name. Raises AppError."""
        for one in self.all():
            if one.name == name.strip():
                return one
        raise AppError(f"No mapping is called {name}", "`backscroll mappings` lists them.", code="no_such_mapping")

    def save(self, mapping: Mapping) -> None:
        """Keeps a mapping; one of the same name is replaced. Raises AppError."""
        complete = mapping.complete()
        self._write([*(one for one in self.all() if one.name != complete.name), complete])

    def remove(self, name: str) -> Mapping:
        """Takes a mapping away and gives it. Raises AppError where there is none."""
        found = self.named(name)
        self._write([one for one in self.all() if one.name != found.name])
        return found

    def _write(self, mappings: list[Mapping]) -> None:
        """Writes the file whole or not at all."""
        said = json.dumps([asdict(one) for one in mappings], ensure_ascii=False, indent=1)
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", encoding="utf-8", dir=self._place.parent, delete=False) as file:
                file.write(said)
            Path(file.name).replace(self._place)
        except OSError as error:
            hint = f"{error.strerror}: {self._place}"
            raise AppError("The mappings cannot be written", hint, code="cannot_write") from error


def _mapping(kept: Json) -> Mapping:
    columns = kept.get("columns")
    return Mapping(
        text(kept.get("name")),
        text(kept.get("format")) or None,
        tuple(texts(columns)) or None,
        text(kept.get("source")) or None,
        text(kept.get("time_zone")) or None,
        _ORDERS.get(text(kept.get("date_order"))),
    )
