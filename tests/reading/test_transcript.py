"""What is copied: who, when, the words and what hangs on them; as Markdown it reads the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs

from backscroll.model.message import Attachment, Cursor, Kind, Message, Quote
from backscroll.reading.markdown import as_markdown
from backscroll.reading.transcript import transcript
from backscroll.text import safe

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
MESSAGE = Message(
    UUID(int=1), NOON, UUID(int=2), 0, Kind.TEXT, "hello", UUID(int=3), "Ana", False, None, None, None, False, False
)
QUOTE = Quote(Cursor(NOON, UUID(int=9)), "Bo", "is it\nhere?")
PICTURE = Attachment("IMG-1.jpg", "image/jpeg", 2_400_000, None, None)
RICH = structs.replace(
    MESSAGE, quote=QUOTE, attachments=(PICTURE,), is_edited=True, kind=Kind.IMAGE, text="yes\n\nthere"
)


def test_one_message_has_its_day_and_time_in_the_persons_zone() -> None:
    assert transcript([MESSAGE], ZoneInfo("Asia/Tokyo")) == "Ana · Tue 12 Mar 2024 21:00:00\nhello"
    assert transcript([MESSAGE], UTC, in_markdown=True) == "**Ana** · Tue 12 Mar 2024 12:00:00\n\nhello"


def test_quotes_files_and_marks_are_kept() -> None:
    assert transcript([RICH], UTC) == (
        "Ana · Tue 12 Mar 2024 12:00:00 · edited\n> Bo: is it here?\nyes\n\nthere\n📷 IMG-1.jpg · 2.4 MB"
    )
    assert transcript([RICH], UTC, in_markdown=True) == (
        "**Ana** · Tue 12 Mar 2024 12:00:00 · edited\n\n> Bo: is it here?\n\nyes\n\nthere\n\n📷 IMG-1.jpg · 2.4 MB"
    )


def test_several_have_a_line_where_the_day_changes_and_a_blank_line_between() -> None:
    later = [structs.replace(MESSAGE, sent_at=NOON + timedelta(hours=hours), sender=None) for hours in (1, 24)]
    assert transcript([MESSAGE, *later], UTC) == (
        "— Tue 12 Mar 2024 —\n\nAna · 12:00\nhello\n\n13:00\nhello\n\n— Wed 13 Mar 2024 —\n\n12:00\nhello"
    )
    assert transcript([MESSAGE, *later], UTC, in_markdown=True).startswith(
        "### Tue 12 Mar 2024\n\n**Ana** · 12:00\n\nhello"
    )


def test_what_has_no_words_is_still_named() -> None:
    poll = structs.replace(MESSAGE, text="", kind=Kind.POLL)
    gone = structs.replace(MESSAGE, text="", is_deleted=True)
    assert transcript([poll], UTC).endswith("\n📊 poll")
    assert transcript([gone], UTC) == "Ana · Tue 12 Mar 2024 12:00:00 · deleted"


def test_nothing_that_a_terminal_acts_on_is_copied() -> None:
    bad = "a\x1b]0;owned\x07\u202e\x9b"
    hostile = structs.replace(RICH, text=bad, sender=bad, quote=replace(QUOTE, sender=bad, text=bad), is_deleted=True)
    for in_markdown in (False, True):
        assert not set(transcript([hostile, hostile], UTC, in_markdown=in_markdown)) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("see\n```py\nx = '*'\n```\nthere", "see\n\n```py\nx = '*'\n```\n\nthere"),
        ("use `a*b` or *this*", "use `a*b` or \\*this\\*"),
        ("https://a.org/x_y_z.", "<https://a.org/x_y_z>."),
        ("1. one\n- two\n# three", "1\\. one  \n\\- two  \n\\# three"),
        ("    four", "&nbsp;&nbsp;&nbsp;&nbsp;four"),
        ("```unclosed\n*x*", "\\`\\`\\`unclosed  \n\\*x\\*"),
        ("````\n```\n````", "````\n```\n````"),
    ],
)
def test_program_text_and_links_are_kept_and_the_rest_is_escaped(text: str, markdown: str) -> None:
    assert as_markdown(text) == markdown


def _shown(markdown: str) -> str:
    """The text that a reader of the Markdown sees, without blanks."""
    shown = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type.split("_")[0] in {"paragraph", "inline", "fence"}, "nothing becomes a list, heading or page"
        for part in token.children or [token]:
            assert part.type not in {"em_open", "strong_open", "image", "html_inline", "s_open"}
            shown.append(part.content)
    return "".join("".join(shown).split())


_PIECES = st.sampled_from(
    ["*", "_", "**", "#", "- ", "+ ", "1. ", "12) ", "> ", "<b>", "&amp;", "[a](b)", "![", "|", "~~", "---", "===",
     "\n", "\n\n", "    ", "\\", "`", "``", "https://a.org/_x_", "word", "é", " ", "<!--", "$x$", "東京"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_markdown_shows_the_words_that_were_written(text: str) -> None:
    written = "".join(safe(text).split())
    shown = _shown(as_markdown(safe(text)))
    assert shown.replace("`", "") == written.replace("`", "")
