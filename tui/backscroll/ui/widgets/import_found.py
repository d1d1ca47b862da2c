"""What was found at the paths of an import, drawn: each export with a few messages as they would be read."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from textual.content import Content

from backscroll.importing.account import counted, order_line, sample_line, zone_line
from backscroll.importing.preview import Look, Preview, Readings
from backscroll.model.import_report import Unrecognised
from backscroll.model.sizes import size_words
from backscroll.text import safe, safe_line
from backscroll.ui.widgets.import_choices import ORDERS

_CHATS_NAMED = 3


def found(look: Look, zone: tzinfo) -> Content:
    """All of it, an export after another, and then what is not recognised and why."""
    blocks = [Content("\n").join(_export(preview, zone)) for preview in look.previews]
    if look.more:
        blocks.append(Content.styled(f"… and {counted(look.more, 'more export')}", "$text-muted"))
    if look.unrecognised:
        blocks.append(unrecognised(look.unrecognised))
    return Content("\n\n").join(blocks)


def unrecognised(files: Sequence[Unrecognised]) -> Content:
    """Files that no format knows, and why."""
    lines = [Content.styled("Not recognised", "$text-warning")]
    lines += [Content.styled(f"  {safe_line(file.path)}: {safe_line(file.reason)}", "$text-muted") for file in files]
    return Content("\n").join(lines)


def table_rows(rows: Sequence[Sequence[str]]) -> Content:
    """The first rows of a table whose columns nobody named, with the number of each column."""
    lines = [Content.styled("A table without a header: say under “Columns” what each means.", "$text-warning")]
    for row in rows:
        cells = [
            Content.assemble((f" {number} ", "$text-muted"), safe_line(cell)[:24]) for number, cell in enumerate(row, 1)
        ]
        lines.append(Content(" ").join(cells))
    return Content("\n").join(lines)


def _export(preview: Preview, zone: tzinfo) -> Iterator[Content]:
    yield Content.assemble(
        (safe_line(preview.name), "bold"),
        (f"  {preview.format.title}, {size_words(preview.size)}", "$text-muted"),
    )
    if preview.problem is not None:
        yield Content.styled(f"  {safe(preview.problem.title)}", "$text-error")
        yield Content.styled(f"  {safe(preview.problem.hint)}", "$text-muted")
    elif preview.orders is not None:
        yield from _both_ways(preview.orders, preview.lines, zone)
    else:
        yield Content.styled(f"  {_amount(preview)}", "$text-muted")
        if preview.zone_from is not None:
            yield Content.styled(f"  {zone_line(preview.zone_from, str(zone))}", "$text-muted")
        if preview.date_order is not None:
            yield Content.styled(f"  {order_line(preview.date_order, preview.date_order_from)}", "$text-muted")
        yield from (Content(f"  {sample_line(sample, zone)}") for sample in preview.samples)


def _amount(preview: Preview) -> str:
    about = "" if preview.is_whole else "about "
    named = ", ".join(safe_line(chat) for chat in preview.chats[:_CHATS_NAMED])
    more = len(preview.chats) - _CHATS_NAMED
    others = f" and {more} more" if more > 0 else ""
    return f"{about}{counted(preview.messages, 'message')} in {named}{others}"


def _both_ways(orders: Readings, lines: Sequence[str], zone: tzinfo) -> Iterator[Content]:
    yield Content.styled("  Its dates can be read in two ways. Choose under “Dates are”:", "$text-warning")
    yield from (Content.styled(f"    {safe_line(line)}", "$text-muted") for line in lines)
    for title, order in ORDERS:
        if order in orders:
            yield Content.styled(f"  {title}", "bold")
            yield from (Content(f"    {sample_line(sample, zone)}") for sample in orders[order])
