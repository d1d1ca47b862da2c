"""Reactions as exports tell them: people by name, a number of people, or some names and a greater number."""

from collections.abc import Iterable

from backscroll.importing.records import Reacted

COUNT_MAX = 2**31 - 1


def reactions(left: Iterable[tuple[str, Iterable[str], object]]) -> tuple[Reacted, ...]:
    """What was left on a message: each emoji with the external ids of people, each once, and the source's count.

    The count is told where it is a whole number greater than that of the people.
    """
    found: dict[str, tuple[dict[str, None], int]] = {}
    for emoji, people, told in left:
        named, count = found.get(emoji, ({}, 0))
        named |= dict.fromkeys(people)
        is_count = isinstance(told, int) and not isinstance(told, bool) and told <= COUNT_MAX
        found[emoji] = named, max(count, told if is_count and isinstance(told, int) else 0)
    return tuple(one for emoji, (named, count) in found.items() for one in _told(emoji, list(named), count))


def _told(emoji: str, named: list[str], count: int) -> Iterable[Reacted]:
    if emoji:
        yield from (Reacted(emoji, person) for person in named)
        if count > len(named):
            yield Reacted(emoji, None, count)
