"""The widths that a person gave the panes, from one run to the next: comfort, so nothing about it is an error."""

import json
import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

from backscroll.settings import Settings, usual_home
from backscroll.ui.widgets.widths import USUAL, Widths

_WIDEST = 1000


def widths_file(settings: Settings) -> Path:
    """Where the widths are kept: in a home that was named, else where this system keeps such things."""
    place = user_state_path("backscroll") if settings.home == usual_home() else settings.home
    return place / "panes.json"


def read_widths(path: Path | None) -> dict[str, Widths]:
    """The kept widths for each class of terminal; the usual one for what cannot be read."""
    try:
        held = json.loads(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError, RecursionError):
        held = {}
    return {size: {pane: _width(held, size, pane) or usual for pane, usual in USUAL[size].items()} for size in USUAL}


def _width(held: object, size: str, pane: str) -> int | None:
    for key in (size, pane):
        held = held.get(key) if isinstance(held, dict) else None
    return held if type(held) is int and 0 < held < _WIDEST else None


def keep_widths(path: Path | None, widths: dict[str, Widths]) -> None:
    """Writes them in one step, so that no reader meets half of them; where that cannot be done they are forgotten."""
    if path is None:
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(widths), "utf-8")
        draft.replace(path)
