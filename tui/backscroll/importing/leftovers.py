"""What an import makes nothing of, told so that a person can read it: few are named, many are counted."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from backscroll.model.import_report import Unrecognised

_NAMED: Final = 20
_KINDS: Final = 4
_PACKED: Final = (".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar")


def not_unpacked(name: str) -> str | None:
    """Why nothing is made of an archive of another kind than zip; None for any other name."""
    is_packed = name.lower().endswith(_PACKED)
    return "only zips are read as they are: unpack it, and import the folder" if is_packed else None


class Leftovers:
    """The files in a directory that are no exports, by where they lie."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._named: defaultdict[tuple[Path, str], list[Path]] = defaultdict(list)
        self._others: defaultdict[Path, Counter[str]] = defaultdict(Counter)

    def add(self, path: Path, reason: str) -> None:
        """Adds a file that might have been an export."""
        self._named[path.parent, reason].append(path)

    def add_others(self, folder: Path, names: list[str]) -> None:
        """Adds files that no export names, and that are none by their names."""
        for name in names:
            reason = not_unpacked(name)
            if reason is not None:
                self.add(folder / name, reason)
            else:
                self._others[self._branch(folder)][Path(name).suffix.lower()] += 1

    def _branch(self, folder: Path) -> Path:
        """The folder in the root that a folder lies in."""
        below = folder.relative_to(self._root).parts
        return self._root / below[0] if below else self._root

    def told(self) -> list[Unrecognised]:
        """All of it, in the order of the names."""
        found = []
        for (folder, reason), paths in self._named.items():
            if len(paths) > _NAMED:
                found.append(Unrecognised(str(folder), f"{len(paths):,} files: {reason}"))
            else:
                found += [Unrecognised(str(path), reason) for path in paths]
        found += [Unrecognised(str(folder), _counted(kinds)) for folder, kinds in self._others.items()]
        return sorted(found, key=lambda one: one.path)


def _counted(kinds: Counter[str]) -> str:
    total = kinds.total()
    named = ", ".join(kind for kind, _ in kinds.most_common(_KINDS) if kind)
    few = f" ({named}{', …' if len(kinds) > _KINDS else ''})" if named else ""
    return f"{total:,} file{'' if total == 1 else 's'} that no export lies beside{few}"
