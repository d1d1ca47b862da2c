"""The process that outlives Backscroll by a moment: it waits for the last one to leave, then stops the server.

`python -m backscroll.archive.server.keeper HOME DATA SPEC [COMMAND...]` goes to the background; with a command it
first starts the server as its own child, without one it looks after the server that runs. It waits by asking for
`users.lock` alone, which the kernel grants when the last Backscroll is dead. Only the standard library is imported.
"""

import fcntl
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from backscroll.archive.server import account, locks, process
from backscroll.archive.server.place import Place


def main() -> None:
    """Take the locks, leave the caller's session, start the server if asked, and keep it."""
    home, data, spec, *command = sys.argv[1:]
    place = Place(Path(home), Path(data))
    account.become(spec)
    # The locks are taken before the caller goes on, so that it never sees the server or the keeper missing.
    keeper = locks.try_exclusive(place.keeper_lock)
    server = locks.opened(place.server_lock)
    if command:
        fcntl.flock(server, fcntl.LOCK_EX)
    if os.fork():
        os._exit(0)
    os.setsid()
    if command:
        _start(command, server)
    os.close(server)
    _keep(place, keeper)


def _start(command: list[str], server: int) -> None:
    signal.signal(signal.SIGCHLD, _leave_with_server)
    os.set_inheritable(server, True)
    os.posix_spawn(command[0], command, os.environ, setsigmask=())


def _leave_with_server(_signal: int, _frame: object) -> None:
    if os.waitpid(-1, os.WNOHANG)[0]:  # not merely paused
        os._exit(0)


def _keep(place: Place, keeper: int | None) -> None:
    users = locks.opened(place.users_lock)
    fcntl.flock(users, fcntl.LOCK_EX)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if not process.is_staying(place) and process.stop(place):
        with suppress(ChildProcessError):  # not ours: an earlier keeper was killed
            os.waitpid(-1, 0)
    if keeper is not None:
        os.close(keeper)  # before users.lock: whoever comes next must not take us for a keeper at work


if __name__ == "__main__":
    main()
