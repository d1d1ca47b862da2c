"""What the search screen says: how far it looked, and what can be asked."""

from datetime import tzinfo
from typing import Final

from textual.content import Content

from backscroll.dates import local
from backscroll.model.query import Order
from backscroll.searching.finding import Found
from backscroll.searching.language import SYNTAX

ORDERS: Final[dict[Order, str]] = {"newest": "newest first", "oldest": "oldest first", "rank": "best first"}
"""In which order hits can come, and how the screen says it."""

_MONTH: Final = "%B %Y"


def progress(order: Order, found: Found, count: int, zone: tzinfo | None, *, is_running: bool) -> str:
    """How many hits there are and how far was looked, in a few words."""
    hits = f"{count:,} hit{'' if count == 1 else 's'}"
    way = "up" if order == "oldest" else "back"
    edge = found.searched_to
    where = f"searched {way} to {local(edge, zone).strftime(_MONTH)}" if edge else ""
    if is_running and not found.complete:
        return " · ".join(part for part in ("searching…", where, hits) if part)
    if found.complete:
        return f"{hits}, no more" if count else "nothing found"
    if order == "rank":
        return " · ".join(part for part in (where, f"the best {count:,}") if part)
    return " · ".join(part for part in (where, f"{hits} so far" if found.cursor else hits) if part)


def syntax() -> Content:
    """The search language by example, made from the list that stands beside its parser."""
    width = max(len(example) for example, _ in SYNTAX)
    lines = [Content.assemble((example.ljust(width + 3), "$text-accent"), meaning) for example, meaning in SYNTAX]
    return Content("\n").join(lines)
