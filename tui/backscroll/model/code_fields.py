"""What a person may write of a code, and the form in which it is kept."""

import re
from typing import Final

from backscroll.errors import AppError
from backscroll.model.storable import storable

FIELDS: Final = ("name", "colour", "key", "description", "examples")
"""What of a code is written by a person; all of it is text."""
LONGEST_NAME: Final = 200
_LINE_END: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_NO_TEXT: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What XML and a screen have no place for."""
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")


def clean(field: str, value: str) -> str:
    """A field as it is stored. Raises AppError where it cannot be one."""
    if field == "name":
        name = " ".join(value.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            hint = f"Give 1 to {LONGEST_NAME} characters on one line."
            raise AppError("A code needs a name", hint, code="bad_code")
        return name
    if field == "colour":
        colour = value.strip().lower()
        if colour and not _COLOUR.fullmatch(colour):
            raise AppError("This is not a colour", "Write it as #rrggbb, for example #3b82f6.", code="bad_code")
        return colour
    if field == "key":
        key = value.strip()
        if len(key) > 1 or (key and not key.isalnum()):
            raise AppError("A key is one digit or letter", "For example 1, or t.", code="bad_code")
        return key
    return storable(_NO_TEXT.sub("\ufffd", _LINE_END.sub("\n", value.strip())))
