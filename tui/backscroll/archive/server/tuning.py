"""The server's settings on a laptop: room for search, nothing lost, nothing of a message in the log."""

import os
import sys
from pathlib import Path

_MB = 1024 * 1024
_SMALL_SHM = 1024 * _MB  # containers often have 64 MB, which one parallel query can fill


def settings(socket: Path, memory: int | None = None) -> dict[str, str]:
    """Every setting that differs from PostgreSQL's own; `memory` in bytes, what this machine has if not given."""
    ram = (memory or machine_memory()) // _MB
    quoted = '"' + str(socket).replace('"', '""') + '"'
    return {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": quoted,
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{min(max(ram // 4, 32), 1024)}MB",
        "effective_cache_size": f"{max(ram // 2, 64)}MB",
        "work_mem": f"{min(max(ram // 64, 4), 32)}MB",
        "maintenance_work_mem": f"{min(max(ram // 16, 16), 256)}MB",
        "temp_buffers": f"{min(max(ram // 64, 8), 32)}MB",  # what an import stages is not written out
        "max_wal_size": "4GB",
        "wal_level": "minimal",  # nobody copies the log: what fills a new table need not be in it
        "max_wal_senders": "0",
        "wal_compression": "off",  # by pglz, it takes a quarter of the time in which an import's indexes are made
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "autovacuum": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        **_LOG,
        **({"dynamic_shared_memory_type": "mmap"} if has_small_shm() else {}),
    }


# An ERROR may quote what a person wrote, and the DETAIL of a crash quotes the statement: neither is logged.
_LOG = {
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}


def machine_memory() -> int:
    """Bytes of memory that this process may use: the machine's, or less where a container is limited."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            text = Path(limit).read_text("ascii").strip()
        except OSError:
            continue
        if text.isdigit():
            total = min(total, int(text))
    return total


def has_small_shm() -> bool:
    """Whether shared memory for parallel queries is missing or too small, as in most containers."""
    if sys.platform != "linux":
        return False
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return True
    return found.f_blocks * found.f_frsize < _SMALL_SHM
