"""The errors that a person is shown: what went wrong, and what to do next."""

import os
import traceback
from collections.abc import Sequence
from pathlib import Path


class AppError(Exception):
    """A failure with a title (what went wrong), a hint (what to do next) and a stable code for scripts.

    Title and hint never hold a secret or a message's text: they are printed, logged and shown as a toast.
    `code` is lower-case words joined by underscores, for example `ambiguous_date_order`.
    """

    def __init__(self, title: str, hint: str = "", *, code: str = "failed") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.code = code


class QueryError(AppError):
    """A query that cannot be understood; what is wrong stands at characters `start` to `end` (exclusive) of it."""

    def __init__(self, title: str, hint: str, *, start: int = 0, end: int = 0) -> None:
        super().__init__(title, hint, code="bad_query")
        self.start = start
        self.end = end


class UndecidedDatesError(AppError):
    """Day and month of an export may be read in either order; `readings` are a few of its lines, each read both ways.

    A line is its date, as the export writes it, and who wrote then; never what.
    """

    def __init__(self, name: str, readings: Sequence[str]) -> None:
        asked = "Say which with --date-order dmy|mdy|ymd. Nothing was imported."
        super().__init__(
            f"The dates in {name} can be read in two ways",
            "\n".join([*readings, asked]),
            code="ambiguous_date_order",
        )
        self.readings = tuple(readings)


def is_debugging() -> bool:
    """Whether the person wants to see everything of an unknown error: BACKSCROLL_DEBUG is set."""
    return bool(os.environ.get("BACKSCROLL_DEBUG"))


def unexpected(error: BaseException) -> AppError:
    """What a person is told of an error that nobody thought of: its kind and its place.

    The message of such an error is left out: it may hold a secret or somebody's words.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}, {frames[-1].name}" if frames else ""
    hint = f"Please report {type(error).__name__}{place}. BACKSCROLL_DEBUG=1 shows the details."
    return AppError("Backscroll met an error that it does not know", hint, code="unexpected")
