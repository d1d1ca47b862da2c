"""A bar for work that takes a while: on a terminal alone, nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeAlias

from backscroll.text import safe_line

Tell: TypeAlias = Callable[[str, int, int, int], None]
"""Is told what is worked on, how much of how much is done (0: nobody knows), and how many are counted so far."""


@contextmanager
def bar(counted: str = "messages") -> Iterator[Tell]:
    """Shows what it is told until the block ends; `counted` is what it counts."""
    if not sys.stderr.isatty():
        yield lambda _name, _done, _total, _messages: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[name]}", markup=False),
        BarColumn(),
        TextColumn(f"{{task.fields[count]}} {counted}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        began = monotonic()
        task = shown.add_task("work", name="", count="0", rate="", total=None)

        def tell(name: str, done: int, total: int, messages: int) -> None:
            rate = f"{messages / (monotonic() - began):,.0f}/s"
            count, whole = f"{messages:,}", total or None
            shown.update(task, completed=done, total=whole, name=safe_line(name), count=count, rate=rate)

        yield tell
