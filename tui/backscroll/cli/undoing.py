"""What `import --undo` does: takes an import run back."""

from dataclasses import asdict
from time import monotonic

from backscroll.archive.opening import Archive
from backscroll.cli.confirming import confirm
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.importing.account import counted
from backscroll.importing.undoing import undo
from backscroll.model.sizes import size_words
from backscroll.reading.upkeep import unnamed
from backscroll.text import safe_line


def take_back(session: Session, run: str, *, yes: bool, as_json: bool) -> None:
    """Takes back the run that a person names, once she agrees. Raises AppError."""

    async def work(archive: Archive) -> None:
        found = await archive.import_runs.find(run)
        name = safe_line(found.file_name)
        what = f"{counted(found.messages, 'message')} of “{name}”"
        confirm(f"Take {what} out of the archive? Notes on them stay.", yes=yes)
        began = monotonic()
        with bar() as tell:
            gone = await undo(archive, found.id, progress=lambda done, total: tell(name, done, total, done))
        seconds, orphans = round(monotonic() - began, 3), await unnamed(archive.attachments)
        size = sum(one.size for one in orphans)
        if as_json:
            row = {"run": found.id} | asdict(gone) | {"seconds": seconds}
            print_json([row | {"orphans": len(orphans), "orphan_bytes": size}])
            return
        held = f"{counted(gone.chats, 'chat')} that held nothing else"
        print_lines([f"Taken back: {counted(gone.messages, 'message')}, and {held}."])
        if orphans:
            left = f"{counted(len(orphans), 'stored file')} that no message names ({size_words(size)})"
            print_lines([f"{left}: `backscroll attachments --tidy` deletes what nothing names."])

    session.run(work)
