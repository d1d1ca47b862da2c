"""The command that makes summaries: summarise."""

import signal
from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from functools import partial
from typing import Annotated, Final
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.confirming import Yes, confirm
from backscroll.cli.exporting import From, To, sent
from backscroll.cli.output import print_json, print_lines, print_remark
from backscroll.cli.read import AsJson
from backscroll.cli.search import no_option, read_query
from backscroll.cli.session import Session
from backscroll.cli.summaries import print_summaries
from backscroll.cli.waiting import Tell, bar
from backscroll.errors import AppError
from backscroll.model.query import Sent
from backscroll.model.summary import Method, Scope, Stretch, Summary, Wish
from backscroll.settings import Settings, zone_named
from backscroll.summarising.bulk import Bulk
from backscroll.summarising.by_model.consent import Consent, told
from backscroll.summarising.by_model.endpoint import endpoint_of
from backscroll.summarising.by_model.modelling import Modelling, Plan
from backscroll.summarising.extracting import extract
from backscroll.summarising.stretches import meant, unread
from backscroll.text import safe_line

_SEEN: Final = 50
"""Characters of what is being written that are shown."""


class Period(StrEnum):
    """A summary of each of these."""

    DAY = "day"
    WEEK = "week"


class Way(StrEnum):
    """How summaries are made."""

    EXTRACTIVE = "extractive"
    MODEL = "model"


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(summarise)


