"""Codebooks of the REFI-QDA standard (.qdc), which ATLAS.ti, MAXQDA, NVivo, QualCoder, Taguette and others exchange."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from backscroll.coding.entry import DEEPEST, MOST, Entry, Read, content_of, entries_of, identity_of, unreadable
from backscroll.errors import AppError
from backscroll.model.code import Codebook

NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"
_EXAMPLES: Final = "Examples:\n"
_SHORT_COLOUR: Final = re.compile(r"#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])")


def write(path: Path, book: Codebook) -> None:
    """Writes the codes in use; the standard has no place for keys and retired codes, and examples join the description.

    Raises AppError where there are none: the standard wants one at least.
    """
    root = ET.Element("CodeBook", xmlns=NAMESPACE, origin="Backscroll")
    line = [ET.SubElement(root, "Codes")]
    for depth, entry in entries_of(book, with_retired=False):
        fields = {"guid": str(entry.id), "name": entry.name, "isCodable": "true"}
        element = ET.SubElement(line[depth], "Code", fields | ({"color": entry.colour} if entry.colour else {}))
        if said := joined(entry.description, entry.examples):
            ET.SubElement(element, "Description").text = said
        line[depth + 1 :] = [element]
    if not len(line[0]):
        raise AppError("The codebook is empty", "Make a code first: a .qdc file holds one at least.", code="no_codes")
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def read(path: Path) -> Read:
    """Reads a .qdc file; no document type, and so no entity, is accepted. Raises AppError."""
    parser = ET.XMLParser(target=_Plain())  # noqa: S314  (its target refuses what makes XML unsafe)
    try:
        parser.feed(content_of(path))
        root = parser.close()
    except (ET.ParseError, ValueError) as error:
        raise unreadable(path, f"It is no XML that is safe to read: {error}.") from None
    if not isinstance(root, ET.Element) or _name(root) != "CodeBook":
        raise unreadable(path, "Its first element is not CodeBook: a .qdpx project is another kind of file.")
    codes = next((child for child in root if _name(child) == "Codes"), None)
    if codes is None:
        raise unreadable(path, "It has no Codes.")
    return Read(_gather(codes), tuple(_remarks(root)))


class _Plain(ET.TreeBuilder):
    """Builds a tree of a document without a document type, and refuses one that is larger than any codebook."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        """Entities are declared in it."""
        raise ValueError("it declares a document type")

    def start(self, tag: str, attributes: dict[str, str], /) -> ET.Element:
        """An element begins."""
        self._depth, self._count = self._depth + 1, self._count + 1
        if self._depth > DEEPEST or self._count > 3 * MOST:
            raise ValueError(f"it has more than {MOST:,} codes, or one more than {DEEPEST} deep")
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> ET.Element:
        """An element ends."""
        self._depth -= 1
        return super().end(tag)


def _gather(codes: ET.Element) -> tuple[Entry, ...]:
    """The codes below an element, each before those below it."""
    entries: list[Entry] = []
    waiting: list[tuple[ET.Element, int | None]] = [(element, None) for element in reversed(_codes_in(codes))]
    while waiting:
        element, above = waiting.pop()
        waiting += [(child, len(entries)) for child in reversed(_codes_in(element))]
        entries.append(_entry(element, above))
    return tuple(entries)


def _entry(element: ET.Element, above: int | None) -> Entry:
    said = next((child.text or "" for child in element if _name(child) == "Description"), "")
    description, examples = parted(said)
    colour = element.get("color", "").strip()
    return Entry(
        element.get("name", ""),
        identity_of(element.get("guid", "")),
        above,
        colour=_SHORT_COLOUR.sub(r"#\1\1\2\2\3\3", colour) if len(colour) == 4 else colour,
        description=description,
        examples=examples,
    )


def _remarks(root: ET.Element) -> Iterator[str]:
    sets = sum(_name(element) == "Set" for element in root.iter())
    headings = sum(_name(element) == "Code" and element.get("isCodable") in {"false", "0"} for element in root.iter())
    if sets:
        yield f"{sets} sets of codes were left out: there are none here."
    if headings:
        yield f"{headings} codes are headings in the file (isCodable is false); here every code can be given."


def _codes_in(element: ET.Element) -> list[ET.Element]:
    return [child for child in element if _name(child) == "Code"]


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def joined(description: str | None, examples: str | None) -> str:
    """What a code's description says there, the examples behind it."""
    parts = [description or "", f"{_EXAMPLES}{examples}" if examples else ""]
    return "\n\n".join(part for part in parts if part)


def parted(said: str) -> tuple[str, str]:
    """The description and the examples that were `joined`."""
    description, mark, examples = said.rpartition(f"\n\n{_EXAMPLES}")
    if mark:
        return description, examples
    return ("", said.removeprefix(_EXAMPLES)) if said.startswith(_EXAMPLES) else (said, "")
