"""What messages are exported as, one module a format."""

from typing import Final

from backscroll.exporting.entries import Messages
from backscroll.exporting.format import Format
from backscroll.exporting.messages import lines, markdown, page, plain, table

FORMATS: Final[tuple[Format[Messages], ...]] = (
    Format("text", "Plain text", (".txt",), plain.write),
    Format("markdown", "Markdown", (".md", ".markdown"), markdown.write),
    Format("html", "HTML, one page", (".html", ".htm"), page.write),
    Format("jsonl", "JSON lines, to be imported again", (".jsonl", ".ndjson"), lines.write),
    Format("csv", "CSV, for spreadsheets", (".csv",), table.write),
)
