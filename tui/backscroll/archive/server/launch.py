"""Starting processes under the server's account, with nothing of our terminal, session or surroundings."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

from backscroll.archive.server import account as accounts
from backscroll.archive.server import locks, sockets, tuning
from backscroll.archive.server.account import Account
from backscroll.archive.server.binaries import Binaries
from backscroll.archive.server.place import Place
from backscroll.errors import AppError

_PACKAGES = Path(__file__).parents[3]
_LARGE_LOG = 4_000_000  # bytes


def account_for(data: Path | None) -> Account:
    """As whom the server of this data directory runs; raises AppError (`account_blocked`)."""
    account = accounts.fitting(data)
    if account is None:
        raise _blocked()
    return account


def without_namespace(account: Account) -> Account:
    """What is left where user namespaces are blocked; raises AppError (`account_blocked`) if nothing is."""
    if os.geteuid() or account.how != "namespace":
        raise _blocked()
    return accounts.lowered(pwd.getpwuid(account.uid))


def is_blocked(account: Account, done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether the command never ran because the account could not be taken."""
    return account.how != "plain" and done.returncode == accounts.BLOCKED


def run_as(account: Account, command: list[str], cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end as the account and return what it said."""
    if account.how != "plain":
        command = [*_python("account"), account.spec, *command]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, env=_environment(), cwd=cwd, check=False
    )


def server(place: Place, binaries: Binaries, account: Account) -> None:
    """Start the server and its keeper; returns once both hold their locks, before the server is ready."""
    socket = sockets.prepare(place.home)
    for name in (sockets.NAME, f"{sockets.NAME}.lock"):
        (socket / name).unlink(missing_ok=True)
    command = [binaries.program("postgres"), "-D", str(place.data)]
    for name, value in tuning.settings(socket).items():
        command += ["-c", f"{name}={value}"]
    keeper(place, account, command)


def keeper(place: Place, account: Account | None = None, command: list[str] | None = None) -> None:
    """Start the keeper of a server that runs, or with a command of the one that it starts itself.

    Raises AppError (`account_blocked`, `server_failed`).
    """
    for lock in (place.keeper_lock, place.server_lock, place.users_lock):
        os.close(locks.opened(lock))
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        if os.fstat(log).st_size > _LARGE_LOG:
            os.ftruncate(log, 0)
        started = subprocess.run(
            [*_python("keeper"), str(place.home), str(place.data), account.spec if account else "plain:0:0"]
            + (command or []),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            cwd=place.home,
            start_new_session=True,
            check=False,
        )
    finally:
        os.close(log)
    if account and is_blocked(account, started):
        raise _blocked(place.data)
    if started.returncode:
        raise AppError("The archive's server could not be started", f"See {place.log}.", code="server_failed")


def _python(module: str) -> list[str]:
    # Without site-packages: it starts in a hundredth of a second, and nobody's .pth file runs in it.
    return [sys.executable, "-S", "-P", "-m", f"backscroll.archive.server.{module}"]


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "PYTHON"))}
    return inherited | {"LC_ALL": "C", "LANG": "C", "TZ": "UTC", "PYTHONPATH": str(_PACKAGES)}


def _blocked(data: Path | None = None) -> AppError:
    if os.geteuid():
        hint = "Your uid has no entry in the list of accounts and this system blocks user namespaces; add the entry"
    elif data:
        stand_in = accounts.fitting()
        hint = f"This system blocks user namespaces; give the files over: chown -R {stand_in and stand_in.uid} {data}"
    else:
        hint = "PostgreSQL refuses to run as root; start Backscroll as an ordinary user"
    return AppError(
        "The archive's server cannot run under this account",
        f"{hint}, or give the address of a server with --dsn.",
        code="account_blocked",
    )
