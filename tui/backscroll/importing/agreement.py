"""Files that come together explain each other: where the dates of one can be read in two ways, the others tell."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from backscroll.errors import UndecidedDatesError
from backscroll.importing.format import DateOrder

Opened = TypeVar("Opened")


def opened(
    openers: Sequence[Callable[[DateOrder | None], Opened]], order_of: Callable[[Opened], DateOrder | None]
) -> list[Opened]:
    """Opens files of one format, each without help; then those that are unclear with the order that all others have.

    Raises UndecidedDatesError where the others have none or do not agree.
    """
    found: dict[int, Opened] = {}
    unclear: dict[int, UndecidedDatesError] = {}
    for place, opener in enumerate(openers):
        try:
            found[place] = opener(None)
        except UndecidedDatesError as error:
            unclear[place] = error
    orders = {order for one in found.values() if (order := order_of(one)) is not None}
    for place, doubt in unclear.items():
        if len(orders) != 1:
            raise doubt
        found[place] = openers[place](next(iter(orders)))
    return [found[place] for place in range(len(openers))]
