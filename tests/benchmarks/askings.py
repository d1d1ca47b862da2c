"""What searches are compared by: classes by what is special about them, and 300 random ones of every shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, log
from random import Random
from uuid import UUID

from backscroll.model.query import Asked, Tree
from backscroll.searching.language import parse
from tests.benchmarks.corpus import Chat, Corpus
from tests.benchmarks.words import ERA_WORD, LONE_WORD, VOCABULARY, vocabulary


@dataclass(frozen=True, slots=True)
class Asking:
    """A query: words in the query language (may be empty), and filters by their ids, which rivals have to be told."""

    words: str = ""
    title: str | None = None
    chats: tuple[UUID, ...] = ()
    sender: str | None = None
    senders: tuple[UUID, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def text(self) -> str:
        """As a person would type it."""
        parts = [self.words]
        parts += [f'in:"{self.title}"'] if self.title else []
        parts += [f'from:"{self.sender}"'] if self.sender else []
        if self.since and self.until:
            parts.append(f"date:{self.since:%Y-%m-%d}..{self.until - timedelta(days=1):%Y-%m-%d}")
        return " ".join(filter(None, parts))

    @property
    def tree(self) -> Tree[Asked] | None:
        """The words, as the program reads them."""
        return parse(self.words, UTC).root if self.words else None


def w(rank: int) -> str:
    """The word of a rank; 1 is the commonest."""
    return vocabulary()[rank - 1]


def classes(corpus: Corpus) -> dict[str, Asking]:
    """A query of each kind that words alone make."""
    words = {
        "word: rare": w(100_000),
        "word: low": w(30_000),
        "word: mid": w(1_000),
        "word: high": w(100),
        "word: common": w(10),
        "word: top": w(1),
        "word: of an old era": ERA_WORD,
        "word: of one chat": LONE_WORD,
        "word: absent": "zzzqqq",
        "AND: top, common": f"{w(1)} {w(10)}",
        "AND: top, mid": f"{w(5)} {w(1_000)}",
        "AND: top, rare": f"{w(1)} {w(30_000)}",
        "AND: mid, mid": f"{w(900)} {w(1_000)}",
        "AND: never together": "antiak antibo",
        "OR": f"{w(1_000)} OR {w(5_000)}",
        "OR of rare ones": f"{w(100_000)} OR {w(90_000)} OR {w(150_000)}",
        "NOT": f"{w(1_000)} -{w(1)}",
        "phrase: rare": '"golden ticket"',
        "phrase: mid": f'"{w(100)} {w(101)}"',
        "phrase: top": f'"{w(1)} {w(2)}"',
        **{f"prefix of {n}": f"{w(30_000)[:n]}*" for n in (1, 2, 3, 4, 6)},
        "prefix AND word": f"{w(10)} {w(30_000)[:4]}*",
    }
    return {name: Asking(text) for name, text in words.items()} | _filtered(corpus)


def _filtered(corpus: Corpus) -> dict[str, Asking]:
    big = corpus.chats[0]
    # People's names are titles of direct chats, and may be those of several.
    largest, middle, small = (
        {"title": chat.title, "chats": tuple(c.id for c in corpus.chats if c.title == chat.title)}
        for chat in (big, corpus.chats[60], corpus.chats[600])
    )
    quiet = min(zip(big.people, _shares(big), strict=True), key=lambda pair: pair[1])[0][1]
    busy, known = "Robin Owner", _senders(corpus)
    start = datetime(2019, 1, 1, tzinfo=UTC)
    year = {"since": start, "until": start.replace(year=2020)}
    day = {"since": start.replace(month=5, day=5), "until": start.replace(month=5, day=6)}
    return {
        "from: busy": Asking(sender=busy, senders=known[busy]),
        "from: quiet": Asking(sender=quiet, senders=known[quiet]),
        "top word, from: busy": Asking(w(1), sender=busy, senders=known[busy]),
        "mid word, from: quiet": Asking(w(1_000), sender=quiet, senders=known[quiet]),
        "in: largest chat": Asking(**largest),
        "mid word, in: largest": Asking(w(1_000), **largest),
        "rare word, in: largest": Asking(w(30_000), **largest),
        "mid word, in: middle": Asking(w(1_000), **middle),
        "top word, in: small": Asking(w(1), **small),
        "on a day": Asking(**day),
        "top word, on a day": Asking(w(1), **day),
        "mid word, in a year": Asking(w(1_000), **year),
        "rare word, in a year": Asking(w(30_000), **year),
    }


def adverse(corpus: Corpus) -> dict[str, Asking]:
    """What no index of words without positions answers at once."""
    words = {
        "phrase of three top words": f'"{w(3)} {w(1)} {w(2)}"',
        "phrase of four top words": f'"{w(1)} {w(2)} {w(3)} {w(4)}"',
        "common pair, never together": '"antiak antibo"',
        "two short prefixes": f"{w(30_000)[:5]}* {w(5_000)[:3]}*",
        "era word and top word": f"{ERA_WORD} {w(1)}",
    }
    return {name: Asking(text) for name, text in words.items()}


def mix(count: int = 300, *, seed: int = 3) -> Iterator[tuple[str, Asking]]:
    """Random queries with their shape; the words' ranks are spread evenly over their logarithms."""
    draw = Random(seed)

    def word() -> str:
        return vocabulary()[int(exp(draw.uniform(0, log(VOCABULARY)))) - 1]

    shapes = {
        "word": word,
        "AND": lambda: f"{word()} {word()}",
        "OR": lambda: f"{word()} OR {word()}",
        "prefix": lambda: f"{word()[: draw.randint(2, 5)]}*",
        "phrase": lambda: f'"{word()} {word()}"',
        "NOT": lambda: f"{word()} -{word()}",
    }
    for _ in range(count):
        shape = list(shapes)[draw.randrange(len(shapes))]
        yield shape, Asking(shapes[shape]())


def _shares(chat: Chat) -> list[float]:
    return [weight - before for before, weight in zip((0.0, *chat.weights), chat.weights, strict=False)]


def _senders(corpus: Corpus) -> dict[str, tuple[UUID, ...]]:
    known: dict[str, list[UUID]] = {}
    for chat in corpus.chats:
        for identity, name in chat.people:
            known.setdefault(name, []).append(identity)
    return {name: tuple(found) for name, found in known.items()}
