"""A chat with everything that a history draws, a long one to page through, an empty one, and a crowd of small ones."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record, Topic
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Attachment, Kind
from tests.making import START, chat, store

HOSTILE = "[@click=app.quit]free[/] [/red] \x1b]0;owned\x07 \u202etxt.exe \x9b2J"
LONG_COUNT = 730
_PICTURE = Attachment("IMG-0042.jpg", "image/jpeg", 2_400_000, None, None)
_THUMBS = (Reacted("👍", "Ana"), Reacted("👍", "Zoë"))
_CAT = (
    "Who feeds the cat tonight? She was sick on the carpet again, and the vet says that "
    "she must not have the dry food from the blue bag any more."
)
_TOKYO = "東京駅で会いましょう。改札の前で待っています。そのあと一緒に晩ご飯を食べに行きましょう。"
_PAPER = Attachment("minutes.pdf", "application/pdf", 98_000, None, None)


def family() -> Iterator[Record]:
    """Replies, reactions, files, marks, threads, many scripts, and words that mean harm; the newest chat."""
    yield Chat("family", "Family", topic="Dinner, keys and the cat")
    for name in ("Ana", "Bo", "Zoë", "東京さん"):
        yield Person("family", name, name, is_owner=name == "Zoë")
    yield Topic("family", "cat", "Who feeds the cat?", root="f4")
    start = datetime(2024, 9, 1, 18, 50, tzinfo=UTC)
    entries = [
        Entry("family", start, None, "Ana created the group", kind=Kind.SYSTEM),
        Entry("family", start, "Ana", "Has anyone seen the keys?"),
        Entry("family", start, "Bo", "under the plant, as ever", parent="f1", reactions=_THUMBS),
        Entry("family", start, "Ana", "thanks!", kind=Kind.IMAGE, attachments=(_PICTURE,)),
        Entry("family", start, "Zoë", _CAT, thread="cat"),
        Entry("family", start, "Bo", "I do", thread="cat", parent="f4"),
        Entry("family", start, "東京さん", _TOKYO, is_edited=True),
        Entry("family", start, "Ana", "", is_deleted=True),
        Entry("family", start, "Bo", "مرحبا كيف حالك اليوم", reactions=(Reacted("❤️", "Ana"),)),
        Entry("family", start, "Bo", "", kind=Kind.DOCUMENT, attachments=(_PAPER,)),
        Entry("family", start, "Zoë", "The recipe is at https://example.org/recipes/soup?size=4, try it 👩‍👩‍👧‍👦🇵🇹"),
        Entry("family", start, "Zoë", "and buy bread"),
        Entry("family", start, "Ana", HOSTILE),
        Entry("family", start, "Bo", "See you at eight then"),
    ]  # fmt: skip
    for number, entry in enumerate(entries):
        entry.sent_at, entry.external_id = start + timedelta(minutes=17 * number), f"f{number}"
        yield entry


def crowd() -> Iterator[Record]:
    """A hundred and thirty chats with one message each, and one with a hostile title."""
    for number in range(130):
        yield from chat(f"room {number:03}", [f"hello from {number}"], start=START - timedelta(days=number))
    yield Chat("hostile", HOSTILE, ConversationKind.CHANNEL)
    yield Person("hostile", "x", HOSTILE)
    yield Entry("hostile", START - timedelta(days=200), "x", HOSTILE, external_id="h")


def long() -> list[Record]:
    """Messages `line 0` to `line 729`, some of several lines, over half a year."""
    texts = [
        f"line {i}" + "\nmore of it" * (i % 7 == 0) + " and words that wrap" * (3 * (i % 11 == 0))
        for i in range(LONG_COUNT)
    ]
    return chat("long", texts, step=timedelta(hours=5), start=START - timedelta(days=30))


async def fill(archive: Archive) -> None:
    """Stores it all."""
    await store(archive, [*family(), *long(), *crowd(), Chat("empty", "Empty")])
