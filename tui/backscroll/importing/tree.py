"""A directory that is walked once: its files by their names, and what is left out of it, with the reason."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backscroll.importing.zips import DEPTH_MAX, is_clutter
from backscroll.model.import_report import Unrecognised

_UNREADABLE: Final = "you may not read it"
_TOO_DEEP: Final = "it lies too deep"
_TWICE: Final = "it leads back to where it lies"
_SPECIAL: Final = "it is a pipe, a socket or a device"


@dataclass(slots=True)
class Folder:
    """A directory: sizes of its files in bytes, and its folders, both in the order of their names."""

    path: Path
    files: dict[str, int] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)

    def sizes(self, above: str = "") -> dict[str, int]:
        """The sizes of all files below it, by their names relative to it."""
        found = {above + name: size for name, size in self.files.items()}
        for name, folder in self.folders.items():
            found |= folder.sizes(f"{above}{name}/")
        return found


def walk(root: Path) -> tuple[Folder, list[Unrecognised]]:
    """Everything below a directory that is no clutter and no link, and what could not be looked at.

    No link is followed, so nothing outside is found; pipes and devices are never opened.
    """
    walker = _Walker()
    top = Folder(root)
    waiting = [(top, 0)]
    while waiting:
        folder, depth = waiting.pop()
        waiting += ((below, depth + 1) for below in walker.read(folder, depth))
    return top, [*walker.left, *(Unrecognised(str(path), _linked(count)) for path, count in walker.links.items())]


class _Walker:
    """What is remembered while folders are read."""

    def __init__(self) -> None:
        self.left: list[Unrecognised] = []
        self.links: Counter[Path] = Counter()
        self._seen: set[tuple[int, int]] = set()

    def read(self, folder: Folder, depth: int) -> list[Folder]:
        """Fills a folder in; gives those in it."""
        reason = self._why_not(folder.path, depth)
        try:
            entries = sorted(os.scandir(folder.path), key=lambda entry: entry.name) if reason is None else []
        except OSError:
            entries, reason = [], _UNREADABLE
        if reason is not None:
            self.left.append(Unrecognised(str(folder.path), reason))
        for entry in entries:
            if not is_clutter(entry.name):
                self._take(folder, entry)
        return list(folder.folders.values())

    def _why_not(self, path: Path, depth: int) -> str | None:
        if depth > DEPTH_MAX:
            return _TOO_DEEP
        try:
            found = path.stat()
        except OSError:
            return _UNREADABLE
        key = found.st_dev, found.st_ino
        if key in self._seen:
            return _TWICE
        self._seen.add(key)
        return None

    def _take(self, folder: Folder, entry: "os.DirEntry[str]") -> None:
        try:
            if entry.is_symlink():
                self.links[folder.path] += 1
            elif entry.is_dir(follow_symlinks=False):
                folder.folders[entry.name] = Folder(folder.path / entry.name)
            elif entry.is_file(follow_symlinks=False):
                folder.files[entry.name] = entry.stat(follow_symlinks=False).st_size
            else:
                self.left.append(Unrecognised(str(folder.path / entry.name), _SPECIAL))
        except OSError:  # it went while we looked
            self.left.append(Unrecognised(str(folder.path / entry.name), _UNREADABLE))


def _linked(count: int) -> str:
    return "1 link, which is not followed" if count == 1 else f"{count:,} links, which are not followed"
