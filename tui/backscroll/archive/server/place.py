"""Where one embedded server keeps its files: the archive's home and the cluster inside it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A home and its data directory. Every file of the server lies in the home, and is its owner's alone."""

    home: Path
    data: Path

    @property
    def server_lock(self) -> Path:
        """Held by every process of the server: inherited from the first, so it is free when the last is gone."""
        return self.home / "server.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper while it waits."""
        return self.home / "keeper.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every Backscroll that uses the server."""
        return self.home / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that starts or stops the server."""
        return self.home / "start.lock"

    @property
    def stay(self) -> Path:
        """Names the server that has to outlive its users."""
        return self.home / "stay"

    @property
    def log(self) -> Path:
        """What the server has to say; no message's text is in it."""
        return self.home / "server.log"
