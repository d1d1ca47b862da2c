"""Files and folders to pick from."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text, TextType
from textual.binding import Binding, BindingType
from textual.widgets import DirectoryTree

from backscroll.text import safe_line


class Folders(DirectoryTree):
    """A tree of files whose names are foreign text like any other; hidden ones are left out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "above", "Folder above", tooltip="Show the folder above"),
    ]

    def action_above(self) -> None:
        """Shows the folder above."""
        self.path = Path(self.path).absolute().parent

    def process_label(self, label: TextType) -> Text:
        """A name as it may be drawn."""
        return Text(safe_line(str(label)))

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Without hidden files."""
        return (path for path in paths if not path.name.startswith("."))