def summarise(
    context: typer.Context,
    chat: Annotated[
        str | None, typer.Argument(metavar="CHAT", help="A chat's title or id; without one --unread means all chats.")
    ] = None,
    since: From = None,
    until: To = None,
    thread: Annotated[str | None, typer.Option(help="This thread: its title, or its id.")] = None,
    by: Annotated[Period | None, typer.Option(help="One of each day or week; those that are still true stay.")] = None,
    is_unread: Annotated[bool, typer.Option("--unread", help="What you have not read.")] = False,
    search: Annotated[str | None, typer.Option(callback=no_option, help="The hits of a search in the chat.")] = None,
    method: Annotated[
        Way, typer.Option(help="Out of the chat's own sentences, or by the language model.")
    ] = Way.EXTRACTIVE,
    mask: Annotated[
        bool, typer.Option("--mask", help="Hide names, numbers, addresses and links from the model.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Summarise a chat, a part of it, each of its days or weeks, or what is unread anywhere, and keep the result."""
    session: Session = context.obj
    settings = session.settings()
    zone = zone_named(settings.timezone)
    wish = _Asked(chat, sent(since, until, zone), thread, by, is_unread, search)
    wish.check(zone, as_json=as_json)

    async def work(archive: Archive) -> None:
        stretches = await meant(archive, await wish.of(archive), zone)
        modelling: Modelling | None = None

        async def make(stretch: Stretch, shown: _Shown) -> Summary | None:
            if modelling is None:
                return await extract(archive, stretch, zone, shown.tell)
            return await modelling.make(stretch, shown.tell, shown.hear)

        unseen = _Shown(lambda *_: None)
        bulk = Bulk(archive, Method(method), zone)
        left = await bulk.left(stretches) if wish.is_many else stretches
        if method is Way.MODEL:
            modelling = Modelling(archive, endpoint_of(settings), zone, is_masked=mask)
            await _agree(modelling, left, settings, yes=yes)
        printing = partial(print_summaries, zone=zone, as_json=as_json)
        if not wish.is_many:
            await _make_one(archive, partial(make, stretches[0]), printing)
            return
        with _waiting(f"{by}s" if by else "chats") as shown:
            made = await bulk.run(
                left, lambda stretch: make(stretch, unseen), shown.tell, lambda summary: printing([summary])
            )
        _print_tally(made, len(stretches) - len(left), as_json=as_json)

    session.run(work)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a chat is to be summarised; without a chat: what is unread in all of them."""

    chat: str | None
    sent: Sent
    thread: str | None
    by: Period | None
    is_unread: bool
    search: str | None

    def check(self, zone: tzinfo, *, as_json: bool) -> None:
        """Refuses what excludes another, and a query with a mistake, before the archive is opened."""
        if sum((self.thread is not None, self.by is not None, self.is_unread, self.search is not None)) > 1:
            raise typer.BadParameter("--thread, --by, --unread and --search exclude each other")
        if self.sent != Sent() and (self.thread or self.is_unread or self.search):
            raise typer.BadParameter("--from and --to go with --by, or alone")
        if self.chat is None and not self.is_unread:
            raise typer.BadParameter("give a CHAT, or --unread for what is unread in all of them")
        if self.search is not None:
            read_query(self.search, zone, as_json=as_json)

    @property
    def is_many(self) -> bool:
        """Whether it comes to more than one summary."""
        return self.by is not None or self.chat is None

    async def of(self, archive: Archive) -> Wish:
        """The one stretch that is meant, of each day or week of which a summary may be wanted. Raises AppError."""
        if self.chat is None:
            return Wish(Stretch(UUID(int=0)), by=Scope.UNREAD)
        chat = (await archive.conversations.resolve(self.chat)).id
        if self.thread is not None:
            return Wish(Stretch(chat, Scope.THREAD, (await archive.threads.resolve(chat, self.thread)).id))
        if self.is_unread:
            return Wish(await unread(archive, chat))
        if self.search is not None:
            return Wish(Stretch(chat, Scope.SEARCH, query=self.search))
        scope = Scope.CHAT if self.sent == Sent() else Scope.STRETCH
        whole = Stretch(chat, scope, since=self.sent.since, until=self.sent.until)
        return Wish(whole, by=Scope(self.by) if self.by else None)


async def _agree(modelling: Modelling, stretches: Sequence[Stretch], settings: Settings, *, yes: bool) -> None:
    """Says what will be sent and what that costs; asks where nobody agreed to it before. Raises AppError."""
    endpoint, is_masked, consent = modelling.endpoint, modelling.is_masked, Consent(settings)
    plan = sum([await modelling.plan(stretch) for stretch in stretches], Plan())
    for line in told(plan, endpoint, is_masked=is_masked):
        print_remark(line)
    if not plan.requests or consent.is_given(endpoint, is_masked=is_masked):
        return
    confirm("Send them, now and whenever a summary is asked for?", yes=yes)
    consent.give(endpoint, is_masked=is_masked)


async def _make_one(
    archive: Archive,
    make: "Callable[[_Shown], Awaitable[Summary | None]]",
    printing: Callable[[Sequence[Summary]], None],
) -> None:
    with _waiting("done") as shown:
        summary = await make(shown)
    if summary is None:
        raise AppError("There is no message to summarise", "Name another stretch.", code="nothing_to_summarise")
    await archive.summaries.add(summary)
    printing([summary])


class _Shown:
    """How far it is, and the end of what is being written, on one line."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._words = "Summarising"
        self._done = (0, 0)

    def tell(self, done: int, total: int) -> None:
        """So much of so much is done."""
        self._done = (done, total)
        self._tell(self._words, done, total, done)

    def hear(self, text: str) -> None:
        """So much of an answer is there."""
        self._words = safe_line(text)[-_SEEN:] or "Summarising"
        self.tell(*self._done)


@contextmanager
def _waiting(counted: str) -> Iterator[_Shown]:
    """Shows how far it is; where that is cancelled, says what stays."""
    # Who is told to end by another program says so, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with bar(counted) as tell:
            yield _Shown(tell)
    except CancelledError:
        print_remark("Cancelled. Summaries that were made before are kept.")
        raise


def _print_tally(made: int, kept: int, *, as_json: bool) -> None:
    if as_json:
        print_json([{"made": made, "kept": kept}])
    else:
        print_lines([f"{made:,} made, {kept:,} were there already."])
