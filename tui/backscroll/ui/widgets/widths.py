"""How wide the panes at the sides may be: usual and least widths in cells, and fitting them into a terminal."""

from collections.abc import Mapping

Widths = dict[str, int]
"""Cells for each side pane, borders included."""

USUAL: Mapping[str, Mapping[str, int]] = {
    "-wide": {"chats": 28, "details": 36},
    "-normal": {"chats": 25, "details": 36},
}
"""Before anybody changed them, for each class of terminal that shows more than one pane."""

LEAST: Mapping[str, int] = {"chats": 16, "details": 20}
LEAST_READING = 30


def fitted(wanted: Mapping[str, int], room: int) -> Widths:
    """The wanted widths of the panes beside the history, none below its least; too much is taken from the details."""
    widths = {name: max(LEAST[name], width) for name, width in wanted.items()}
    over = sum(widths.values()) + LEAST_READING - room
    for name in sorted(widths, reverse=True):
        given = max(0, min(over, widths[name] - LEAST[name]))
        widths[name] -= given
        over -= given
    return widths


def widest(name: str, others: Mapping[str, int], room: int) -> int:
    """How wide a pane may become beside the others."""
    return max(LEAST[name], room - LEAST_READING - sum(width for other, width in others.items() if other != name))
