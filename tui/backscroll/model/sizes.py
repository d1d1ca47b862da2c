"""Sizes as people say them."""

_UNITS = ("B", "KB", "MB", "GB", "TB")


def size_words(count: int | None) -> str:
    """A size in bytes as a person says it; empty where it is not known."""
    if count is None:
        return ""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.0f} {_UNITS[unit]}" if amount >= 10 or unit == 0 else f"{amount:.1f} {_UNITS[unit]}"
