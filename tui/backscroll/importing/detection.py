"""Which exports lie at a path, and which format each of them is."""

import re
from pathlib import Path
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.export import Export, is_clutter, open_export
from backscroll.importing.format import Format
from backscroll.importing.formats import FORMATS

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
_COMPANIONS: Final = ("wa.db", "ContactsV2.sqlite")
# A WhatsApp chat that was unpacked: what people sent in it lies beside it, numbered, and may be an export itself.
_SENT: Final = re.compile(r"\d{8}-")


def find_exports(path: Path, format_name: str | None = None) -> tuple[Found, list[Path]]:
    """The exports at a path, in order of their names, and the files beside them that no format knows.

    A folder that is an export as a whole is one; in any other folder each file and each folder is looked at on its
    own. With `format_name` nothing is guessed: the path, or every data file under it, is read as that.
    Raises AppError where nothing is there, nothing is recognised, or no format has that name.
    """
    chosen = _format_named(format_name) if format_name is not None else None
    if not path.is_dir():
        export = open_export(path)
        known = chosen or _format_of(export)
        if known is None:
            raise _unrecognised(path)
        return [(known, export)], []
    found: Found = []
    others: list[Path] = []
    _look_into(path, chosen, found, others)
    if not found:
        raise _unrecognised(path)
    return found, others


def _look_into(folder: Path, chosen: Format | None, found: Found, others: list[Path]) -> None:
    whole = open_export(folder)
    known = _format_of(whole, chosen)
    if known is not None:
        found.append((known, whole))
        return
    holds_a_chat = "_chat.txt" in whole.members
    for path in sorted(folder.iterdir()):
        if _is_passed_over(path) or (holds_a_chat and _SENT.match(path.name)):
            continue
        if path.is_dir():
            _look_into(path, chosen, found, others)
        elif path.suffix.lower() in _DATA:
            _look_at(path, chosen, found, others)


def _is_passed_over(path: Path) -> bool:
    return is_clutter(path.name) or path.is_symlink() or path.name in _COMPANIONS


def _look_at(path: Path, chosen: Format | None, found: Found, others: list[Path]) -> None:
    try:
        export = open_export(path)
        known = chosen or _format_of(export)
    except AppError:  # a damaged zip does not keep the others out; it is told among those that were not recognised
        known = None
    if known is None:
        others.append(path)
    else:
        found.append((known, export))


def _format_of(export: Export, chosen: Format | None = None) -> Format | None:
    return next((one for one in ((chosen,) if chosen else FORMATS) if one.recognises(export)), None)


def _format_named(name: str) -> Format:
    for one in FORMATS:
        if one.name == name.lower():
            return one
    raise AppError(f"There is no format {name!r}", f"Known are {_names()}.", code="no_such_format")


def _names() -> str:
    return ", ".join(one.name for one in FORMATS)


def _unrecognised(path: Path) -> AppError:
    hint = (
        f"Known formats are {_names()}; --format names one. A table without a header row is read with "
        "--format delimited --columns chat_id,chat,sent_at,sender_id,sender,id,text."
    )
    return AppError(f"No known export in {path.name or path}", hint, code="not_recognised")
