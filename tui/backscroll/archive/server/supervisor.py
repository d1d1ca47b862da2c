"""The embedded server as the rest of the program sees it: started on demand, shared, gone with its last user."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backscroll.archive.server import binaries, cluster, launch, locks, process, readiness, sockets
from backscroll.archive.server.place import Place
from backscroll.errors import AppError

_ATTEMPTS = 3  # a server that another process stops while we join it is started again


@dataclass(frozen=True)
class ServerState:
    """What runs in a home. `version` and `clients` (connections, without our own) are known while it answers;
    `is_held` tells that it stays until `stop`."""

    running: bool
    version: str | None
    data: Path | None
    pid: int | None = None
    clients: int | None = None
    is_held: bool = False


class EmbeddedServer:
    """One process's share in the server of one home.

    Methods block, and may be called from any thread. They raise AppError where a person has to act. The kernel drops
    our share when this process dies, so nothing depends on `release` being called.
    """

    def __init__(
        self,
        home: Path,
        *,
        status: Callable[[str], None] = lambda _: None,
        candidates: binaries.Candidates = binaries.candidates,
    ) -> None:
        self._home = home.expanduser().resolve()
        self._status = status
        self._candidates = candidates
        self._turn = threading.RLock()
        self._users: int | None = None
        self._socket: Path | None = None

    @property
    def dsn(self) -> str:
        """The libpq address of the archive's database; before `acquire`, where the server would be."""
        if self._socket is None:
            place = cluster.place(self._home)
            server = process.living(place) if place else None
            found = server.socket if server and server.socket else next(sockets.suitable(self._home), self._home)
            return sockets.conninfo(found)
        return sockets.conninfo(self._socket)

    def acquire(self) -> None:
        """Start the server or join the one that runs, and keep it running while this process lives."""
        with self._turn:
            self._make_home()
            mine = self._users
            if mine is None:
                # A keeper that is stopping the server holds this lock until the server is gone.
                self._users = locks.shared(self._home / "users.lock")
            try:
                self._bring_up()
            except BaseException:
                if mine is None:
                    self.release()
                raise

    def ensure(self) -> None:
        """Start the server again if it died; costs next to nothing while it lives."""
        with self._turn:
            if self._users is None or not self._is_well():
                self.acquire()

    def release(self) -> None:
        """Give our share up; if it was the last, the server stops by itself. Does not wait for that."""
        with self._turn:
            if self._users is not None:
                os.close(self._users)
            self._users = self._socket = None

    def hold(self) -> None:
        """Keep the server running after every Backscroll has left, until `stop` or the machine goes down."""
        with self._turn:
            self.ensure()
            place = cluster.place(self._home)
            server = process.living(place) if place else None
            if place and server:
                place.stay.touch(mode=0o600)
                place.stay.write_text(server.mark, "utf-8")

    def stop(self) -> bool:
        """Stop the server of this home now, whoever uses it; False if none of ours ran."""
        with self._turn:
            place = cluster.place(self._home)
            if place is None:
                return False
            with locks.exclusive(place.start_lock, self._say_waiting):
                place.stay.unlink(missing_ok=True)
                stopped = process.stop(place)
            self.release()
            return stopped

    def state(self) -> ServerState:
        """What runs here, without starting or changing anything."""
        place = cluster.place(self._home)
        server = process.living(place) if place else None
        if place is None or server is None:
            return ServerState(running=False, version=None, data=place.data if place else None)
        version, clients = readiness.ask(server)
        return ServerState(True, version, place.data, server.pid, clients, process.is_staying(place))

    def _is_well(self) -> bool:
        place = cluster.place(self._home)
        server = process.living(place) if place else None
        return server is not None and server.is_ready and readiness.is_reachable(server)

    def _make_home(self) -> None:
        if "\n" in str(self._home):
            raise AppError("A line end in the path of the archive is not possible", "Choose another --home.")
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(locks.opened(self._home / "start.lock"))
        except OSError as error:
            raise AppError(
                "The archive's directory cannot be used",
                f"{error.strerror}: {self._home}. Choose another place with --home.",
                code="home_unusable",
            ) from error
        if self._home.stat().st_mode & 0o002:
            raise AppError(
                "Everybody on this machine can write to the archive's directory",
                f"Close it with: chmod o-w {self._home}; or choose another place with --home.",
                code="home_unusable",
            )

    def _bring_up(self) -> None:
        for _ in range(_ATTEMPTS):
            with locks.exclusive(self._home / "start.lock", self._say_waiting):
                place, was_unclean, log = self._start_or_join()
            if server := readiness.wait(place, was_unclean, self._status):
                self._socket = server.socket
                return
        raise readiness.failure(place, log)

    def _start_or_join(self) -> tuple[Place, bool, int]:
        """The place of a server that starts or runs, whether the one before it was killed, and the log's size."""
        place = cluster.place(self._home)
        server = process.living(place) if place else None
        if place and server and server.is_ready and not readiness.is_reachable(server):
            self._status("The server's socket was removed, starting it again")
            process.stop(place)
            server = None
        if place is None or server is None:
            return self._start(place)
        if not locks.held(place.keeper_lock):
            launch.keeper(place)
        return place, False, readiness.log_size(place)

    def _start(self, place: Place | None) -> tuple[Place, bool, int]:
        data = place.data if place else None
        chosen = binaries.choose(self._candidates(), data, cluster.major(data) if data else None)
        account = launch.account_for(data)
        if place is None:
            self._status("Making a new archive")
            data, account = cluster.create(self._home, chosen, account)
            place = Place(self._home, data)
        was_unclean = self._clear(place)
        cluster.let_in_only(place.data, account.peer)
        self._status(readiness.RECOVERING if was_unclean else "Starting the server")
        log = readiness.log_size(place)
        launch.server(place, chosen, account)
        while process.living(place) is None and locks.held(place.server_lock):
            time.sleep(process.PAUSE)
        return place, was_unclean, log

    def _clear(self, place: Place) -> bool:
        """Remove what a killed server left, once its last process is gone; True if there was such a server."""
        if locks.held(place.server_lock):
            self._status("Waiting for the last processes of a killed server")
        while locks.held(place.server_lock):
            process.quit_orphans(place.data)
            time.sleep(process.PAUSE)
        stale = place.data / "postmaster.pid"
        was_unclean = stale.exists()
        stale.unlink(missing_ok=True)
        return was_unclean

    def _say_waiting(self) -> None:
        self._status("Waiting for another Backscroll")
