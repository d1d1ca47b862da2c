"""As whom the server runs: ourselves, or for root, whom PostgreSQL refuses, root under another name.

Runnable: `python -m backscroll.archive.server.account SPEC COMMAND...` becomes that account and runs the command.
Only the standard library is imported, and nothing on the machine is created or changed.
"""

import os
import pwd
import sys
from dataclasses import dataclass
from pathlib import Path

BLOCKED = 97
"""Exit status: the system does not let us become that account."""

_CLONE_NEWUSER = 0x10000000
_SET_KEEPCAPS, _CAP_AMBIENT, _AMBIENT_RAISE = 8, 47, 2
_REACH_FILES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_CAPABILITY_VERSION = 0x20080522


@dataclass(frozen=True)
class Account:
    """`how` is one of: `plain`, nothing to do; `namespace`, a user namespace in which our uid bears the number of an
    ordinary account (files stay ours); `lowered`, root gives its uid up but keeps the right to reach its own files.
    `peer` is the name under which the server sees its owner connect."""

    how: str
    uid: int
    gid: int
    peer: str

    @property
    def spec(self) -> str:
        """What `become` reads."""
        return f"{self.how}:{self.uid}:{self.gid}"


def fitting(data: Path | None = None) -> Account | None:
    """The account for a new cluster, or the one to which `data` belongs; None if the system knows no account to use."""
    me = os.geteuid()
    if me and (name := _name(me)):
        return Account("plain", me, os.getegid(), name)
    stand_in = next((found for found in map(_entry, ("daemon", "postgres", "bin")) if found), None)
    if stand_in is None or sys.platform != "linux":
        return None
    if me == 0 and data and data.stat().st_uid == stand_in.pw_uid:
        return lowered(stand_in)
    return Account("namespace", stand_in.pw_uid, stand_in.pw_gid, stand_in.pw_name)


def lowered(stand_in: pwd.struct_passwd) -> Account:
    """Root with the uid of `stand_in`; as a client root stays root, and only root is let in."""
    return Account("lowered", stand_in.pw_uid, stand_in.pw_gid, "root")


def become(spec: str) -> None:
    """Turn this process, which has one thread, into the account; ends it with `BLOCKED` where the system refuses."""
    how, uid, gid = spec.split(":")
    try:
        if how == "namespace":
            _enter_namespace(int(uid), int(gid))
        elif how == "lowered":
            _lower(int(uid), int(gid))
    except OSError as refused:
        sys.stderr.write(f"cannot run the server as uid {uid} ({how}): {refused}\n")
        sys.stderr.flush()
        os._exit(BLOCKED)


def _enter_namespace(uid: int, gid: int) -> None:
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    _call("unshare", _CLONE_NEWUSER)  # os.unshare came with Python 3.12
    process = Path("/proc/self")
    (process / "setgroups").write_text("deny", "ascii")
    (process / "uid_map").write_text(f"{uid} {outer_uid} 1", "ascii")
    (process / "gid_map").write_text(f"{gid} {outer_gid} 1", "ascii")


def _lower(uid: int, gid: int) -> None:
    import ctypes

    os.setgroups([])
    os.setresgid(gid, gid, gid)
    _call("prctl", _SET_KEEPCAPS, 1, 0, 0, 0)
    os.setresuid(uid, uid, uid)
    bits = sum(1 << capability for capability in _REACH_FILES)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0))
    for capability in _REACH_FILES:
        _call("prctl", _CAP_AMBIENT, _AMBIENT_RAISE, capability, 0, 0)


def _call(name: str, *arguments: object) -> None:
    import ctypes

    function = getattr(ctypes.CDLL(None, use_errno=True), name)
    if function(*(ctypes.c_ulong(each) if isinstance(each, int) else each for each in arguments)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _name(uid: int) -> str | None:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return found if found.pw_uid else None


if __name__ == "__main__":
    become(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 (no shell is the point)
