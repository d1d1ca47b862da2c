"""Where things lie in an export: its root, its folders, and the days in each."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from backscroll.importing.export import Export

_DAY: Final = re.compile(r"((?:[^/]+/)*?)([^/]+)/\d{4}-\d\d-\d\d\.json")
_LISTS: Final = ("channels.json", "groups.json", "dms.json", "mpims.json", "users.json")


@dataclass(frozen=True, slots=True)
class Layout:
    """`root` is the folder of the lists (empty or ending in `/`); `days` are the day files by folder, in order."""

    root: str
    days: dict[str, list[str]]
    has_lists: bool

    @property
    def members(self) -> list[str]:
        """Every day file, in the order in which they are read."""
        return [member for days in self.days.values() for member in days]


def layout_of(export: Export) -> Layout | None:
    """How the export lies, at most one folder deep; None where it is no Slack export."""
    days: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for member in export.members:
        found = _DAY.fullmatch(member)
        if found and found[1].count("/") <= 1:
            days[found[1]][found[2]].append(member)
    listed = [root for root in days if any(root + name in export.sizes for name in _LISTS)]
    roots = listed or list(days)
    if not roots:
        return None
    root = max(roots, key=lambda root: sum(map(len, days[root].values())))
    return Layout(root, {folder: sorted(members) for folder, members in sorted(days[root].items())}, bool(listed))
