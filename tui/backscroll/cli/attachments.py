"""The command that lists the files of messages, and looks after those that are stored."""

from collections.abc import AsyncIterator
from typing import Annotated

import typer

from backscroll.archive.attachments import Listed
from backscroll.archive.opening import Archive
from backscroll.cli.notes import InChat
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.exporting.rows import attachment_row
from backscroll.json_lines import Row
from backscroll.model.sizes import size_words
from backscroll.reading.files import FileState, file_state
from backscroll.reading.upkeep import Findings, tidy, verify
from backscroll.text import safe_line

_MISSING = (FileState.UNKNOWN, FileState.GONE, FileState.ELSEWHERE)


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(attachments)


def attachments(
    context: typer.Context,
    chat: InChat = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only those whose file is not there.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="How many at most; else all.")] = None,
    check: Annotated[bool, typer.Option("--verify", help="Read all stored files, and say what is not right.")] = False,
    clean: Annotated[
        bool, typer.Option("--tidy", help="Verify; delete files that no message names, set damaged ones aside.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the files of messages and where each is. --verify looks after those that were copied into the home."""
    session: Session = context.obj

    async def work(archive: Archive) -> None:
        if check or clean:
            await _look_after(archive, clean=clean, as_json=as_json)
            return
        conversation = (await archive.conversations.resolve(chat)).id if chat else None
        count = 0
        async for one, state in _stated(archive.attachments.all(conversation)):
            if not missing or state in _MISSING:
                print_json([_row(one, state)]) if as_json else print_lines([_line(one, state)])
                count += 1
                if count == limit:
                    return

    session.run(work)


async def _stated(found: AsyncIterator[Listed]) -> AsyncIterator[tuple[Listed, FileState]]:
    async for one in found:
        yield one, file_state(one.attachment)


def _row(one: Listed, state: FileState) -> Row:
    return {
        "conversation_id": one.conversation_id,
        "conversation": one.conversation,
        "message_id": one.message_id,
        **attachment_row(one.attachment),
        "state": state.value,
    }


def _line(one: Listed, state: FileState) -> str:
    file = one.attachment
    name = safe_line(file.file_name or "without a name")
    where = f" ({safe_line(file.path)})" if file.path and state in _MISSING else ""
    size = size_words(file.size) or "-"
    return f"{str(one.message_id)[:8]}  {size:>8}  {safe_line(one.conversation)}: {name}: {state.value}{where}"


async def _look_after(archive: Archive, *, clean: bool, as_json: bool) -> None:
    with bar() as tell:
        found = await verify(archive.attachments, lambda done, total: tell("Verifying", done, total, 0))
    removed = await tidy(archive.attachments, found) if clean else 0
    if as_json:
        print_json([_findings_row(found, removed)])
    else:
        print_lines(_findings_lines(found, clean=clean))
    if not found.is_sound:
        raise typer.Exit(1)


def _findings_row(found: Findings, removed: int) -> Row:
    return {
        "files": found.files,
        "bytes": found.bytes,
        "missing": found.missing,
        "damaged": found.damaged,
        "orphans": [one.sha256 for one in found.orphans],
        "orphan_bytes": sum(one.size for one in found.orphans),
        "other_archives": found.others,
        "removed": removed,
    }


def _findings_lines(found: Findings, *, clean: bool) -> list[str]:
    lines = [f"{found.files:,} stored files, {size_words(found.bytes)}."]
    if found.missing:
        lines.append(f"{len(found.missing):,} that messages name are not there; import their exports again.")
        lines += [f"  missing  {digest}" for digest in found.missing]
    if found.damaged:
        aside = "are set aside" if clean else "are damaged; --tidy sets them aside"
        lines.append(f"{len(found.damaged):,} {aside}, and importing their exports again brings them back.")
        lines += [f"  damaged  {digest}" for digest in found.damaged]
    if found.orphans:
        size = size_words(sum(one.size for one in found.orphans))
        gone = "were deleted" if clean else "could go: --tidy deletes them"
        lines.append(f"{len(found.orphans):,} that no message names ({size}) {gone}.")
    if found.others:
        lines.append(f"Other archives keep files here too: {found.others}.")
    return lines
