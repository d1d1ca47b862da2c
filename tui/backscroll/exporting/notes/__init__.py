"""What notes are exported as, one module a format."""

from typing import Final

from backscroll.exporting.collection import Collection
from backscroll.exporting.format import Format
from backscroll.exporting.notes import doccano, label_studio, lines, markdown, page, table
from backscroll.exporting.refi import writing

FORMATS: Final[tuple[Format[Collection], ...]] = (
    Format("jsonl", "JSON lines, to be imported again", (".jsonl", ".ndjson"), lines.write),
    Format("qdpx", "REFI-QDA project", (".qdpx",), writing.write),
    Format("csv", "CSV, for spreadsheets", (".csv",), table.write),
    Format("markdown", "Markdown", (".md", ".markdown"), markdown.write),
    Format("html", "HTML, one page", (".html", ".htm"), page.write),
    Format("doccano", "doccano, JSON lines", (".doccano.jsonl",), doccano.write),
    Format("label-studio", "Label Studio, tasks", (".json",), label_studio.write),
)
