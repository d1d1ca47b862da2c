"""What `import notes FILE` does: brings notes back out of a file."""

from asyncio import CancelledError
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines, print_remark
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.exporting.returning.bringing import Brought, bring
from backscroll.exporting.returning.files import is_notes

_FEW = 10


def notes_file(paths: Sequence[Path]) -> Path | None:
    """FILE of `import notes FILE`; None where the paths are exports.

    What is in FILE decides, so that a folder called notes can be imported beside anything else: where FILE holds no
    notes and a path called notes is there, both are exports. No export is a file of notes.
    """
    if len(paths) != 2 or paths[0] != Path("notes"):
        return None
    return None if paths[0].exists() and not is_notes(paths[1]) else paths[1]


def bring_notes(session: Session, file: Path, author: str, *, as_json: bool) -> None:
    """Brings in the notes of a file and says what became of them. Raises AppError."""

    async def work(archive: Archive) -> None:
        try:
            with bar() as tell:
                done = await bring(archive, file, lambda n, total: tell(file.name, n, total, n), author=author)
        except CancelledError:
            print_remark("Cancelled. What was stored stays; importing again goes on from there.")
            raise
        if as_json:
            counts = asdict(done)
            del counts["problems"]
            print_json({"place": problem.place, "reason": problem.reason} for problem in done.problems)
            print_json([counts])
        else:
            print_lines(_told(done))

    session.run(work)


def _told(done: Brought) -> list[str]:
    counted = (
        (done.codes, "codes made"),
        (done.found, "brought in on their messages"),
        (done.gone, "brought in, but their messages are not here"),
        (done.updated, "changed, because the file has a newer state"),
        (done.conflicts, "bookmarks kept beside another one of their message"),
        (done.there, "there already"),
        (done.newer, "left, because they are newer here"),
        (done.removed, "left out, because they were taken away here"),
        (done.unread, "not read"),
    )
    told = [f"{count:>7,}  {words}" for count, words in counted if count]
    told += [f"         {problem.place}: {problem.reason}" for problem in done.problems[:_FEW]]
    return told or ["The file holds no notes."]
