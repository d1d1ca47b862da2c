"""What each filter, and each value that it knows, means in a few words."""

from typing import Final

MEANINGS: Final[dict[str, str]] = {
    "from": "written by someone",
    "to": "written to someone",
    "with": "in chats in which someone takes part",
    "in": "in chats whose title holds this",
    "thread": "in threads whose title holds this",
    "source": "from a source or format",
    "tag": "with an annotation that bears this tag",
    "code": "with this code, one below it, or this category",
    "note": "an annotation or bookmark holds this word",
    "before": "sent before a day, month or year",
    "after": "sent after a day, month or year",
    "on": "sent in that day, week, month or year",
    "date": "sent from one date to another: 2020..2021-03",
    "older_than": "sent longer ago: 3w",
    "newer_than": "sent since: 3w",
    "weekday": "sent on a day of the week: sun, mon..fri",
    "hour": "sent in an hour of the day: 17, 22..6",
    "has": "with a link, an image, a note ...",
    "is": "edited, unread, mine ...",
    "type": "made of text, an image, a poll ...",
    "lang": "in chats in that language",
    "id": "the message with this id",
    "near": "said shortly before or after a message",
}
"""Of every filter."""

OF_VALUES: Final[dict[str, dict[str, str]]] = {
    "has": {
        "link": "with a link",
        "image": "with a picture",
        "video": "with a video",
        "audio": "with a sound or voice message",
        "file": "with any file",
        "reaction": "somebody reacted to it",
        "reply": "somebody answered it",
        "note": "somebody annotated it",
        "code": "with a code or a category",
        "bookmark": "you bookmarked it",
        "annotation": "as has:note",
        "attachment": "as has:file",
        "photo": "as has:image",
        "voice": "as has:audio",
    },
    "is": {
        "bookmarked": "you bookmarked it",
        "annotated": "somebody annotated it",
        "edited": "changed after it was sent",
        "deleted": "taken back after it was sent",
        "forwarded": "written somewhere else first",
        "system": "a notice, written by nobody",
        "unread": "you have not read it",
        "mine": "the archive's owner wrote it",
        "reply": "it answers another message",
        "answered": "somebody answered it",
    },
}
"""Of the values of some filters; those of the others speak for themselves."""
