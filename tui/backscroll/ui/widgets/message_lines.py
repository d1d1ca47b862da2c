"""Draws one message as lines: who and when at the left, the words, and what hangs on them."""

from dataclasses import dataclass

from msgspec import structs
from textual.content import Content
from textual.style import Style

from backscroll.model.message import Kind, Message, Quote
from backscroll.reading.labels import attachment_labels
from backscroll.text import safe_line
from backscroll.ui.widgets.code_marks import code_marks
from backscroll.ui.widgets.lines import Line, wrapped
from backscroll.ui.widgets.look import Look, Setting
from backscroll.ui.widgets.message_words import is_folded, words
from backscroll.ui.widgets.moments import clock_time
from backscroll.ui.widgets.palette import sender_style


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message's lines; the first `lead` of them (separators) and the last `tail` are not its own."""

    lines: list[Line]
    lead: int
    tail: int
    is_folded: bool


def draw(message: Message, setting: Setting, look: Look) -> Drawn:
    """The lines of a message in its setting, each no wider than the look allows."""
    if setting.hides_quote:
        message = structs.replace(message, quote=None)
    lead = [Line(line) for line in _lead(setting, look)]
    body = _system(message, look) if message.kind is Kind.SYSTEM else _beside_name(message, setting, look)
    tail = [Content(""), _rule(f"end of the {look.whole}", look, look.styles.muted, "")] if setting.is_last else []
    return Drawn([*lead, *body, *(Line(line) for line in tail)], len(lead), len(tail), is_folded(body))


def _lead(setting: Setting, look: Look) -> list[Content]:
    lines: list[Content] = []
    if setting.is_first:
        lines.append(_rule(f"beginning of the {look.whole}", look, look.styles.muted, ""))
    if setting.replies:
        replies = "1 reply" if setting.replies == 1 else f"{setting.replies:,} replies"
        lines.append(_rule(replies, look, look.styles.bar, "─"))
    if setting.day:
        lines += [] if setting.is_first else [Content("")]
        lines.append(_rule(setting.day, look, look.styles.day, "─"))
    if setting.unread:
        count = "999+" if setting.unread > 999 else str(setting.unread)
        lines.append(_rule(f"{count} new", look, look.styles.unread, "─"))
    return lines


def _rule(title: str, look: Look, style: Style, line: str) -> Content:
    side = max(0, (look.width - len(title) - 4) // 2)
    run = (line or " ") * (side if not line else min(side, 14))
    text = f"{run} {title} {run}" if line else title
    return Content(" " * max(0, (look.width - len(text)) // 2) + text).stylize(style)


def _system(message: Message, look: Look) -> list[Line]:
    margin = 8 if look.width > 40 else 2
    said = safe_line(message.text[:2000])
    text = Content(f"{said} · {clock_time(message.clock, look.zone)}").stylize(look.styles.muted)
    lines = wrapped(text, max(8, look.width - 2 * margin), len(said))
    return [line.after(" " * max(0, (look.width - line.content.cell_length) // 2)) for line in lines]


def _beside_name(message: Message, setting: Setting, look: Look) -> list[Line]:
    marks = _marks(message, look)
    width = look.text_width - (marks.cell_length + 1 if marks else 0)
    lines = _body(message, setting, look, width)
    if marks:
        gap = look.text_width - lines[0].content.cell_length - marks.cell_length
        lines[0] = lines[0].before(" " * max(0, gap), marks)
    if look.is_stacked:
        header = Content.assemble(" ", _name(message, look, look.width - 9), "  ", _time(message, look))
        return ([] if setting.repeats_name else [Line(header)]) + [line.after(" " * look.indent) for line in lines]
    head = Content.assemble(" ", _time(message, look), "  ", _name_cell(message, setting, look), "  ")
    return [lines[0].after(head), *(line.after(" " * look.indent) for line in lines[1:])]


def _time(message: Message, look: Look) -> Content:
    return Content(clock_time(message.clock, look.zone)).stylize(look.styles.muted)


def _name_cell(message: Message, setting: Setting, look: Look) -> Content:
    if setting.repeats_name:
        return Content(" " * look.name_width)
    name = _name(message, look, look.name_width)
    return name.pad_right(look.name_width - name.cell_length)


def _name(message: Message, look: Look, width: int) -> Content:
    name = Content(safe_line(message.sender or "unknown")[: 4 * width]).truncate(width, ellipsis=True)
    return name.stylize(sender_style(message.sender_id, is_dark=look.is_dark))


def _marks(message: Message, look: Look) -> Content:
    marks = [Content("★").stylize(look.styles.mark)] if message.is_bookmarked else []
    if message.codes and (codes := code_marks(look.codes, message.codes, is_dark=look.is_dark)):
        marks.append(codes)
    if message.annotation_count:
        marks.append(Content(f"✎{message.annotation_count}").stylize(look.styles.mark))
    return Content(" ").join(marks) if marks else Content("")


def _body(message: Message, setting: Setting, look: Look, width: int) -> list[Line]:
    lines = words(message, setting, look, width - 2 if message.quote else width)
    lines += [_attachment(line, look, width) for line in attachment_labels(message)]
    if message.quote:
        corner = Content("└ ").stylize(look.styles.muted)
        lines = [line.after("  " if number else corner) for number, line in enumerate(lines)]
        lines.insert(0, Line(_quote(message.quote, look, width)))
    return _with_reactions(lines, message, look, width)


def _quote(quote: Quote, look: Look, width: int) -> Content:
    said = safe_line(quote.text) or "…"
    text = f"┌ {safe_line(quote.sender)[:40]}: {said}" if quote.sender else f"┌ {said}"
    return Content(text).truncate(width, ellipsis=True).stylize(look.styles.quote)


def _attachment(label: str, look: Look, width: int) -> Line:
    content = Content(label).truncate(width, ellipsis=True).stylize(look.styles.quote)
    return Line(content, (0, len(content.plain)))


def _with_reactions(lines: list[Line], message: Message, look: Look, width: int) -> list[Line]:
    if not message.reactions:
        return lines
    text = "  ".join(f"{safe_line(reaction.emoji)[:32]} {reaction.count}" for reaction in message.reactions)
    reactions = Content(text).stylize(look.styles.muted)
    if lines and len(lines) == (2 if message.quote else 1):
        free = width - lines[-1].content.cell_length - reactions.cell_length
        if free >= 2:
            return [*lines[:-1], lines[-1].before("  ", reactions)]
    return lines + [Line(line) for line in reactions.wrap(width)]
