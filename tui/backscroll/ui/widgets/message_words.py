"""The words of a message as lines: cleaned, wrapped, with links, programs and hits lit, and long ones folded."""

from collections.abc import Iterator, Sequence
from itertools import islice

from textual.content import Content, Span
from textual.style import Style

from backscroll.model.fences import Fence, fences, inline
from backscroll.model.links import link_spans
from backscroll.model.message import Message
from backscroll.reading.labels import absent
from backscroll.text import safe
from backscroll.ui.widgets.lines import Line, wrapped, wrapped_fence
from backscroll.ui.widgets.look import Look, Setting

CHUNK = 20_000
"""Characters that are drawn at once: a line of a megabyte would hold the screen for seconds."""
CHUNK_LINES = 300
ADDRESS = "address"
"""The name under which the style of a link carries what it leads to."""
_MORE = "… show more (Enter)"
_ITALIC = Style(italic=True)


def words(message: Message, setting: Setting, look: Look, width: int) -> list[Line]:
    """The message's own words; none for one that is only an attachment."""
    if message.is_deleted and not message.text:
        return [Line(Content("message deleted").stylize(look.styles.muted + _ITALIC))]
    if not message.text:
        return [] if message.attachments else [Line(Content(absent(message) or " ").stylize(look.styles.muted))]
    most = CHUNK_LINES * setting.chunks
    lines = list(islice(_lines(message, setting, look, width), most + 1))
    if len(message.text) > CHUNK * setting.chunks or len(lines) > most:
        return [*lines[:most], Line(Content(_MORE).stylize(look.styles.more))]
    return lines


def is_folded(lines: Sequence[Line]) -> bool:
    """Whether the drawn lines leave a part of the message out."""
    return any(line.words is None and line.plain.endswith(_MORE) for line in lines)


def _lines(message: Message, setting: Setting, look: Look, width: int) -> Iterator[Line]:
    shown = CHUNK * setting.chunks
    text = safe(message.text[:shown]).rstrip("\n")
    blocks = fences(text, goes_on="```" in message.text[shown:])
    content = Content(text) if look.is_bare else _lit(text, blocks, look)
    notes = _notes(message, look)
    position = 0
    for block in blocks:
        start, end = block.whole
        if position < start:
            yield from wrapped(content[position : start - 1], width)
        yield from _block(content, block, look, width)
        position = end + 1
    if position <= len(text):
        rest = content[position:]
        yield from wrapped(rest + notes, width, len(rest.plain))
    elif notes:
        yield Line(notes)


def _block(content: Content, block: Fence, look: Look, width: int) -> Iterator[Line]:
    named, inside = content[slice(*block.language)], content[slice(*block.inside)]
    style = look.styles.fenced
    if named:
        named = named.truncate(width).pad_right(max(0, width - named.cell_length))
        yield Line(named.stylize_before(look.styles.comment + style))
    yield from wrapped_fence(inside, width, style)


def _lit(text: str, blocks: list[Fence], look: Look) -> Content:
    styles = look.styles
    content = Content(text)
    for block in blocks:
        from backscroll.ui.widgets.program_text import coloured

        content = coloured(content, text[slice(*block.language)], *block.inside, styles)
    fenced = [block.whole for block in blocks]
    spans = [Span(*span, styles.inline) for span in inline(text) if not _is_within(span, fenced)]
    for start, end in link_spans(text):
        spans.append(Span(start, end, styles.link + Style.from_meta({ADDRESS: text[start:end]})))
    if look.query:
        from backscroll.searching.highlight import highlights

        spans += [Span(start, end, styles.hit) for start, end in highlights(text, look.query)]
    return content.add_spans(spans)


def _is_within(span: tuple[int, int], wholes: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] < end for start, end in wholes)


def _notes(message: Message, look: Look) -> Content:
    notes = [note for note, is_so in (("deleted", message.is_deleted), ("edited", message.is_edited)) if is_so]
    return Content(f" ({', '.join(notes)})").stylize(look.styles.muted) if notes else Content("")
