"""JSON files of an export, read one at a time and never trusted to have the shape that they should."""

import json
from typing import Final, TypeGuard

from backscroll.errors import AppError
from backscroll.importing.export import Export

FILE_MAX: Final = 256 * 1024**2

Json = dict[str, object]


def load(export: Export, member: str) -> object:
    """The file's value; numbers that JSON does not know (NaN) become None. Raises ValueError where it is broken."""
    try:
        return json.loads(export.read(member, FILE_MAX), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON, or only a part of it") from error
    except AppError as error:
        raise ValueError(error.title) from error


def records_in(value: object) -> list[Json]:
    """The objects of a list; nothing where it is no list."""
    return [item for item in value if is_record(item)] if isinstance(value, list) else []


def is_record(value: object) -> TypeGuard[Json]:
    """Whether the value is a JSON object."""
    return isinstance(value, dict)


def record(value: object) -> Json:
    """The value if it is an object, otherwise an empty one."""
    return value if is_record(value) else {}


def text(value: object) -> str:
    """The value if it is text, otherwise the empty text."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """The non-empty texts of a list."""
    return [item for item in value if isinstance(item, str) and item] if isinstance(value, list) else []
