"""The command for what was written and is not in the archive yet: outbox."""

import json
from pathlib import Path
from typing import Annotated

import typer

from backscroll.archive.naming import outbox_of
from backscroll.archive.opening import Archive
from backscroll.cli.notes import PATIENCE
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.errors import AppError
from backscroll.json_lines import Row, json_line
from backscroll.text import safe_line
from backscroll.writing.desk import Desk
from backscroll.writing.outbox import Kept, Outbox


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(outbox)


def outbox(
    context: typer.Context,
    export: Annotated[Path | None, typer.Option(help="Write it, with its words, to this new file: JSON lines.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send everything, also what the server refused.")] = False,
    drop: Annotated[str | None, typer.Option(metavar="ID", help="Give one up: its id, or the beginning of it.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what was written and waits for the server, and what the server refused."""
    held = Outbox(outbox_of(context.obj.settings()))
    try:
        if drop is not None:
            held.drop(_found(held, drop).id)
        if export is not None:
            _export(held, export)
        if retry:
            held.retry()
            context.obj.write(_send)
        rows = [_row(kept) for kept in held.all()]
    finally:
        held.close()
    if as_json:
        print_json(rows)
    else:
        print_lines([_line(row) for row in rows] or ["Nothing waits: all that was written is in the archive."])


async def _send(_archive: Archive, desk: Desk) -> None:
    await desk.finish(PATIENCE)


def _found(held: Outbox, text: str) -> Kept:
    found = [kept for kept in held.all() if kept.id.hex.startswith(text.replace("-", "").lower())] if text else []
    if len(found) != 1:
        title = "More than one write has an id that begins so" if found else "Nothing that waits has this id"
        raise AppError(title, "`backscroll outbox` lists the ids.", code="no_such_write")
    return found[0]


def _export(held: Outbox, path: Path) -> None:
    lines = [json_line({**_row(kept), "payload": json.loads(kept.payload)}) for kept in held.all()]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise AppError(f"{path} cannot be written", f"{error.strerror}.", code="cannot_write") from error


def _row(kept: Kept) -> Row:
    return {
        "id": kept.id,
        "kind": kept.kind,
        "made_at": kept.made_at,
        "state": "parked" if kept.is_parked else "waiting",
        "attempts": kept.attempts,
        "error": kept.error,
    }


def _line(row: Row) -> str:
    error = f"  {safe_line(str(row['error']))}" if row["error"] else ""
    return f"{row['id']}  {row['made_at']:%Y-%m-%d %H:%M}  {row['state']}  {row['kind']}{error}"
