"""Files and folders to pick from."""

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text, TextType
from textual.widgets import DirectoryTree

from backscroll.text import safe_line


class Folders(DirectoryTree):
    """A tree of files whose names are foreign text like any other; hidden ones are left out."""

    def process_label(self, label: TextType) -> Text:
        """A name as it may be drawn."""
        return Text(safe_line(str(label)))

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Without hidden files."""
        return (path for path in paths if not path.name.startswith("."))
