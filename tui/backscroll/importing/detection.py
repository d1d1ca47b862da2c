"""Which exports lie at a path, and which format each of them is."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.export import Export, folder_export, open_export
from backscroll.importing.format import Format
from backscroll.importing.formats import FORMATS
from backscroll.importing.leftovers import Leftovers, not_unpacked
from backscroll.importing.tree import Folder, walk
from backscroll.model.import_report import Unrecognised

Found = list[tuple[Format, Export]]

# In a folder only these are taken for exports; everything else there is what came along with one.
_DATA: Final = (
    ".txt",
    ".csv",
    ".tsv",
    ".tab",
    ".psv",
    ".json",
    ".jsonl",
    ".ndjson",
    ".zip",
    ".db",
    ".sqlite",
    ".sqlite3",
    ".mbox",
    ".mbx",
    ".eml",
)
# Address books that are read along with the database beside which they lie.
_COMPANIONS: Final = ("wa.db", "ContactsV2.sqlite", "LID.sqlite")
# A WhatsApp chat that was unpacked: what people sent in it lies beside it, numbered, and may be an export itself.
_SENT: Final = re.compile(r"\d{8}-")
# DiscordChatExporter puts what was sent in `x.json` into `x.json_Files`.
_MEDIA: Final = "_Files"


def find_exports(path: Path, format_name: str | None = None) -> tuple[Found, list[Unrecognised]]:
    """The exports at a path, in order of their names, and what else lies there, with why nothing is made of it.

    A folder that is an export as a whole is one; in any other folder each file and each folder is looked at on its
    own, and a zip that is refused does not keep the others out. What is no data and lies beside an export that is no
    zip, or below, came along with it. With `format_name` nothing is guessed: the path, or every data file under it, is
    read as that.
    Raises AppError where nothing is there, nothing is recognised, or no format has that name.
    """
    chosen = _format_named(format_name) if format_name is not None else None
    if not path.is_dir():
        return [_only(path, chosen)], []
    search = _Search(path, chosen)
    if not search.found:
        raise _unrecognised(path, search.left)
    return search.found, search.left


def _only(path: Path, chosen: Format | None) -> tuple[Format, Export]:
    if (reason := not_unpacked(path.name)) is not None:
        raise AppError(f"{path.name} is not unpacked here", f"{reason[:1].upper()}{reason[1:]}.", code="not_recognised")
    export = open_export(path)
    known = chosen or _format_of(export)
    if known is None:
        raise _unrecognised(path)
    return known, export


class _Search:
    """What lies in a directory: the exports `found`, and what is `left`."""

    def __init__(self, path: Path, chosen: Format | None) -> None:
        self._chosen = chosen
        self._leftovers = Leftovers(path)
        self.found: Found = []
        top, unread = walk(path)
        self._look_into(top, is_inside=False)
        self.found.sort(key=lambda one: one[1].path)
        self.left = unread + self._leftovers.told()

    def _look_into(self, folder: Folder, *, is_inside: bool) -> None:
        """Looks at a folder; `is_inside`: an export was found in one above it."""
        whole = folder_export(folder)
        known = self._known(whole) if whole.members else None
        if known is not None:
            self.found.append((known, whole))
            return
        before = len(self.found)
        others = [name for name in folder.files if not self._look_at(folder, name)]
        here = {export.path.name for _, export in self.found[before:] if not export.is_zip}
        if not (here or is_inside):
            self._leftovers.add_others(folder.path, others)
        for name, below in folder.folders.items():
            if name.removesuffix(_MEDIA) not in here:
                self._look_into(below, is_inside=is_inside or bool(here))

    def _look_at(self, folder: Folder, name: str) -> bool:
        """Looks at a file; says whether it is dealt with."""
        if name in _COMPANIONS or ("_chat.txt" in folder.files and _SENT.match(name)):
            return True
        path = folder.path / name
        if path.suffix.lower() not in _DATA:
            return False
        try:
            export = open_export(path)
            known = self._chosen or _format_of(export)
        except AppError as error:
            self._leftovers.add(path, error.title.removeprefix(f"{name} "))
            return True
        if known is None:
            self._leftovers.add(path, "no format knows it")
        else:
            self.found.append((known, export))
        return True

    def _known(self, whole: Export) -> Format | None:
        try:
            return _format_of(whole, self._chosen)
        except AppError:  # a file in it cannot be read; each is looked at on its own then
            return None


def _format_of(export: Export, chosen: Format | None = None) -> Format | None:
    return next((one for one in ((chosen,) if chosen else FORMATS) if one.recognises(export)), None)


def _format_named(name: str) -> Format:
    for one in FORMATS:
        if one.name == name.lower():
            return one
    raise AppError(f"There is no format {name!r}", f"Known are {_names()}.", code="no_such_format")


def _names() -> str:
    return ", ".join(one.name for one in FORMATS)


def _unrecognised(path: Path, left: Sequence[Unrecognised] = ()) -> AppError:
    reasons = " ".join(f"{Path(one.path).name}: {one.reason}." for one in left[:3])
    hint = (
        f"Known formats are {_names()}; --format names one. A table without a header row is read with "
        "--format delimited --columns chat_id,chat,sent_at,sender_id,sender,id,text."
    )
    return AppError(f"No known export in {path.name or path}", f"{reasons} {hint}".strip(), code="not_recognised")
