"""What `import notes FILE` does: brings notes back out of a file."""

from asyncio import CancelledError
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines, print_remark
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.errors import AppError
from backscroll.exporting.returning.bringing import bring
from backscroll.exporting.returning.files import is_notes


def notes_file(paths: Sequence[Path]) -> Path | None:
    """FILE of `import notes FILE`; None where the paths are exports.

    What is in FILE decides, so that a folder called notes can be imported beside anything else: where FILE holds no
    notes and a path called notes is there, both are exports. No export is a file of notes.
    """
    if len(paths) != 2 or paths[0] != Path("notes"):
        return None
    return None if paths[0].exists() and not is_notes(paths[1]) else paths[1]


def refuse_notes(paths: Sequence[Path]) -> None:
    """Raises AppError where one of the exports to import is a file of notes, and says how that comes in."""
    for path in paths:
        if is_notes(path):
            hint = f"They come in by: backscroll import notes {path}"
            raise AppError(f"{path.name} holds notes, and no chats", hint, code="is_notes")


def bring_notes(session: Session, file: Path, author: str, *, is_dry: bool, as_json: bool) -> None:
    """Brings in the notes of a file and says what became of them; dry, what would. Raises AppError."""

    async def work(archive: Archive) -> None:
        try:
            with bar("notes") as tell:
                done = await bring(archive, file, partial(tell, file.name), author=author, is_dry=is_dry)
        except CancelledError:
            print_remark("Cancelled. What was stored stays; importing again goes on from there.")
            raise
        if as_json:
            counts = asdict(done)
            del counts["problems"]
            print_json({"place": problem.place, "reason": problem.reason} for problem in done.problems)
            print_json([counts])
        else:
            print_lines(done.told)
            print_lines(["A dry run: nothing was written."] if is_dry else [])

    session.run(work)
