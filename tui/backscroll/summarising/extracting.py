"""Makes a summary out of a stretch's own sentences: without any service, and the same on every run."""

import asyncio
from datetime import UTC, datetime, tzinfo
from math import log2

from backscroll.archive.opening import Archive
from backscroll.model.ids import new_id
from backscroll.model.summary import Link, Method, Stretch, Summary
from backscroll.summarising.candidates import Candidate, Candidates
from backscroll.summarising.gathering import Gathered, Tell, expected, pages
from backscroll.summarising.ranking import choose
from backscroll.text import safe_line

_LONGEST = 280
"""Characters of a sentence that are quoted; a longer one is cut at a blank."""


async def extract(archive: Archive, stretch: Stretch, zone: tzinfo | None, tell: Tell) -> Summary | None:
    """A summary of a stretch, not stored yet; None where it has no message. Raises AppError.

    Each line quotes a sentence, with who said it before it, and leans on its message.
    """
    total, gathered, candidates = await expected(archive, stretch), Gathered(), Candidates()
    tell(0, total)
    async for page in pages(archive, stretch, zone):
        gathered.take(page)
        # In a thread, because a screen draws meanwhile.
        await asyncio.to_thread(candidates.take, page)
        tell(gathered.count, max(total, gathered.count) if total else 0)
    if not gathered.count:
        return None
    chosen = await asyncio.to_thread(_choose, candidates, gathered.count)
    text, links = _written(chosen)
    return Summary(
        new_id(),
        stretch,
        text or "Nothing was said here in whole sentences.",
        gathered.count,
        gathered.participants,
        Method.EXTRACTIVE,
        datetime.now(UTC),
        newest=gathered.newest,
        links=links,
    )


def _choose(candidates: Candidates, messages: int) -> list[Candidate]:
    return choose(candidates.best(), candidates.rarity, lines_for(messages))


def lines_for(messages: int) -> int:
    """How many sentences speak for so many messages: 3 for a few, 8 for a thousand, 12 for ten thousand."""
    return max(3, min(12, round(1.2 * log2(messages) - 4)))


def _written(chosen: list[Candidate]) -> tuple[str, tuple[Link, ...]]:
    lines: list[str] = []
    links: list[Link] = []
    position = 0
    for one in chosen:
        line = f"{safe_line(one.sender)}: {_cut(safe_line(one.text))}"
        links.append(Link(position, position + len(line), one.cursor))
        lines.append(line)
        position += len(line) + 1
    return "\n".join(lines), tuple(links)


def _cut(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    cut = sentence[:_LONGEST]
    return f"{cut.rpartition(' ')[0] or cut}…"
