"""Archives that exist, for the tests of their server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.archive.server.others import wait_until_stopped


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("template") / "home"
    server = EmbeddedServer(home)
    server.acquire()
    server.stop()
    return home


@pytest.fixture
def home(tmp_path: Path, template: Path) -> Iterator[Path]:
    """An archive that exists, with no server running; whatever runs there at the end is stopped."""
    home = tmp_path / "home"
    shutil.copytree(template, home, symlinks=True, ignore=shutil.ignore_patterns("*.lock", "*.log"))
    yield home
    EmbeddedServer(home).stop()
    wait_until_stopped(home)


@pytest.fixture
def server(home: Path) -> EmbeddedServer:
    server = EmbeddedServer(home)
    server.acquire()
    return server
