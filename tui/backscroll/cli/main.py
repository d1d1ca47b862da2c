"""The `backscroll` program: opens the browser or runs a command, and says how every failure ends."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from backscroll.cli.session import Session
from backscroll.errors import AppError, QueryError, is_debugging, unexpected
from backscroll.text import safe, safe_json


def main() -> None:
    """Runs the command line. Exit status: 0 done, 1 the work failed, 2 wrong usage."""
    try:
        session = _without_command(sys.argv[1:])
        if session is not None:
            from backscroll.cli.browse import open_browser

            open_browser(session.settings())
        else:
            from backscroll.cli.commands import app

            app(prog_name="backscroll")
    except AppError as error:
        _report(error)
    except Exception as error:  # the last stop: a person never sees a traceback
        if is_debugging():
            raise
        _report(unexpected(error))


def _without_command(arguments: Sequence[str]) -> Session | None:
    """What the browser is opened with; None where something else is asked for, or in a way that has to be refused.

    Typer reads the same options (`cli.commands`), but the first frame would wait until it, pydantic behind it and all
    commands are imported.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--dsn")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--reviewer")
    try:
        found, others = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        return None
    return None if others else Session(dsn=found.dsn, home=found.home, reviewer=found.reviewer)


def _report(error: AppError) -> None:
    if "--json" in sys.argv:
        row: dict[str, object] = {"error": error.code, "title": error.title, "hint": error.hint}
        if isinstance(error, QueryError):
            row |= {"start": error.start, "end": error.end}
        print(safe_json(json.dumps(row, ensure_ascii=False)), file=sys.stderr)
    else:
        print(safe(error.title), file=sys.stderr)
        if error.hint:
            print(safe(error.hint), file=sys.stderr)
    sys.exit(1)
