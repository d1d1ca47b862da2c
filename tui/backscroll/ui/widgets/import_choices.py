"""How an export is to be read, as a person may set it: zone, dates, title, format, columns and files."""

from collections.abc import Sequence
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label, Select

from backscroll.importing.format import Choices, DateOrder
from backscroll.importing.formats import FORMATS
from backscroll.importing.joining import renames_in
from backscroll.importing.mappings import Mapping
from backscroll.settings import zone_named
from backscroll.text import safe_line

ORDERS: tuple[tuple[str, DateOrder], ...] = (
    ("day month year", "dmy"),
    ("month day year", "mdy"),
    ("year month day", "ymd"),
)
_LINKED = "linked"
_FILES = (("left where they are", _LINKED),)
_YEAR = "the year of a chat's first message, where its dates name none"
_INTO = "a chat that is here, by its title or id; else the export's own"
_PEOPLE = "who is called otherwise here, as in Mum=Ana Silva, Bob=Bo"
_COLUMNS = "of a table without a header, as in chat,sent_at,sender,text; - skips one"
_KEEP = "a name: all of this is kept for the next one"


class ImportChoices(Vertical):
    """Fields in which nothing has to be set; `usual_zone` is that of the settings, None: the machine's.

    A mapping that is chosen fills them in, and they may be changed then.
    """

    class Changed(Message):
        """Something was chosen."""

    def __init__(self, usual_zone: str | None, mappings: Sequence[Mapping] = ()) -> None:
        super().__init__(id="choices")
        self.border_title = "How to read it"
        self._usual_zone = usual_zone
        self._mappings = {mapping.name: mapping for mapping in mappings}

    def compose(self) -> ComposeResult:
        """A line for each choice."""
        if self._mappings:
            with Horizontal(classes="field"):
                yield Label("Mapping")
                names = [(safe_line(name), name) for name in self._mappings]
                yield Select(names, id="mapping", prompt="of columns, kept from an import before", compact=True)
        yield from self._of_messages()
        yield from self._of_tables()
        with Horizontal(classes="field"):
            yield Label("Files are")
            yield Select(_FILES, id="files", prompt="copied into the archive's home, each once", compact=True)

    def _of_messages(self) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Label("Time zone")
            usual = self._usual_zone or f"{zone_named(None)}, as on this machine"
            yield Input(id="zone", compact=True, placeholder=f"{usual}; or another, as Europe/Berlin")
        with Horizontal(classes="field"):
            yield Label("Dates are")
            yield Select(ORDERS, id="order", prompt="told from the file", compact=True)
        with Horizontal(classes="field"):
            yield Label("Begins in")
            yield Input(id="year", compact=True, placeholder=_YEAR, type="integer", max_length=4)
        with Horizontal(classes="field"):
            yield Label("Title")
            yield Input(id="title", compact=True, placeholder="of the chat, where the export has none")
        with Horizontal(classes="field"):
            yield Label("Goes into")
            yield Input(id="into", compact=True, placeholder=_INTO)
        with Horizontal(classes="field"):
            yield Label("People")
            yield Input(id="people", compact=True, placeholder=_PEOPLE)

    def _of_tables(self) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Label("Format")
            yield Select([(f.title, f.name) for f in FORMATS], id="format", prompt="detected", compact=True)
        with Horizontal(classes="field"):
            yield Label("Columns")
            yield Input(id="columns", compact=True, placeholder=_COLUMNS)
        with Horizontal(classes="field"):
            yield Label("Keep as")
            yield Input(id="keep", compact=True, placeholder=_KEEP)

    @property
    def choices(self) -> Choices:
        """What was chosen. Raises AppError where there is no such zone, or names are not told as they should be."""
        named = self._typed("zone")
        zone = zone_named(named or self._usual_zone)
        columns, year = self._typed("columns"), self._typed("year")
        return Choices(
            zone,
            str(zone),
            cast("DateOrder | None", self._selected("order")),
            self._typed("title"),
            tuple(column.strip() for column in columns.split(",")) if columns else None,
            source=self._source,
            year=int(year) if year and year.isdecimal() else None,
            links=self._selected("files") == _LINKED,
            into=self._typed("into"),
            renames=renames_in((self._typed("people") or "").split(",")),
            zone_from="option" if named else "settings" if self._usual_zone else "machine",
        )

    @property
    def format_name(self) -> str | None:
        """The format that was chosen; columns are those of a table."""
        return self._selected("format") or ("delimited" if self._typed("columns") else None)

    @property
    def mapping(self) -> Mapping | None:
        """What is to be kept by a name, where one is given. Raises AppError where it cannot be."""
        name = self._typed("keep")
        if name is None:
            return None
        chosen = self.choices
        return Mapping(
            name, self._selected("format"), chosen.columns, chosen.source, self._typed("zone"), chosen.date_order
        ).complete()

    @property
    def _source(self) -> str | None:
        """Of the mapping that was chosen: there is no field for it."""
        name = self._selected("mapping") if self._mappings else None
        return self._mappings[name].source if name else None

    def ask_for(self, name: str) -> None:
        """Leads a person to a choice that has to be made."""
        self.query_one(f"#{name}").focus()

    def _typed(self, name: str) -> str | None:
        return self.query_one(f"#{name}", Input).value.strip() or None

    def _selected(self, name: str) -> str | None:
        value = self.query_one(f"#{name}", Select).value
        return None if value is Select.NULL else str(value)

    @on(Select.Changed, "#mapping")
    def _fill_in(self) -> None:
        name = self._selected("mapping")
        if name is None:
            return
        mapping = self._mappings[name]
        self.query_one("#columns", Input).value = ",".join(mapping.columns or ())
        self.query_one("#zone", Input).value = mapping.time_zone or ""
        self.query_one("#format", Select).value = mapping.format or Select.NULL
        self.query_one("#order", Select).value = mapping.date_order or Select.NULL

    @on(Input.Changed)
    @on(Select.Changed)
    def _changed(self, event: Input.Changed | Select.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())
