"""Chats, people and threads told once, however often the messages of an export name them."""

from collections.abc import Iterator

from backscroll.importing.records import Chat, Person, Topic

_Named = Chat | Person | Topic


class Told:
    """Which chats, people and threads were told already."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, ...]] = set()

    def once(self, *records: _Named) -> Iterator[_Named]:
        """Those of the records that were not told before."""
        for record in records:
            key = _key(record)
            if key not in self._keys:
                self._keys.add(key)
                yield record

    def knows(self, record: _Named) -> bool:
        """Whether it was told before."""
        return _key(record) in self._keys


def _key(record: _Named) -> tuple[str, ...]:
    if isinstance(record, Chat):
        return (record.external_id,)
    return (type(record).__name__, record.chat, record.external_id)
