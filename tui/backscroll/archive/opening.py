"""Opens an archive: starts the embedded server where none is named, connects, and sees that the schema is right."""

import asyncio
import getpass
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from backscroll.archive import migrations
from backscroll.archive.annotations import Annotations
from backscroll.archive.attachments import Attachments
from backscroll.archive.bookmarks import Bookmarks
from backscroll.archive.codes import Codes
from backscroll.archive.conversations import Conversations
from backscroll.archive.facets import Facets
from backscroll.archive.gateway import Gateway
from backscroll.archive.import_runs import ImportRuns
from backscroll.archive.known import Known
from backscroll.archive.languages import Languages
from backscroll.archive.messages import Messages
from backscroll.archive.names import Names
from backscroll.archive.naming import name_of, outbox_of, store_of
from backscroll.archive.queries import queries
from backscroll.archive.reviews import Reviews
from backscroll.archive.sampling import Sampling
from backscroll.archive.saved import Saved
from backscroll.archive.search import Search
from backscroll.archive.sentiment import Judgements
from backscroll.archive.server import cluster
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.archive.staging import Staging
from backscroll.archive.statistics import Statistics
from backscroll.archive.statistics_jobs import StatisticsJobs
from backscroll.archive.store import Store
from backscroll.archive.summaries import Summaries
from backscroll.archive.syncs import Syncs
from backscroll.archive.threads import Threads
from backscroll.archive.undoing import Undoing
from backscroll.archive.versions import Versions
from backscroll.archive.words import Words
from backscroll.archive.writes import Writes
from backscroll.errors import AppError
from backscroll.model.ids import new_id
from backscroll.settings import Settings

_SQL = queries("archive")


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive: one typed area for each file of sql/queries.

    `name` is for the title bar and holds no secret. `advice` is what a person should do now that opening the archive
    brought it to this version; None: nothing. `outbox` is the file on this machine for what is not sent yet.
    """

    name: str
    advice: str | None
    conversations: Conversations
    messages: Messages
    versions: Versions
    attachments: Attachments
    threads: Threads
    search: Search
    facets: Facets
    names: Names
    languages: Languages
    words: Words
    bookmarks: Bookmarks
    annotations: Annotations
    codes: Codes
    reviews: Reviews
    sampling: Sampling
    saved: Saved
    summaries: Summaries
    statistics: Statistics
    statistics_jobs: StatisticsJobs
    sentiment: Judgements
    syncs: Syncs
    known: Known
    staging: Staging
    import_runs: ImportRuns
    undoing: Undoing
    writes: Writes
    outbox: Path


@asynccontextmanager
async def open_archive(settings: Settings, status: Callable[[str], None] = lambda _: None) -> AsyncIterator[Archive]:
    """The archive that the settings name, open until the block ends. Raises AppError.

    An embedded archive is started, made and migrated as needed; any other is left as it is, and an outdated one is
    refused with the command that brings it up to date. `status` is told what is being waited for.
    """
    server = await start_embedded(settings, status)
    dsn = server.dsn if server else named_dsn(settings)
    try:
        gateway = Gateway(dsn, pooled=False if server else settings.pooled, revive=server.ensure if server else None)
        await gateway.open()
        try:
            advice = await _check_schema(gateway, dsn, embedded=server is not None, status=status)
            await _greet(gateway)
            yield _archive(gateway, name_of(settings), advice, store_of(settings, dsn), outbox_of(settings))
        finally:
            await gateway.close()
    finally:
        if server:
            await asyncio.to_thread(server.release)


@asynccontextmanager
async def open_known(settings: Settings, status: Callable[[str], None] = lambda _: None) -> AsyncIterator[Known | None]:
    """What the archive that the settings name has, for looking things up; None where there is no archive.

    Nothing is made or migrated, but an embedded archive is started where it is. Raises AppError, also where the archive
    is one of another version of this program.
    """
    if settings.dsn is None and cluster.existing(settings.home.expanduser().resolve()) is None:
        yield None
        return
    server = await start_embedded(settings, status)
    try:
        gateway = Gateway(server.dsn if server else named_dsn(settings), pooled=False if server else settings.pooled)
        await gateway.open()
        try:
            yield Known(gateway) if await _is_there(gateway) else None
        finally:
            await gateway.close()
    finally:
        if server:
            await asyncio.to_thread(server.release)


async def _is_there(gateway: Gateway) -> bool:
    """Whether there is an archive. Raises AppError where it is one of another version."""
    found = await migrations.revision(gateway)
    if _is_older(found):
        raise AppError(
            "The archive was made by an older Backscroll, and a look does not change it",
            "Open it once, for example with `backscroll chats`, and look again.",
            code="not_migrated",
        )
    return found is not None


def _is_older(found: str | None) -> bool:
    """Whether a schema of an earlier version was found. Raises AppError where it is one of a later version."""
    if found is not None and found > migrations.head():
        raise AppError(
            "The archive was made by a newer Backscroll", "Install the newest version.", code="newer_archive"
        )
    return found is not None and found < migrations.head()


async def start_embedded(settings: Settings, status: Callable[[str], None]) -> EmbeddedServer | None:
    """The embedded server, started; None where the settings name another database. Raises AppError."""
    if settings.dsn is not None:
        return None
    server = EmbeddedServer(settings.home, status=status)
    await asyncio.to_thread(server.acquire)
    return server


def named_dsn(settings: Settings) -> str:
    """The DSN that the settings name; empty where they name none."""
    return settings.dsn or ""


async def _check_schema(gateway: Gateway, dsn: str, *, embedded: bool, status: Callable[[str], None]) -> str | None:
    """Sees that the schema is this version's, and gives what a person should do about what was there before."""
    found = await migrations.revision(gateway)
    if found is not None and not _is_older(found):
        return None
    if not embedded:
        raise AppError(
            "The archive is not set up for this version" if found else "The database holds no archive yet",
            "Run `backscroll db migrate` with the same DSN.",
            code="not_migrated",
        )
    status("Preparing the archive")
    await asyncio.to_thread(migrations.migrate, dsn)
    return migrations.advice(found)


async def _greet(gateway: Gateway) -> None:
    if await gateway.fetch_value(_SQL["user"], {}) is not None:
        return
    try:
        await gateway.execute(_SQL["add_user"], {"id": new_id(), "name": _account()})
    except AppError as error:
        if error.code != "no_right":  # who may only read is welcome to read
            raise


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a uid without an entry in the list of accounts
        return "owner"


def _archive(gateway: Gateway, name: str, advice: str | None, store: Store, outbox: Path) -> Archive:
    return Archive(
        name=name,
        advice=advice,
        conversations=Conversations(gateway),
        messages=Messages(gateway, store),
        versions=Versions(gateway),
        attachments=Attachments(gateway, store),
        threads=Threads(gateway),
        search=Search(gateway),
        facets=Facets(gateway),
        names=Names(gateway),
        languages=Languages(gateway),
        words=Words(gateway),
        bookmarks=Bookmarks(gateway),
        annotations=Annotations(gateway),
        codes=Codes(gateway),
        reviews=Reviews(gateway),
        sampling=Sampling(gateway),
        saved=Saved(gateway),
        summaries=Summaries(gateway),
        statistics=Statistics(gateway),
        statistics_jobs=StatisticsJobs(gateway),
        sentiment=Judgements(gateway),
        syncs=Syncs(gateway),
        known=Known(gateway),
        staging=Staging(gateway),
        import_runs=ImportRuns(gateway),
        undoing=Undoing(gateway),
        writes=Writes(gateway),
        outbox=outbox,
    )
