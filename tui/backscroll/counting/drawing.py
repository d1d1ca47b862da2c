"""Statistics as one picture: SVG that any browser shows, dark or light as its surroundings are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from backscroll.counting.chat import ChatStatistics
from backscroll.counting.figures import Figures
from backscroll.counting.hits import HitStatistics
from backscroll.counting.replies import duration
from backscroll.counting.sentiment import Sentiments
from backscroll.counting.table import WEEKDAYS
from backscroll.text import safe_line

_WIDTH: Final = 960
_LEFT: Final = 24
_INSIDE: Final = _WIDTH - 2 * _LEFT
_LINE: Final = 20
_LISTED: Final = 10
_MONTHS: Final = 12
_STYLE: Final = """\
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-size: 20px; font-weight: 600 }
.head { font-weight: 600 } .dim { fill: #6e7781 } .end { text-anchor: end } .ground { fill: #ffffff }
.bar { fill: #0969da } .cell, .positive { fill: #1a7f37 }
.neutral { fill: #8c959f; fill-opacity: 0.3 } .negative { fill: #cf222e }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .dim { fill: #8b949e } .ground { fill: #0d1117 }
  .bar { fill: #4493f8 } .cell, .positive { fill: #3fb950 } .negative { fill: #f85149 }
}"""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some lines of SVG, drawn from 0 downwards, and how high they are."""

    height: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Rect:
    """A rectangle, in pixels."""

    x: float
    y: float
    width: float
    height: float

    def drawn(self, style: str, words: str = "", *, opacity: float = 1) -> str:
        """It in SVG, with words that the mouse shows."""
        place = f'x="{self.x:.2f}" y="{self.y:.2f}" width="{self.width:.2f}" height="{self.height:.2f}"'
        seen = f' opacity="{opacity:.3f}"' if opacity < 1 else ""
        return f'<rect class="{style}" {place}{seen}><title>{escape(words)}</title></rect>'


def chat_picture(statistics: ChatStatistics, title: str) -> str:
    """The picture of a chat, or of a person in it; the title is foreign text."""
    figures = statistics.figures
    parts = [*_of_figures(figures, title, statistics.zone)]
    shares = [(person.name, person.message_count) for person in statistics.people]
    if statistics.person is None:
        parts.append(_bars("People", shares, [duration(statistics.replies[p.id].median) for p in statistics.people]))
    if figures.replies.count:
        spread = [(_within(edge), answers) for edge, answers in figures.replies.spread()]
        parts.append(_bars(f"Answers · half of them within {duration(figures.replies.median)}", spread))
    for head, counts in (("Links", figures.hosts), ("Emoji", figures.emoji), ("Reactions", figures.reactions)):
        if counts:
            parts.append(_bars(head, list(counts.items())))
    if figures.keywords:
        recent = figures.keywords[-_MONTHS:]
        said = [(f"{month:%b %Y}", " · ".join(k.word for k in words[:8])) for month, words in recent]
        parts.append(_words("Key words", said))
    if statistics.sentiment and statistics.sentiment.months:
        parts.append(_sentiments(statistics.sentiment))
    return _whole(parts)


def hit_picture(statistics: HitStatistics, title: str) -> str:
    """The picture of a search; the title, which is the query, is foreign text."""
    parts = [*_of_figures(statistics.figures, title, statistics.zone)]
    parts.append(_bars("Chats", [(name, n) for _, name, n in statistics.chats]))
    parts.append(_bars("People", list(statistics.senders)))
    if statistics.sentiment and statistics.sentiment.months:
        parts.append(_sentiments(statistics.sentiment))
    return _whole(parts)


def _within(edge: int | None) -> str:
    return "later" if edge is None else f"within {duration(edge)}"


def _of_figures(figures: Figures, title: str, zone: str) -> Iterator[_Part]:
    days = list(figures.days)
    told = f"{figures.messages:,} messages" + (f" · {days[0]} to {days[-1]}" if days else "") + f" · {zone}"
    yield _Part(64, [_text(0, 24, title, "title"), _text(0, 48, told, "dim")])
    if days:
        yield _months(figures)
        yield _week(figures)
        yield _bars("Kinds", list(figures.kinds.items()))


def _months(figures: Figures) -> _Part:
    months, high = figures.months, 120
    most, width = max(n for _, n in months), _INSIDE / len(months)
    bars = [
        _Rect(i * width, 24 + high * (1 - n / most), max(0.5, width * 0.85), high * n / most).drawn(
            "bar", f"{month:%B %Y}: {n:,}"
        )
        for i, (month, n) in enumerate(months)
        if n
    ]
    ends = [_text(0, 162, f"{months[0][0]:%b %Y}", "dim"), _text(_INSIDE, 162, f"{months[-1][0]:%b %Y}", "dim end")]
    return _Part(180, [_text(0, 14, f"Messages by month · at most {most:,}", "head"), *bars, *ends])


def _week(figures: Figures) -> _Part:
    most = max(max(row) for row in figures.week)
    left, cell, high = 40, (_INSIDE - 40) / 24, 18
    cells = [
        _Rect(left + hour * cell, 24 + day * high, cell - 2, high - 2).drawn(
            "cell", f"{WEEKDAYS[day]} {hour}:00: {n:,}", opacity=0.06 + 0.94 * n / most
        )
        for day, row in enumerate(figures.week)
        for hour, n in enumerate(row)
    ]
    names = [_text(0, 37 + day * high, name, "dim") for day, name in enumerate(WEEKDAYS)]
    hours = [_text(left + hour * cell, 166, f"{hour}:00", "dim") for hour in range(0, 24, 6)]
    return _Part(184, [_text(0, 14, "Messages by weekday and hour", "head"), *names, *cells, *hours])


def _bars(head: str, counts: Sequence[tuple[str, int]], notes: Sequence[str] = ()) -> _Part:
    whole, listed = sum(n for _, n in counts) or 1, counts[:_LISTED]
    most, left, room = max((n for _, n in listed), default=1) or 1, 240, _INSIDE - 480
    lines = [_text(0, 14, head, "head")]
    for i, (name, n) in enumerate(listed):
        y, width = 24 + i * _LINE, room * n / most
        lines.append(_text(0, y + 13, _short(name, 32)))
        lines.append(_Rect(left, y + 2, width, _LINE - 6).drawn("bar"))
        note = f" · {notes[i]}" if i < len(notes) else ""
        lines.append(_text(left + width + 8, y + 13, f"{n:,} · {100 * n / whole:.1f} %{note}", "dim"))
    if len(counts) > len(listed):
        lines.append(_text(0, 37 + len(listed) * _LINE, f"and {len(counts) - len(listed):,} more", "dim"))
    return _Part(40 + _LINE * (len(listed) + (len(counts) > len(listed))), lines)


def _sentiments(sentiments: Sentiments) -> _Part:
    """A column a month: what sounds negative at the bottom, what sounds positive at the top."""
    months, high = sentiments.months, 120
    width, whole = _INSIDE / len(months), sentiments.whole
    columns = list[str]()
    for i, (month, sentiment) in enumerate(months):
        y = 24.0
        for style, share in zip(("positive", "neutral", "negative"), sentiment.shares, strict=True):
            told = f"{month:%B %Y}: {100 * share:.1f} % {style}, mean {sentiment.mean or 0:+.3f}"
            columns.append(_Rect(i * width, y, max(0.5, width * 0.85), high * share).drawn(style, told))
            y += high * share
    head = f"Sentiment, by a list of English words ({sentiments.word_list}) · mean {whole.mean or 0:+.3f}"
    untold = f"without any of its words: {whole.unlisted:,} · not judged: {sentiments.untold:,}"
    ends = [_text(0, 162, f"{months[0][0]:%b %Y}", "dim"), _text(_INSIDE, 162, f"{months[-1][0]:%b %Y}", "dim end")]
    return _Part(204, [_text(0, 14, head, "head"), *columns, *ends, _text(0, 184, untold, "dim")])


def _words(head: str, said: Sequence[tuple[str, str]]) -> _Part:
    lines = [_text(0, 14, head, "head")]
    for i, (name, words) in enumerate(said):
        lines += [_text(0, 37 + i * _LINE, name, "dim"), _text(80, 37 + i * _LINE, _short(words, 120))]
    return _Part(40 + _LINE * len(said), lines)


def _text(x: float, y: float, words: str, style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y}"{named}>{escape(safe_line(words))}</text>'


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _whole(parts: Iterable[_Part]) -> str:
    lines, y = list[str](), 16
    for part in parts:
        lines += [f'<g transform="translate({_LEFT} {y})">', *part.lines, "</g>"]
        y += part.height
    size = f'viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    ground = f'<rect class="ground" width="{_WIDTH}" height="{y}"/>'
    return "\n".join([head, f"<style>{_STYLE}</style>", ground, *lines, "</svg>", ""])
