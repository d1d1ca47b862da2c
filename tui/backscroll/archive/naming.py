"""What an archive is called, and where its files lie on this machine, told from the settings alone."""

from hashlib import sha256
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from backscroll.archive.gateway import bad_dsn
from backscroll.archive.store import Store
from backscroll.settings import Settings, usual_home


def name_of(settings: Settings) -> str:
    """What the archive that the settings name is called on the screen."""
    if settings.dsn is not None:
        return str(conninfo_to_dict(settings.dsn).get("dbname") or "postgres")
    return "personal" if settings.home == usual_home() else settings.home.name


def store_of(settings: Settings, dsn: str) -> Store:
    """The files of messages: they lie in this machine's home, wherever the database is."""
    parts = conninfo_to_dict(dsn) if settings.dsn is not None else {}
    place = "\n".join(str(parts.get(name) or "") for name in ("host", "port", "dbname")).replace("-pooler", "")
    return Store(settings.home, sha256(place.encode()).hexdigest()[:16] if parts else "embedded")


def outbox_of(settings: Settings) -> Path:
    """The file for what was written to the archive that the settings name and is not there yet; it may be missing.

    One for each database and user, told from the DSN alone: the server may be away. Raises AppError.
    """
    folder = settings.home.expanduser().absolute() / "outbox"
    if settings.dsn is None:
        return folder / "embedded.sqlite"
    try:
        named = {key: str(value) for key, value in conninfo_to_dict(settings.dsn).items() if value}
    except ProgrammingError:
        raise bad_dsn() from None
    usual = {known.keyword.decode(): known.val.decode() for known in Conninfo.get_defaults() if known.val}
    parts = usual | named
    place = "\n".join(parts.get(key, "") for key in ("service", "hostaddr", "host", "port", "dbname", "user"))
    return folder / f"{sha256(place.replace('-pooler', '').encode()).hexdigest()[:16]}.sqlite"
