"""The commands that write files: export chat, export search, export notes."""

import json
import signal
from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated, Final

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.notes import PATIENCE, InChat
from backscroll.cli.output import print_json, print_lines, print_remark
from backscroll.cli.read import AsJson, Chat
from backscroll.cli.search import SearchOrder, no_option, pointing, read_query
from backscroll.cli.session import Session, moment
from backscroll.cli.waiting import bar
from backscroll.coding.naming import named_code
from backscroll.dates import named, start_of
from backscroll.exporting.collection import collect
from backscroll.exporting.entries import Messages, of_chat, of_search
from backscroll.exporting.format import Format, Tell, format_for
from backscroll.exporting.messages import FORMATS
from backscroll.exporting.notes import FORMATS as NOTES
from backscroll.exporting.records import schema
from backscroll.exporting.target import refuse
from backscroll.model.query import Sent
from backscroll.searching.narrowing import Choice, narrowed
from backscroll.settings import zone_named
from backscroll.writing.desk import Desk

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Write messages, or notes, to a file.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.", show_default=False)]
From = Annotated[str | None, typer.Option("--from", help="Only from a date, or a date and time, on.")]
To = Annotated[str | None, typer.Option("--to", help="Only to the end of a date, or to a date and time.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")]
_NOTES: Final = ", ".join(form.name for form in NOTES)
_NAMES: Final = ", ".join(form.name for form in FORMATS)
FormatName = Annotated[str | None, typer.Option("--format", help=f"{_NAMES}; else told by the file's ending.")]


@app.command("chat")
def export_chat(
    context: typer.Context,
    chat: Chat,
    file: File,
    format_name: FormatName = None,
    since: From = None,
    until: To = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write the messages of a chat and what you wrote about them, oldest first."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    period = sent(since, until, zone)
    form = _chosen(file, format_name, overwrite=force)

    async def work(archive: Archive, desk: Desk) -> None:
        await _send(desk)
        found = await archive.conversations.resolve(chat)
        with counting(found.title) as count:
            await form.export(file, await of_chat(archive, found, period, zone, count.tell), overwrite=force)
        _say(file, form, count.done, as_json=as_json)

    session.write(work)


def export_search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(callback=no_option, help="As for `backscroll search`.")],
    file: File,
    format_name: FormatName = None,
    order: Annotated[SearchOrder, typer.Option(help="newest or oldest first.")] = SearchOrder.NEWEST,
    since: From = None,
    until: To = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write all hits of a search and what you wrote about them."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    asked = read_query(query, zone, as_json=as_json)
    period = sent(since, until, zone)
    narrow = narrowed(asked, [Choice("time", "", period)] if period != Sent() else [])
    form = _chosen(file, format_name, overwrite=force)

    async def work(archive: Archive, desk: Desk) -> None:
        await _send(desk)
        with pointing(asked.text, as_json=as_json), counting("Search") as count:
            hits = await of_search(archive, narrow, order.value, zone, count.tell)
            await form.export(file, hits, overwrite=force)
        for remark in asked.remarks:
            print_remark(remark.text)
        _say(file, form, count.done, as_json=as_json)

    session.write(work)


# A query may begin with a minus, as in -car, which is no option.
app.command("search", context_settings={"ignore_unknown_options": True})(export_search)


@app.command("notes")
def export_notes(
    context: typer.Context,
    file: File,
    format_name: Annotated[str | None, typer.Option("--format", help=f"{_NOTES}; else told by the ending.")] = None,
    chat: InChat = None,
    code: Annotated[
        list[str] | None, typer.Option(help="Only annotations with this code or one below it; may be repeated.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write the codebook, bookmarks and annotations; `import notes` reads jsonl and qdpx again."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    form = format_for(NOTES, file, format_name)
    refuse(file, overwrite=force)

    async def work(archive: Archive, desk: Desk) -> None:
        await _send(desk)
        inside = (await archive.conversations.resolve(chat)).id if chat else None
        book = await archive.codes.book()
        codes = [named_code(book, name, with_retired=True).id for name in code] if code else None
        with counting("Notes", "notes") as count:
            collection = await collect(archive, zone, count.tell, chat=inside, codes=codes)
            await form.export(file, collection, overwrite=force)
        if as_json:
            counts = {"bookmarks": collection.bookmarks, "annotations": collection.annotations}
            print_json([{"file": str(file), "format": form.name, **counts}])
        else:
            print_lines([f"{collection.annotations:,} annotations, {collection.bookmarks:,} bookmarks → {file}"])

    session.write(work)


@app.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a line of notes, as `export notes` writes them into a .jsonl file."""
    print(json.dumps(schema(), indent=2))


class Count:
    """How many pieces are written so far, shown as they come."""

    def __init__(self, tell: Tell) -> None:
        self.done = 0
        self._tell = tell

    def tell(self, done: int, total: int) -> None:
        """Takes note of it."""
        self.done = done
        self._tell(done, total)


@contextmanager
def counting(name: str, counted: str = "messages") -> Iterator[Count]:
    """Shows a bar while a file is written; where that is cancelled, says that nothing is left of it."""
    # Who is told to end by another program tidies up as after Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with bar(counted) as tell:
            yield Count(lambda done, total: tell(name, done, total, done))
    except CancelledError:
        print_remark("Cancelled. Nothing was written.")
        raise


async def _send(desk: Desk) -> None:
    """Sends what was written and waits, so that it is in the file; says where something is not."""
    parked = sum(kept.is_parked for kept in desk.outbox.all())
    if left := parked + await desk.finish(PATIENCE):
        print_remark(f"{left:,} of what was written is not in the archive, nor in the file: see `backscroll outbox`.")


def _chosen(file: Path, name: str | None, *, overwrite: bool) -> Format[Messages]:
    """The format; what cannot be written is told before the archive is opened."""
    form = format_for(FORMATS, file, name)
    refuse(file, overwrite=overwrite)
    return form


def sent(since: str | None, until: str | None, zone: tzinfo) -> Sent:
    """The stretch of time that --from and --to name."""
    return Sent(_moment("--from", since, zone), _end("--to", until, zone))


def _moment(option: str, text: str | None, zone: tzinfo) -> datetime | None:
    if text is None:
        return None
    found = moment(text, zone)
    if found is None:
        raise typer.BadParameter(f"{option} is a date, or a date and a time: 2021-03-14, march 2021, 14.3.2021 9:30")
    return found


def _end(option: str, text: str | None, zone: tzinfo) -> datetime | None:
    """The end of the day, month or year that is named; of a moment, the moment itself."""
    span = named(text, datetime.now(zone).date()) if text else None
    return start_of(span.after, zone) if span else _moment(option, text, zone)


def _say(file: Path, form: Format[Messages], messages: int, *, as_json: bool) -> None:
    if as_json:
        print_json([{"file": str(file), "format": form.name, "messages": messages}])
    else:
        print_lines([f"{messages:,} messages written to {file}"])
