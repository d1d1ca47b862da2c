"""What the text of one message says beyond words: files, what was left out, edits, calls, places, polls."""

import re
from dataclasses import dataclass, replace
from typing import Final

from backscroll.importing.formats.whatsapp.headers import MARK, MARKS
from backscroll.importing.formats.whatsapp.parts import call_in, place_in, poll_in
from backscroll.importing.formats.whatsapp.words.media import (
    ATTACHED_PHRASE,
    ATTACHED_TAG,
    OMITTED,
    VIEW_ONCE,
    VIEW_ONCE_NOTICES,
)
from backscroll.importing.formats.whatsapp.words.messages import (
    DELETED,
    DELETED_BY_ADMIN,
    EDITED,
    LIVE_LOCATION,
    MISSED_CALLS,
    POLL,
)
from backscroll.importing.media import kind_of, mime_type
from backscroll.model.message import Kind

_EDGES: Final = " \t\n\u00a0\u200e\u200f\u202a\u202c\u202f\ufeff"
_END: Final = f"[ \n{MARKS}]*+$"
_LINE_END: Final = f"[ {MARKS}]*+(?:\n|$)"
_EDIT_MARK: Final = re.compile(f"[ \n{MARKS}]*<{MARK}([^<>\n]{{5,60}}?)\\.?{MARK}>{_END}")
# iOS marks its own words with a left-to-right mark, so there they may be in any language.
_MARKED_EDIT: Final = re.compile(f"[ \n]*[\u200e\u200f]<{MARK}[^<>:\n]{{5,60}}>{_END}")
_TAG: Final = re.compile(
    f"<{MARK}(?:{'|'.join(map(re.escape, ATTACHED_TAG))})[ \u00a0]?[:：][ {MARKS}]*+([^<>\n]{{1,400}}?){MARK}>{_END}",
    re.IGNORECASE,
)
_MARKED_TAG: Final = re.compile(
    f"[\u200e\u200f]<[^<>:\n]{{2,30}}:[ {MARKS}]*+([^<>\n]{{1,400}}\\.\\w{{1,8}}){MARK}>{_END}"
)
_PHRASE: Final = re.compile(f"([^\n]{{1,400}}?) \\((?:{'|'.join(map(re.escape, ATTACHED_PHRASE))})\\){_LINE_END}")
_NAMED_BY_APP: Final = re.compile(
    f"((?:IMG|VID|AUD|PTT|STK|DOC)-\\d{{8}}-WA\\d+\\.\\w{{1,5}}) \\([^()\n]+\\){_LINE_END}"
)
_ABOUT_DOCUMENT: Final = re.compile(f"([^\n]+\\.\\w{{1,8}})[ {MARKS}]*+•[^\n]{{1,40}}$")

_WHOLE: Final = DELETED | OMITTED.keys() | LIVE_LOCATION | MISSED_CALLS.keys()
_BEGINNING: Final = 4
_BEGINNINGS: Final = frozenset(
    words[:_BEGINNING] for words in (*POLL, *DELETED_BY_ADMIN, *(opening for opening, _ in VIEW_ONCE_NOTICES))
)


@dataclass(frozen=True, slots=True)
class Content:
    """A message's text and what hangs on it.

    `file_name` is None where the export says only that there was a file. `parts` are what the text holds, for
    programs: `poll`, `call`, `location`, `view_once`.
    """

    text: str
    kind: Kind = Kind.TEXT
    has_file: bool = False
    file_name: str | None = None
    is_edited: bool = False
    is_deleted: bool = False
    parts: dict[str, object] | None = None


def content_of(body: str) -> Content | None:
    """What the body means, or None where it is nothing but its own words (nearly always, so that is quick to tell)."""
    if not (
        "\u200e" in body
        or "\u200f" in body
        or "<" in body
        or "(" in body
        or "://" in body
        or body.rstrip(".") in _WHOLE
        or body[:_BEGINNING] in _BEGINNINGS
    ):
        return None
    body, edited = _without_edit_mark(body)
    found = _read(body)
    if found is None:
        return Content(body, is_edited=True) if edited else None
    return replace(found, is_edited=True) if edited else found


def _without_edit_mark(body: str) -> tuple[str, bool]:
    if not body.rstrip(_EDGES).endswith(">"):
        return body, False
    end = body[-120:]
    mark = _EDIT_MARK.search(end)
    if mark is None or mark[1] not in EDITED:
        # A message that is nothing but words in brackets is a file that was left out.
        mark = _MARKED_EDIT.search(end)
        if mark is None or mark.start() == 0:
            return body, False
    return body[: len(body) - len(mark.group())], True


def _read(body: str) -> Content | None:
    bare = body.strip(_EDGES)
    notice = bare.rstrip(".")
    if bare in DELETED or notice in DELETED or bare.startswith(DELETED_BY_ADMIN):
        return Content("", is_deleted=True)
    place = {"live": True} if notice in LIVE_LOCATION else place_in(bare)
    if place is not None:
        return Content(bare, Kind.LOCATION, parts={"location": place})
    poll = poll_in(bare)
    if poll is not None:
        return Content(bare, Kind.POLL, parts={"poll": poll})
    call = call_in(bare, is_marked="\u200e" in body)
    if call is not None:
        return Content(bare.replace("\u200e", ""), Kind.CALL, parts={"call": call})
    return _attached(body) or _left_out(body)


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
    kind, once = _omitted(first)
    if kind is not None:
        return Content(rest.strip(_EDGES), kind, has_file=True, parts=once)
    before, mark, last = body.rpartition("\u200e")
    kind, once = _omitted(last) if mark else (None, None)
    if kind is None:
        return None
    about = _ABOUT_DOCUMENT.fullmatch(before.strip(_EDGES))
    if about:
        return Content("", kind, has_file=True, file_name=about[1].strip(_EDGES))
    return Content(before.strip(_EDGES), kind, has_file=True, parts=once)


def _omitted(words: str) -> tuple[Kind | None, dict[str, object] | None]:
    """What was left out according to some words, and whether it could be looked at only once."""
    words = words.strip(_EDGES).rstrip(".")
    for opening, kind in VIEW_ONCE_NOTICES:
        if words.startswith(opening):
            return kind, {"view_once": True}
    return OMITTED.get(words), {"view_once": True} if words in VIEW_ONCE else None
