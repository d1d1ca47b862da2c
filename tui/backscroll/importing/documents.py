"""JSON values of an export, never trusted to have the shape that they should."""

import json
from typing import Final, TypeGuard

from backscroll.errors import AppError
from backscroll.importing.export import Export
from backscroll.importing.records import Rejected

FILE_MAX: Final = 256 * 1024**2
RAW_MAX: Final = 10_000

Json = dict[str, object]


def load(export: Export, member: str) -> object:
    """A small file's value; numbers that JSON does not know (NaN) become None. Raises ValueError where it is broken."""
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


def identity(value: object) -> str:
    """An id as text, whether it was written as text or as a whole number; empty where it is neither."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)


def whole(value: object) -> int | None:
    """The value if it is a whole number from 0 to 2⁶³-1, otherwise None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None


def rejected(value: object, reason: object, place: str) -> Rejected:
    """What is told of a value that could not be made a message."""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Rejected(said[:RAW_MAX], str(reason) or "it cannot be read", place)
