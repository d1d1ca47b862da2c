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
    write = _markdown if in_markdown else _plain
    if len(messages) == 1:
        here = local(messages[0].clock, zone)
        return write(messages[0], f"{long_day(here)} {here:%H:%M:%S}")
    return "\n\n".join(_entries(messages, zone, in_markdown=in_markdown))


def _entries(messages: Sequence[Message], zone: tzinfo | None, *, in_markdown: bool) -> Iterator[str]:
    previous: date | None = None
    for message in messages:
        here = local(message.clock, zone)
        if here.date() != previous:
            yield f"### {long_day(here)}" if in_markdown else f"— {long_day(here)} —"
            previous = here.date()
        yield (_markdown if in_markdown else _plain)(message, f"{here:%H:%M}")


def _plain(message: Message, when: str) -> str:
    lines = [" · ".join(part for part in (safe_line(message.sender or ""), when, *_marks(message)) if part)]
    if message.quote:
        lines.append(f"> {_quoted(message)}")
    lines += [safe(message.text).strip("\n") or absent(message), *attachment_labels(message)]
    return "\n".join(line for line in lines if line)


def _markdown(message: Message, when: str) -> str:
    sender = safe_line(message.sender or "")
    who = f"**{as_markdown(sender)}**" if sender else ""
    parts = [" · ".join(part for part in (who, when, *_marks(message)) if part)]
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
