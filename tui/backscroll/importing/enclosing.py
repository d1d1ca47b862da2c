"""The files that an export holds for its messages, on their way into a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from backscroll.archive.batch import AttachmentRow, Batch
from backscroll.archive.store import Content
from backscroll.importing.export import Beside, Export
from backscroll.importing.media import mime_type
from backscroll.model.message import Attachment
from backscroll.model.storable import storable


@dataclass(frozen=True, slots=True)
class Enclosed(Attachment):
    """An attachment whose file the export holds; `path` is its place there, None where it has none of its own."""

    content: Content


def attached(
    export: Export,
    member: str,
    path: str,
    *,
    name: str | None,
    mime: str | None = None,
    size: int | None = None,
) -> Attachment:
    """The file that a message of a member names by its path from there, with its bytes where the export holds it.

    `path` comes from inside the export: it never leads out of the member's own folder. Name, type and size in bytes
    are what the message tells of it.
    """
    name = name or None
    told = Attachment(name, mime or mime_type(name or ""), size, None, None)
    found = export.beside(member, path)
    return told if found is None else enclosed(told, found)


def enclosed(told: Attachment, found: Beside) -> Enclosed:
    """An attachment as it is told of, with the file that was found for it."""
    return Enclosed(told.file_name, told.mime_type, found.size, None, found.path, found.open)


def enclose(batch: Batch, chat: UUID, message: UUID, files: Sequence[Attachment], *, is_again: bool = False) -> None:
    """Adds a message's attachments to a batch; `is_again`: only the files of one that it has, maybe without them."""
    for position, file in enumerate(files):
        name, path = (storable(said) if said is not None else None for said in (file.file_name, file.path))
        row = AttachmentRow(chat, message, position, name, file.mime_type, file.size, file.sha256, path)
        if isinstance(file, Enclosed):
            if (message, position) not in batch.contents:
                batch.contents[message, position] = row, file.content
                batch.file_size += file.size or 0
        elif not is_again:
            batch.attachments.append(row)
