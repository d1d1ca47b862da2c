"""The few bytes of protocol buffers in which iOS keeps reactions, answers and names, read without a schema."""

from collections.abc import Iterator


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message, each a number or bytes. Raises ValueError where it is none."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        number, kind = key >> 3, key & 7
        if number == 0:
            raise ValueError("a field without a number")
        if kind == 0:
            value, at = _number(data, at)
            yield number, value
            continue
        size, at = _number(data, at) if kind == 2 else ({1: 8, 5: 4}.get(kind, len(data) + 1), at)
        if at + size > len(data):
            raise ValueError("a field that ends too late")
        yield number, data[at : at + size]
        at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            return value, at + shift + 1
    raise ValueError("a number without an end")


def parts(data: object, number: int) -> list[bytes]:
    """The values of one field that are bytes; none where the data are no message at all."""
    try:
        return [v for n, v in fields(data) if n == number and isinstance(v, bytes)] if isinstance(data, bytes) else []
    except ValueError:
        return []


def words(data: object, number: int) -> str:
    """The first text of a field, or the empty text."""
    return next((value.decode("utf-8", "replace") for value in parts(data, number)), "")
