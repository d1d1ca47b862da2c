"""Files and folders to pick from."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.style import Style
from rich.text import Text, TextType
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DirectoryTree
from textual.widgets.directory_tree import DirEntry
from textual.widgets.tree import TreeNode

from backscroll.text import safe_line


class Folders(DirectoryTree):
    """A tree of files whose names are foreign text like any other; hidden ones are left out. Several can be marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", tooltip="Mark a file or folder, to import several at once"),
        Binding("backspace", "above", "Folder above", tooltip="Show the folder above"),
    ]

    class Marked(Message):
        """Something was marked, or is no longer."""

    marked: tuple[Path, ...] = ()
    """What is marked, in the order in which that was done."""

    def action_mark(self) -> None:
        """Marks what is under the cursor, or takes its mark away."""
        node = self.cursor_node
        entry = node.data if node else None
        if node is None or entry is None:
            return
        kept = tuple(path for path in self.marked if path != entry.path)
        self.marked = kept if len(kept) < len(self.marked) else (*kept, entry.path)
        node.refresh()
        self.post_message(self.Marked())

    def render_label(self, node: TreeNode[DirEntry], base_style: Style, style: Style) -> Text:
        """A name, behind a tick where it is marked."""
        label = super().render_label(node, base_style, style)
        return Text.assemble(("✓ ", base_style), label) if node.data and node.data.path in self.marked else label

    def action_above(self) -> None:
        """Shows the folder above."""
        self.path = Path(self.path).absolute().parent

    def process_label(self, label: TextType) -> Text:
        """A name as it may be drawn."""
        return Text(safe_line(str(label)))

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Without hidden files."""
        return (path for path in paths if not path.name.startswith("."))
