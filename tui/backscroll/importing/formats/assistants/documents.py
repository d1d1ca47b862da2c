"""A file that is a list of conversations: how it is found, and how each of them is read."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.documents import Json, is_record, rejected, text
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.formats.assistants.branches import Tree
from backscroll.importing.records import Chat, Person, Record
from backscroll.importing.streaming import Document, opening, streamed
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind

_NAMED: Final = re.compile(r"conversations[^/]*\.json", re.IGNORECASE)


def members_in(export: Export, beginning: re.Pattern[str]) -> list[str]:
    """The files that begin so; of a folder or a zip only those that are called conversations."""
    if export.is_folder or export.is_zip:
        deepest = 0 if export.is_folder else 1
        named = [m for m in export.members if m.count("/") <= deepest and _NAMED.fullmatch(m.rpartition("/")[2])]
    else:
        named = [m for m in export.members if m.lower().endswith(".json")]
    return [member for member in named if beginning.match(opening(export, member))]


def read_conversations(
    export: Export,
    members: list[str],
    choices: Choices,
    source: tuple[str, str],
    tree_of: Callable[[Json], tuple[Tree, list[Person]]],
) -> Reading:
    """Every conversation of the files. `source` is its name and title. Raises AppError where there are no files."""
    name, title = source
    if not members:
        raise AppError(
            f"{export.name} is not an export of {title}",
            f"Point at the zip that {title} sent, or at its conversations.json.",
            code="not_recognised",
        )
    told = Told()

    def records(document: Document, member: str) -> Iterator[Record]:
        for _ in document.items():
            place = f"{member}:{document.line}"
            conversation = document.value()
            try:
                if not is_record(conversation):
                    raise ValueError("it is not a conversation")
                tree, people = tree_of(conversation)
                found = list(tree.records())
            except ValueError as error:
                yield rejected(conversation, error, place)
                continue
            shown = text(conversation.get("title")) or text(conversation.get("name")) or "Untitled"
            yield from told.once(Chat(tree.chat, shown, ConversationKind.DIRECT), *people)
            yield from found

    total = sum(export.size(member) for member in members)
    return reading(name, title, choices, total, streamed(export, members, records))
