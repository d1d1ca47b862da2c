"""Who speaks on a line: a person, or WhatsApp itself."""

import re
from typing import Final

from backscroll.importing.formats.whatsapp.headers import MARKS
from backscroll.importing.formats.whatsapp.words.notices import ENCRYPTED

_MARKS: Final = re.compile(f"[{MARKS}]")
_NOT_A_NAME: Final = re.compile(r"://|(?:^|\D)\d{1,2}:\d\d$")
_OPEN_QUOTE: Final = re.compile("“[^”]*$|„[^“”]*$|«[^»]*$|「[^」]*$")
MARK: Final = ("\u200e", "\u200f")
"""What iOS puts before its own words; the second where one writes from right to left."""
EDGES: Final = "\u200e\u200f "


def sender_name(shown: str) -> str | None:
    """The name of a person, cleaned of invisible marks and of the tilde before unknown contacts; None for no name.

    A web address or a time before the colon, or a quotation that is still open there (`Ana changed the subject to
    “Plan: B”`), shows that the colon belongs to a notice.
    """
    name = _MARKS.sub("", shown).strip()
    if name.startswith("~"):
        name = name[1:].strip() or name
    if not name or name.count('"') % 2 or _NOT_A_NAME.search(name):
        return None
    unclosed = _OPEN_QUOTE.search(name)
    return None if unclosed and "„" not in name[: unclosed.start()] else name


def is_notice(name: str, title: str | None, body: str) -> bool:
    """Whether WhatsApp says this in the name of a person, of the contact or of the group, as iOS does.

    Such lines open with a mark of direction and then name the person (`Ana: <mark>Ana left`), tell of the
    encryption, or stand under the group's own name; `title` is that, and None where the chat is no group.
    """
    if not body.startswith(MARK) or body[1:2] == "<":
        return False
    said = body[1:400]
    return name == title or said.startswith(name + " ") or ENCRYPTED.search(said) is not None
