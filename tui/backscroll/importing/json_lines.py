"""Files of JSON with one value a line, read line by line; a line that is broken does not keep the others out."""

import json
from collections.abc import Callable, Iterator

from backscroll.importing.decoding import blocks
from backscroll.importing.documents import Json, is_record, record, rejected
from backscroll.importing.export import Export
from backscroll.importing.records import Record


def read_lines(
    export: Export, members: list[str], read: Callable[[Json, str, str], Iterator[Record]]
) -> Iterator[tuple[int, Record]]:
    """The records that `read` makes of each line's object, its member and its place, with their positions.

    A line that is no JSON object is rejected, and so is one for which `read` raises ValueError. Blank lines and those
    that begin with `#` say nothing.
    """
    done = 0
    for member in members:
        number = 0
        with export.open(member) as stream:
            for position, block in blocks(stream):
                for line in block.removeprefix("\n").split("\n"):
                    number += 1
                    for one in _records(line, member, f"{member}:{number}", read):
                        yield done + min(position, export.size(member)), one
        done += export.size(member)


def _records(
    line: str, member: str, place: str, read: Callable[[Json, str, str], Iterator[Record]]
) -> Iterator[Record]:
    if not line.strip("\ufeff \t\r") or line.startswith("#"):
        return
    try:
        yield from read(_object(line), member, place)
    except ValueError as error:
        yield rejected(line, error, place)


def _object(line: str) -> Json:
    try:
        value = json.loads(line, parse_constant=lambda _: None, strict=False)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not is_record(value):
        raise ValueError("it is not a message")
    return value


def first_object(head: str) -> Json:
    """The object of the first line that says something; an empty one where that is none."""
    said = (line for line in head.splitlines() if line.strip() and not line.startswith("#"))
    try:
        return record(json.loads(next(said, "null"), parse_constant=lambda _: None))
    except (ValueError, RecursionError):
        return {}
