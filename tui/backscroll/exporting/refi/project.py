"""Reads the project file of a REFI-QDA project as a stream: its users and codes, then its texts with their selections.

No document type is accepted, and so no entity; what is deeper or longer than anything a person writes is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Final
from uuid import UUID
from xml.etree import ElementTree as ET

_DEEPEST: Final = 100
_LONGEST: Final = 64 * 1024**2
"""Characters of one text."""
_MOST_SELECTIONS: Final = 2_000_000
_BLOCK: Final = 1 << 16
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RefiCode:
    """A code of a project; `parent` is the one that it stands in."""

    id: UUID
    name: str
    parent: UUID | None
    colour: str
    description: str
    is_codable: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a text from a character to another (exclusive), with its codes and what was said about it."""

    id: UUID
    name: str
    start: int
    end: int
    author: UUID | None
    created_at: datetime
    updated_at: datetime
    description: str
    codes: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text: the path of its file, or the text itself."""

    id: UUID
    name: str
    path: str
    content: str
    selections: tuple[Selection, ...]


@dataclass(slots=True)
class Project:
    """What was read so far. `codes` are complete before the first source comes."""

    users: dict[UUID, str] = field(default_factory=dict)
    codes: list[RefiCode] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def read_project(file: IO[bytes], project: Project) -> Iterator[Source]:
    """Fills a project and gives its texts one after another. Raises ValueError where the file is not safe to read."""
    builder = _Builder(project)
    parser = ET.XMLParser(target=builder)  # noqa: S314  (its target refuses what makes XML unsafe)
    try:
        while block := file.read(_BLOCK):
            parser.feed(block)
            yield from builder.taken()
        parser.close()
    except ET.ParseError as error:
        raise ValueError(f"it is not XML: {error}") from None
    yield from builder.taken()


class _Builder(ET.TreeBuilder):
    """Builds the elements of a project, takes each out as soon as it is whole, and forgets it."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project
        self._line: list[ET.Element] = []
        self._selections: list[Selection] = []
        self._length = 0

    def taken(self) -> Iterator[Source]:
        """The texts that became whole since."""
        found, self._project.sources = self._project.sources, []
        yield from found

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        """Entities are declared in it."""
        raise ValueError("it declares a document type, and entities may be hidden in it")

    def start(self, tag: str, attributes: dict[str, str], /) -> ET.Element:
        """An element begins."""
        element = super().start(tag, attributes)
        self._line.append(element)
        self._length = 0
        if len(self._line) > _DEEPEST:
            raise ValueError(f"it has elements more than {_DEEPEST} deep")
        if len(self._line) == 1 and _name(element) != "Project":
            raise ValueError("its first element is not Project")
        return element

    def data(self, text: str, /) -> None:
        """A piece of an element's text."""
        self._length += len(text)
        if self._length > _LONGEST:
            raise ValueError(f"it holds a text of more than {_LONGEST:,} characters")
        super().data(text)

    def end(self, tag: str, /) -> ET.Element:
        """An element ends; what is kept of it is a value."""
        element = super().end(tag)
        self._line.pop()
        self._length = 0
        name = _name(element)
        if name == "User":
            self._project.users[_identity(element, "guid")] = element.get("name", "")
        elif name == "Codes":
            self._project.codes += _codes(element, None)
        elif name == "PlainTextSelection":
            self._select(element)
        elif name == "TextSource":
            self._project.sources.append(_source(element, tuple(self._selections)))
            self._selections.clear()
        if name in {"User", "PlainTextSelection", "TextSource", "Case", "Note"} and self._line:
            self._line[-1].remove(element)
        return element

    def _select(self, element: ET.Element) -> None:
        if len(self._selections) == _MOST_SELECTIONS:
            raise ValueError(f"it has a text with more than {_MOST_SELECTIONS:,} selections")
        self._selections.append(_selection(element))


def _codes(element: ET.Element, parent: UUID | None) -> Iterator[RefiCode]:
    """The codes below an element, each before those in it."""
    for child in (one for one in element if _name(one) == "Code"):
        identity = _identity(child, "guid")
        yield RefiCode(
            identity,
            child.get("name", ""),
            parent,
            child.get("color", "").lower(),
            _text(child, "Description"),
            child.get("isCodable") not in {"false", "0"},
        )
        yield from _codes(child, identity)


def _selection(element: ET.Element) -> Selection:
    author = element.get("modifyingUser") or element.get("creatingUser")
    created = _moment(element.get("creationDateTime")) or _NEVER
    references = (one for coding in element if _name(coding) == "Coding" for one in coding if _name(one) == "CodeRef")
    return Selection(
        _identity(element, "guid"),
        element.get("name", ""),
        int(element.get("startPosition", "")),
        int(element.get("endPosition", "")),
        UUID(author) if author else None,
        created,
        _moment(element.get("modifiedDateTime")) or created,
        _text(element, "Description"),
        tuple(_identity(one, "targetGUID") for one in references),
    )


def _source(element: ET.Element, selections: tuple[Selection, ...]) -> Source:
    path = element.get("plainTextPath", "").removeprefix("internal://")
    content = _text(element, "PlainTextContent")
    return Source(_identity(element, "guid"), element.get("name", ""), path, content, selections)


def _identity(element: ET.Element, attribute: str) -> UUID:
    return UUID(element.get(attribute, ""))  # in braces or not


def _text(element: ET.Element, name: str) -> str:
    return next((one.text or "" for one in element if _name(one) == name), "")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
