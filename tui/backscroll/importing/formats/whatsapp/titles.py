"""The name of a chat, taken from the name of the file that holds it."""

import re
from typing import Final

from backscroll.importing.export import Export
from backscroll.importing.formats.whatsapp.headers import MARKS
from backscroll.importing.formats.whatsapp.words.titles import TITLES

_MARKS: Final = re.compile(f"[{MARKS}]")
_COPY: Final = re.compile(r"\s*\(\d{1,3}\)$")
_SUFFIX: Final = re.compile(r"\.(?:txt|zip)$", re.IGNORECASE)
_NAMELESS: Final = re.compile(r"_chat(?:\s*\(\d{1,3}\)|[ _-]\d{1,3})?\.txt$", re.IGNORECASE)


def is_nameless(member: str) -> bool:
    """Whether the file is called `_chat.txt`, as iOS calls them all."""
    return _NAMELESS.fullmatch(member.rpartition("/")[2]) is not None


def title_of(export: Export, member: str) -> str:
    """The chat's name, from the file's own name or, for `_chat.txt`, from what it lies in."""
    folder, _, name = member.rpartition("/")
    if not is_nameless(member):
        return title_in(_SUFFIX.sub("", name))
    if folder:
        return title_in(folder.rpartition("/")[2])
    if export.is_zip or export.is_folder:
        return title_in(_SUFFIX.sub("", export.name))
    return title_in(export.path.resolve().parent.name) or "WhatsApp"


def title_in(name: str) -> str:
    """The title of a chat in the name of its export, which has no suffix."""
    name = _MARKS.sub("", name)
    if " " not in name:
        name = name.replace("_", " ")
    name = _COPY.sub("", name).strip()
    for pattern in TITLES:
        found = pattern.fullmatch(name)
        if found:
            return found[1].strip()
    return name
