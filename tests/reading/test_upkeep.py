"""What is in the store is compared with what the archive names, and put right only where that is safe."""

from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.errors import AppError
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import ImportReport, import_paths
from backscroll.importing.undoing import undo
from backscroll.reading.upkeep import Findings, tidy, unnamed, verify
from backscroll.settings import Settings
from tests.conftest import copied

FILES = {"IMG-1.jpg": b"one" * 1000, "IMG-2.jpg": b"two" * 1000, "IMG-3.jpg": b"three" * 1000}
DIGESTS = {name: sha256(content).hexdigest() for name, content in FILES.items()}


@pytest.fixture
def dsn(server: EmbeddedServer, template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    with copied(server, template, request.node.nodeid) as dsn:
        yield dsn


@pytest.fixture
async def archive(dsn: str, tmp_path: Path) -> AsyncIterator[Archive]:
    async with open_archive(Settings(dsn=dsn, home=tmp_path / "home")) as opened:
        await bring(opened, tmp_path)
        yield opened


async def bring(archive: Archive, folder: Path) -> ImportReport:
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    path = folder / "WhatsApp Chat with Home.txt"
    path.write_text("".join(f"25/03/2024, 10:0{n} - Ana: {name} (file attached)\n" for n, name in enumerate(FILES)))
    return await import_paths(archive, [path], Choices(ZoneInfo("UTC"), "UTC"))


def spoil(archive: Archive) -> None:
    """One file is damaged, one is gone, and one has nothing to do here."""
    store = archive.attachments.store
    damaged = store.place(DIGESTS["IMG-1.jpg"])
    damaged.chmod(0o600)
    damaged.write_bytes(b"ONE" * 1000)
    store.place(DIGESTS["IMG-2.jpg"]).unlink()
    with store.adding():
        store.put(lambda: BytesIO(b"stray"))


async def test_what_was_taken_back_leaves_files_that_nothing_names(archive: Archive) -> None:
    assert await unnamed(archive.attachments) == []
    await undo(archive, (await archive.import_runs.page(limit=1))[0].id)
    assert sorted(one.sha256 for one in await unnamed(archive.attachments)) == sorted(DIGESTS.values())
    await tidy(archive.attachments, await verify(archive.attachments))
    assert await unnamed(archive.attachments) == []


async def test_a_store_that_holds_what_it_should_is_sound(archive: Archive) -> None:
    shown: list[tuple[int, int]] = []
    found = await verify(archive.attachments, lambda done, total: shown.append((done, total)))
    total = sum(map(len, FILES.values()))
    assert found == Findings(files=3, bytes=total)
    assert found.is_sound
    assert shown[-1] == (total, total)
    assert await tidy(archive.attachments, found) == 0


async def test_what_is_missing_damaged_or_named_by_nothing_is_found(archive: Archive) -> None:
    spoil(archive)
    found = await verify(archive.attachments)
    assert (found.missing, found.damaged) == ([DIGESTS["IMG-2.jpg"]], [DIGESTS["IMG-1.jpg"]])
    assert [one.sha256 for one in found.orphans] == [sha256(b"stray").hexdigest()]
    assert not found.is_sound


async def test_tidying_deletes_what_nothing_names_and_lets_an_import_bring_the_rest_again(
    archive: Archive, tmp_path: Path
) -> None:
    spoil(archive)
    assert await tidy(archive.attachments, await verify(archive.attachments)) == 1
    assert (archive.attachments.store.folder / "damaged" / DIGESTS["IMG-1.jpg"]).read_bytes() == b"ONE" * 1000
    report = await bring(archive, tmp_path)
    assert (report.stored.messages, report.files.files) == (0, 2)
    assert await verify(archive.attachments) == Findings(files=3, bytes=sum(map(len, FILES.values())))


async def test_what_an_import_that_was_taken_back_leaves_is_deleted(archive: Archive) -> None:
    (run,) = await archive.import_runs.page(limit=1)
    await undo(archive, run.id)
    found = await verify(archive.attachments)
    assert {one.sha256 for one in found.orphans} == set(DIGESTS.values())
    assert await tidy(archive.attachments, found) == 3
    assert await verify(archive.attachments) == Findings()


async def test_nothing_is_deleted_while_files_come_in_or_where_others_keep_theirs(
    archive: Archive, tmp_path: Path, server: EmbeddedServer, template: str
) -> None:
    spoil(archive)
    found = await verify(archive.attachments)
    with archive.attachments.store.adding(), pytest.raises(AppError) as raised:
        await tidy(archive.attachments, found)
    assert raised.value.code == "busy"
    with copied(server, template, "another archive") as dsn:
        async with open_archive(Settings(dsn=dsn, home=tmp_path / "home")) as other:
            assert (await bring(other, tmp_path)).files.files == 3
            theirs = await verify(other.attachments)
            assert theirs.others == 1
            with pytest.raises(AppError) as raised:
                await tidy(other.attachments, theirs)
            assert raised.value.code == "shared_store"
            assert all(archive.attachments.store.has(one.sha256) for one in found.orphans)
