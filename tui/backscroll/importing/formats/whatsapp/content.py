"""What the text of one message says beyond words: files, what was left out, edits, calls, places, polls."""

import re
from dataclasses import dataclass
from typing import Final

from backscroll.importing.formats.whatsapp import words
from backscroll.importing.formats.whatsapp.headers import MARKS
from backscroll.importing.media import kind_of, mime_type
from backscroll.model.message import Kind

_EDGES: Final = " \t\n\u00a0\u200e\u200f\u202a\u202c\u202f\ufeff"
_MARK: Final = f"[{MARKS}]*+"
_END: Final = f"[ \n{MARKS}]*+$"
_LINE_END: Final = f"[ {MARKS}]*+(?:\n|$)"
_EDIT_MARK: Final = re.compile(f"[ \n{MARKS}]*<{_MARK}([^<>\n]{{5,60}}?)\\.?{_MARK}>{_END}")
_TAG_WORDS: Final = "|".join(map(re.escape, words.ATTACHED_TAG))
_TAG: Final = re.compile(
    f"<{_MARK}(?:{_TAG_WORDS})[ \u00a0]?:[ {MARKS}]*+([^<>\n]{{1,400}}?){_MARK}>{_END}",
    re.IGNORECASE,
)
# iOS marks its own words with a left-to-right mark, so there the word itself may be in any language.
_MARKED_TAG: Final = re.compile(f"\u200e<[^<>:\n]{{2,30}}:[ {MARKS}]*+([^<>\n]{{1,400}}\\.\\w{{1,8}}){_MARK}>{_END}")
_PHRASE: Final = re.compile(f"([^\n]{{1,400}}?) \\((?:{'|'.join(map(re.escape, words.ATTACHED_PHRASE))})\\){_LINE_END}")
_NAMED_BY_APP: Final = re.compile(
    f"((?:IMG|VID|AUD|PTT|STK|DOC)-\\d{{8}}-WA\\d+\\.\\w{{1,5}}) \\([^()\n]+\\){_LINE_END}"
)
_ABOUT_DOCUMENT: Final = re.compile(f"([^\n]+\\.\\w{{1,8}})[ {MARKS}]*+•[^\n]{{1,40}}$")
_PLACE: Final = re.compile(
    r"(?:[^\n:]{1,25}: )?https?://(?:maps\.google\.\w+/(?:maps)?\?q=|(?:www\.)?google\.\w+/maps/(?:\?q=|@|place/))-?\d\S*"
)

_WHOLE: Final = (
    words.DELETED
    | words.OMITTED.keys()
    | words.LIVE_LOCATION
    | {call for call in words.CALLS if " " in call and call[:7] in ("Missed ", "Verpass", "Gemiste")}
)


@dataclass(frozen=True, slots=True)
class Content:
    """A message's text and what hangs on it. `file_name` is None where the export says only that there was a file."""

    text: str
    kind: Kind = Kind.TEXT
    has_file: bool = False
    file_name: str | None = None
    is_edited: bool = False
    is_deleted: bool = False


def content_of(body: str) -> Content | None:
    """What the body means, or None where it is nothing but its own words (nearly always, so that is quick to tell)."""
    if not (
        "\u200e" in body
        or "<" in body
        or "(" in body
        or "://" in body
        or body.rstrip(".") in _WHOLE
        or body.startswith(words.POLL)
    ):
        return None
    body, edited = _without_edit_mark(body)
    found = _read(body)
    if found is None:
        return Content(body, is_edited=True) if edited else None
    return Content(found.text, found.kind, found.has_file, found.file_name, edited, found.is_deleted)


def _without_edit_mark(body: str) -> tuple[str, bool]:
    mark = _EDIT_MARK.search(body[-120:]) if body.rstrip(_EDGES).endswith(">") else None
    if mark is None or mark[1] not in words.EDITED:
        return body, False
    return body[: len(body) - len(mark.group())], True


def _read(body: str) -> Content | None:
    bare = body.strip(_EDGES)
    notice = bare.rstrip(".")
    if notice in words.DELETED:
        return Content("", is_deleted=True)
    if notice in words.LIVE_LOCATION or _PLACE.fullmatch(bare):
        return Content(bare, Kind.LOCATION)
    if bare.startswith(words.POLL):
        return Content(bare, Kind.POLL)
    if _is_call(bare):
        return Content(bare.replace("\u200e", ""), Kind.CALL)
    return _attached(body) or _left_out(body)


def _is_call(bare: str) -> bool:
    return (
        bare.startswith(words.CALLS)
        and "\n" not in bare
        and any(
            bare == call or (bare.startswith(call) and bare[len(call)] in ",." and len(bare) < len(call) + 50)
            for call in words.CALLS
        )
    )


def _attached(body: str) -> Content | None:
    found = _TAG.search(body) or _MARKED_TAG.search(body)
    if found:
        caption = body[: found.start()].strip(_EDGES)
        if _ABOUT_DOCUMENT.fullmatch(caption):
            caption = ""
    else:
        shown = body.lstrip(_EDGES)
        found = _PHRASE.match(shown) or _NAMED_BY_APP.match(shown)
        if found is None:
            return None
        caption = shown[found.end() :].strip(_EDGES)
    name = found[1].strip(_EDGES)
    return Content(caption, kind_of(mime_type(name), name), has_file=True, file_name=name)


def _left_out(body: str) -> Content | None:
    first, _, rest = body.partition("\n")
    kind = words.OMITTED.get(first.strip(_EDGES).rstrip("."))
    if kind is not None:
        return Content(rest.strip(_EDGES), kind, has_file=True)
    before, mark, last = body.rpartition("\u200e")
    kind = words.OMITTED.get(last.strip(_EDGES).rstrip(".")) if mark else None
    if kind is None:
        return None
    about = _ABOUT_DOCUMENT.fullmatch(before.strip(_EDGES))
    if about:
        return Content("", kind, has_file=True, file_name=about[1].strip(_EDGES))
    return Content(before.strip(_EDGES), kind, has_file=True)
