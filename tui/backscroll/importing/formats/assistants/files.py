"""The files of an assistant's export, which are called by their ids with more behind: `file-AbC123-tent.png`."""

import re
from typing import Final

from backscroll.importing.enclosing import enclosed
from backscroll.importing.export import Export
from backscroll.model.message import Attachment

_IDENTIFIER: Final = re.compile(r"file[-_][0-9A-Za-z]+")


class Files:
    """The files of one export, by their ids."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._members: dict[str, str] = {}
        for member in export.members:
            found = _IDENTIFIER.match(member.rpartition("/")[2])
            if found is not None:
                self._members.setdefault(found[0], member)

    def find(self, told: Attachment, identifier: str) -> Attachment:
        """The attachment with its file, where the export holds the one with this id."""
        named = _IDENTIFIER.match(identifier)
        member = self._members.get(named[0]) if named else None
        return told if member is None else enclosed(told, self._export.file(member))
