"""The data directory: finding it, making it whole or not at all, and who is let in."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from backscroll.archive.server import launch
from backscroll.archive.server.account import Account
from backscroll.archive.server.binaries import Binaries
from backscroll.archive.server.place import Place
from backscroll.archive.server.sockets import ROLE
from backscroll.errors import AppError

_UNFINISHED = "new-"


def existing(home: Path) -> Path | None:
    """The data directory of the newest major version in this home, or None."""
    named = {int(path.name[2:]): path for path in home.glob("pg*") if re.fullmatch(r"pg\d+", path.name)}
    filled = {major: path for major, path in named.items() if any(path.iterdir())}
    return filled[max(filled)] if filled else None


def major(data: Path) -> int:
    """The major version that wrote a data directory.

    Raises AppError (`not_a_cluster`, `server_other_major`, `other_owner`) where it is not what its name promises.
    """
    if data.stat().st_uid not in {os.geteuid(), _stand_in(data)}:
        raise AppError(
            "The archive belongs to another account of this machine",
            f"Start Backscroll as the owner of {data}, or choose another place with --home.",
            code="other_owner",
        )
    try:
        written = int((data / "PG_VERSION").read_text("ascii").strip())
    except (OSError, ValueError):
        raise AppError(
            "The archive's data directory is not a PostgreSQL cluster",
            f"Nothing was changed. Put {data} aside, or choose another place with --home.",
            code="not_a_cluster",
        ) from None
    if data.name != f"pg{written}":
        raise AppError(
            f"The data directory {data.name} was written by PostgreSQL {written}",
            f"Nothing was changed. If {data} was renamed, give it its name pg{written} back; it opens where"
            f" PostgreSQL {written} is installed. To move to a newer one: dump it with"
            f" pg_dump {written}, put it aside, and load the dump with psql.",
            code="server_other_major",
        )
    return written


def create(home: Path, binaries: Binaries, account: Account) -> tuple[Path, Account]:
    """Make a new data directory, complete or not at all; the account that could be used comes back with it.

    Raises AppError (`server_failed`, `account_blocked`).
    """
    for unfinished in home.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home))
    try:
        account = _initialise(fresh, binaries, account)
        data = home / f"pg{binaries.major}"
        fresh.rename(data)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _sync(home)
    return data, account


def let_in_only(data: Path, peer: str) -> None:
    """Write who may connect: the owner, known to the kernel by name, and nobody else."""
    _write(data / "pg_hba.conf", f"local all {ROLE} peer map=owner\n")
    _write(data / "pg_ident.conf", f'owner "{peer}" {ROLE}\n')


def _initialise(fresh: Path, binaries: Binaries, account: Account) -> Account:
    command = [binaries.program("initdb"), "-D", str(fresh), "-U", ROLE, "-E", "UTF8", "-T", "simple"]
    command += ["--auth=peer", "--data-checksums", "--no-instructions", *_locale(binaries.major)]
    if account.how == "lowered":
        os.chown(fresh, account.uid, account.gid)
    done = launch.run_as(account, command, cwd=fresh.parent)
    if launch.is_blocked(account, done):
        return _initialise(fresh, binaries, launch.without_namespace(account))
    if done.returncode:
        lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        raise AppError(
            "A new archive could not be made",
            f"PostgreSQL said: {next((line for line in lines if 'error' in line), (lines or ['nothing'])[-1])}",
            code="server_failed",
        )
    return account


def _locale(version: int) -> list[str]:
    """Order by code point and case rules of Unicode: the same on every machine, whatever its language is."""
    if version >= 18:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    # Search folds case by lc_ctype up to version 17.
    return ["--locale=C", "--lc-ctype=" + ("en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8")]


def _stand_in(data: Path) -> int:
    account = launch.account_for(data)
    return account.uid if account.how == "lowered" else os.geteuid()


def _write(path: Path, text: str) -> None:
    if path.read_text("utf-8", "replace") != text:
        path.write_text(text, "utf-8")  # in place: owner and mode stay


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def place(home: Path) -> Place | None:
    """The newest data directory of a home with the home, or None where there is no archive yet."""
    data = existing(home)
    return Place(home, data) if data else None
