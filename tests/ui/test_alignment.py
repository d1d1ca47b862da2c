"""Every line is exactly as wide as the view, whatever the script, and stays so wherever it is cut or lit."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from rich.cells import cell_len
from textual.color import Color
from textual.style import Style

from backscroll.model.message import Attachment, Cursor, Kind, Message, Quote, Reaction
from backscroll.searching.language import parse
from backscroll.ui.widgets.lines import Line, wrapped_fence
from backscroll.ui.widgets.look import STYLE_NAMES, Look, Setting, Styles
from backscroll.ui.widgets.message_lines import draw
from backscroll.ui.widgets.painting import Paint, painted

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
_STYLES = [Style(foreground=Color(number, 9, 9)) for number in range(len(STYLE_NAMES))]
LOOK = Look(60, 8, True, UTC, parse("word OR ❤ OR 駅 OR x"), Styles(*_STYLES))
MESSAGE = Message(
    UUID(int=1), NOON, UUID(int=2), 0, Kind.TEXT, "", UUID(int=3), "Ana", False, None, None, None, False, False
)
PIECES = [
    "word", "東京", "駅", "ｶﾅ", "한국어", "e\u0301\u0308", "👩‍👩‍👧‍👦", "❤️", "❤", "1️⃣", "#️⃣", "👍🏽",
    "🇵🇹", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "مرحبا", "שלום", "हिन्दी", "ക്‍ഷ", "ไม่มี", "\t", "\u200b", "\u200d",
    "\ufe0f", "\u00ad", "\u202e", " ", "    ", "\n", "https://a.org/駅❤️", "`x❤️`", "\n```py\n",
    "\n```\n", "'1️⃣'", "#", "\U0001f3fb", "\u0600", "𝒳", "\ufdfd", "x" * 30,
]  # fmt: skip
_LOOSE = re.compile("\u200d(?![\u2190-\U0001faff])")
"""A joiner that joins no emoji: what it takes is no two terminals' same."""
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, name=TEXTS, width=st.integers(20, 200), has_cursor=st.booleans(), kind=st.sampled_from(list(Kind)))
@example(text="❤️ word", name="❤️", width=20, has_cursor=True, kind=Kind.TEXT)
@example(text="```py\n'1️⃣' # ❤️❤️\n```", name="x", width=24, has_cursor=False, kind=Kind.TEXT)
@example(text="\u200dx \ufe0f", name="\ufe0f", width=33, has_cursor=True, kind=Kind.SYSTEM)
def test_every_line_is_as_wide_as_the_view(text: str, name: str, width: int, has_cursor: bool, kind: Kind) -> None:
    message = structs.replace(
        MESSAGE,
        kind=kind,
        text=text,
        sender=name,
        quote=Quote(Cursor(NOON, UUID(int=9)), name, text) if len(text) % 2 else None,
        attachments=(Attachment(name or "x", None, 5, None, None),),
        reactions=(Reaction(name[:9] or "❤️", ("Bo",)),),
        is_edited=len(name) % 2 == 0,
        is_bookmarked=len(name) % 3 == 0,
        annotation_count=len(text) % 4,
    )
    look = replace(LOOK, width=width, name_width=max(4, min(20, width // 5)))
    drawn = draw(message, Setting(day="Tue 12 Mar 2024", is_first=True, is_last=True, unread=5), look)
    bare = draw(
        message, Setting(day="Tue 12 Mar 2024", is_first=True, is_last=True, unread=5), replace(look, is_bare=True)
    )
    assert [line.plain for line in drawn.lines] == [line.plain for line in bare.lines], "measured as it is drawn"
    base = Style(background=Color(1, 1, 1))
    for one in painted(drawn, width, Paint(base, base, base if has_cursor else None)):
        plain, style = one.line.plain, base.rich_style
        strips = [one.strip, one.selected((3, -1), style), one.selected((len(plain) // 2, 30), style)]
        for strip in strips:
            assert strip.cell_length == width
            assert sum(segment.cell_length for segment in strip) == width
            if not _LOOSE.search(strip.text):
                assert cell_len(strip.text) == width, "the same in one piece as in parts"
        assert "\n" not in one.strip.text


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, width=st.integers(20, 80))
@example(text="word" * 8 + "    0 and more", width=20)
@example(text="word" * 8 + "\t0", width=20)
def test_a_wrapped_message_gives_back_its_words(text: str, width: int) -> None:
    from backscroll.text import safe

    drawn = draw(structs.replace(MESSAGE, text=text), Setting(), replace(LOOK, width=width))
    words = _words(drawn.lines)
    kept = safe(text).rstrip("\n")
    if "```" not in kept and kept:
        assert [line.rstrip() for line in words.split("\n")] == [line.rstrip() for line in kept.split("\n")]


@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join), width=st.integers(8, 60))
def test_a_wrapped_program_gives_back_its_characters(text: str, width: int) -> None:
    from textual.content import Content

    from backscroll.text import safe

    assert _words(list(wrapped_fence(Content(safe(text)), width, Style()))) == safe(text)


def _words(lines: list[Line]) -> str:
    found: list[str] = []
    for line in lines:
        if line.words is not None:
            found += [line.glue] if found else []
            found.append(line.plain[slice(*line.words)])
    return "".join(found)
