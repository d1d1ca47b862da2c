"""Colours for people and codes: stable for each, and legible on light and dark themes."""

from uuid import UUID

from textual.color import Color
from textual.style import Style

_ON_DARK = (
    "#7cb7ff",
    "#f2a66f",
    "#7fd6a4",
    "#e79ac8",
    "#d9c86c",
    "#b7a6f5",
    "#6fd0d8",
    "#f08f8f",
    "#a9cf6b",
    "#9fb4d9",
    "#e0b08c",
    "#c9a0e8",
)
_ON_LIGHT = (
    "#0b5cad",
    "#a04a08",
    "#0f6e3c",
    "#a02372",
    "#6b5a00",
    "#5b3fb5",
    "#0a6a73",
    "#a92b2b",
    "#4a6a0c",
    "#3d5378",
    "#7c4a1e",
    "#7a2fa3",
)

_STYLES = {
    True: tuple(Style(foreground=Color.parse(colour), bold=True) for colour in _ON_DARK),
    False: tuple(Style(foreground=Color.parse(colour), bold=True) for colour in _ON_LIGHT),
}


def sender_style(sender: UUID | None, *, is_dark: bool) -> Style:
    """The style of a sender's name: the same for the same person, wherever it stands."""
    styles = _STYLES[is_dark]
    return styles[sender.int % len(styles)] if sender else Style(bold=True)


def colour_for(identity: UUID, *, is_dark: bool) -> str:
    """A colour (#rrggbb) that stays with an id."""
    colours = _ON_DARK if is_dark else _ON_LIGHT
    return colours[identity.int % len(colours)]
