"""Messages as a text that one can paste elsewhere: plain, or as Markdown that reads the same."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from backscroll.dates import local, long_day
from backscroll.model.message import Message
from backscroll.reading.labels import absent, attachment_labels
from backscroll.reading.markdown import as_markdown
from backscroll.text import safe, safe_line


def transcript(messages: Sequence[Message], zone: tzinfo | None, *, in_markdown: bool = False) -> str:
    """Messages with who wrote them and when in a zone (None: the machine's), a blank line between any two.

    A single message has its day beside its time; of several, each day stands on a line of its own. Nothing in the
    text is something that a terminal would act on.
    """
    if len(messages) == 1:
        here = local(messages[0].clock, zone)
        return (_markdown if in_markdown else _plain)(messages[0], [f"{long_day(here)} {here:%H:%M:%S}"])
    days = Transcript(zone, in_markdown=in_markdown)
    return "\n\n".join(entry for message in messages for entry in days.entries(message))


class Transcript:
    """Writes one message after another, as `transcript` does those that it is given at once."""

    def __init__(self, zone: tzinfo | None, *, in_markdown: bool = False) -> None:
        self._zone = zone
        self._in_markdown = in_markdown
        self._day: date | None = None

    def entries(self, message: Message, chat: str | None = None) -> Iterator[str]:
        """The day, where it is another than that of the message before, and the message, with its chat where told."""
        here = local(message.clock, self._zone)
        if here.date() != self._day:
            self._day = here.date()
            yield f"### {long_day(here)}" if self._in_markdown else f"— {long_day(here)} —"
        where = [f"{here:%H:%M}", *([safe_line(chat)] if chat else [])]
        yield (_markdown if self._in_markdown else _plain)(message, where)


def _plain(message: Message, where: Sequence[str]) -> str:
    lines = [" · ".join(part for part in (safe_line(message.sender or ""), *where, *_marks(message)) if part)]
    if message.quote:
        lines.append(f"> {_quoted(message)}")
    lines += [safe(message.text).strip("\n") or absent(message), *attachment_labels(message)]
    return "\n".join(line for line in lines if line)


def _markdown(message: Message, where: Sequence[str]) -> str:
    sender = safe_line(message.sender or "")
    who = f"**{as_markdown(sender)}**" if sender else ""
    parts = [" · ".join(part for part in (who, *map(as_markdown, where), *_marks(message)) if part)]
    if message.quote:
        parts.append(f"> {as_markdown(_quoted(message))}")
    parts.append(as_markdown(safe(message.text).strip("\n") or absent(message)))
    parts.append("  \n".join(as_markdown(label) for label in attachment_labels(message)))
    return "\n\n".join(part for part in parts if part)


def _quoted(message: Message) -> str:
    quote = message.quote
    if quote is None:
        return ""
    said = safe_line(quote.text) or "…"
    return f"{safe_line(quote.sender)}: {said}" if quote.sender else said


def _marks(message: Message) -> list[str]:
    return [mark for mark, is_so in (("deleted", message.is_deleted), ("edited", message.is_edited)) if is_so]
