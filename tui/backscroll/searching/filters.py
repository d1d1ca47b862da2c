"""The filters of the query language: what stands after each name, and what it asks for."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias, TypeVar, cast, get_args
from uuid import UUID

from backscroll.dates import Span, month_span, named, start_of
from backscroll.model.languages import LANGUAGES, language_code
from backscroll.model.message import Kind
from backscroll.model.query import (
    Asked,
    Identified,
    Mark,
    Marked,
    Named,
    NameKind,
    Near,
    Noted,
    OfKind,
    Sent,
    Spoken,
    Term,
)
from backscroll.model.words import query_words
from backscroll.searching.clocks import WEEKDAYS, hour, weekday
from backscroll.searching.readings import Setting, near_to, wrong
from backscroll.searching.tokens import Token

V = TypeVar("V")
Reading: TypeAlias = Callable[[Token, Setting], Asked]

_HAS: Final[dict[str, Mark]] = {
    "link": "link",
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "reaction": "reaction",
    "reply": "answer",
    "note": "note",
    "code": "code",
    "bookmark": "bookmark",
    "annotation": "note",
    "attachment": "file",
    "photo": "image",
    "voice": "audio",
}
_IS: Final[dict[str, Mark | Kind]] = {
    "bookmarked": "bookmark",
    "annotated": "note",
    "edited": "edited",
    "deleted": "deleted",
    "forwarded": "forwarded",
    "system": Kind.SYSTEM,
    "unread": "unread",
    "mine": "mine",
    "reply": "reply",
    "answered": "answer",
}
_KINDS: Final[dict[str, Kind]] = {
    **{kind.value: kind for kind in Kind},
    "photo": Kind.IMAGE,
    "voice": Kind.AUDIO,
    "file": Kind.DOCUMENT,
}
_AGE: Final = re.compile(r"(\d{1,4})(h|d|w|m|y)")


def _named(token: Token, _setting: Setting) -> Asked:
    if not token.text:
        raise wrong(token, f"{token.typed}: needs a name", f'Write {token.typed}:ana, or {token.typed}:"Ana Maria".')
    return Named(cast("NameKind", token.name), token.text, token.is_quoted)


def _noted(token: Token, _setting: Setting) -> Asked:
    is_begun = token.text.endswith("*") and not token.is_quoted
    words, goes_on = query_words(token.text)
    if not words:
        raise wrong(token, f"{token.typed}: needs a word", f'Write {token.typed}:odd, or {token.typed}:"look again".')
    return Noted(Term(words, is_begun or goes_on))


def _has(token: Token, _setting: Setting) -> Asked:
    return Marked(_one_of(token, _HAS))


def _is(token: Token, _setting: Setting) -> Asked:
    found = _one_of(token, _IS)
    return OfKind(found) if isinstance(found, Kind) else Marked(found)


def _kind(token: Token, _setting: Setting) -> Asked:
    return OfKind(_one_of(token, _KINDS))


def _one_of(token: Token, known: Mapping[str, V]) -> V:
    found = known.get(token.text.lower())
    if found is None:
        meant = near_to(token.text, list(known))
        likely = f"Did you mean {token.typed}:{meant}? " if meant else ""
        hint = f"{likely}{token.typed}: goes with {', '.join(known)}."
        raise wrong(token, f"{token.typed}:{token.text[:40]} is not known", hint)
    return found


def _language(token: Token, _setting: Setting) -> Asked:
    if token.text.lower() == "none":
        return Spoken(None)
    code = language_code(token.text)
    if code is None:
        meant = near_to(token.text, [name.lower() for name in LANGUAGES.values()])
        likely = f"Did you mean lang:{meant}? " if meant else ""
        hint = f"{likely}Write lang:de, lang:german, or lang:none for chats without a language."
        raise wrong(token, f"{token.text[:40] or 'lang:'} is not a language", hint)
    return Spoken(code)


def _span(token: Token, setting: Setting, value: str | None = None) -> Span:
    said = token.text if value is None else value
    span = named(said, setting.today)
    if span is None:
        *some, last = (f"{token.typed}:{example}" for example in ("2021", "2021-03", "2021-03-05", '"last tuesday"'))
        raise wrong(token, f"{token.typed}:{said[:40]} is not a date", f"Write {', '.join(some)} or {last}.")
    return span


def _before(token: Token, setting: Setting) -> Asked:
    return Sent(until=start_of(_span(token, setting).first, setting.zone))


def _after(token: Token, setting: Setting) -> Asked:
    return Sent(since=start_of(_span(token, setting).after, setting.zone))


def _on(token: Token, setting: Setting) -> Asked:
    span = _span(token, setting)
    return Sent(start_of(span.first, setting.zone), start_of(span.after, setting.zone))


def _date(token: Token, setting: Setting) -> Asked:
    first, dots, last = token.text.partition("..")
    if not dots:
        return _on(token, setting)
    if not first.strip() and not last.strip():
        hint = "Write date:2020..2021, date:2020.. or date:..2021-03."
        raise wrong(token, f"{token.typed}: needs a day on one side", hint)
    since = start_of(_span(token, setting, first).first, setting.zone) if first.strip() else None
    until = start_of(_span(token, setting, last).after, setting.zone) if last.strip() else None
    if since and until and since >= until:
        turned = f"{token.typed}:{last.strip()[:40]}..{first.strip()[:40]}"
        raise wrong(token, f"{token.typed}: ends before it begins", f"Write {turned}.")
    return Sent(since, until)


def _older(token: Token, setting: Setting) -> Asked:
    return Sent(until=_ago(token, setting))


def _newer(token: Token, setting: Setting) -> Asked:
    return Sent(since=_ago(token, setting))


def _ago(token: Token, setting: Setting) -> datetime:
    match = _AGE.fullmatch(token.text.lower())
    if not match:
        hint = f"Write {token.typed}:3w: a number and h, d, w, m or y for hours, days, weeks, months or years."
        raise wrong(token, f"{token.typed}:{token.text[:40]} is not an age", hint)
    count, unit = int(match[1]), match[2]
    if unit in "hdw":
        return setting.now - timedelta(hours=count * {"h": 1, "d": 24, "w": 168}[unit])
    months = count * (12 if unit == "y" else 1)
    today = setting.today
    try:
        years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        span = month_span(years, month + 1)
    except ValueError:
        raise wrong(token, f"{token.typed}:{token.text} is before the calendar", "Write a smaller number.") from None
    day = min(today.day, (span.after - span.first).days)
    return setting.now + timedelta(days=(span.first.replace(day=day) - today).days)


def _identified(token: Token, _setting: Setting) -> Asked:
    digits = token.text.rpartition("_")[2].replace("-", "").lower()
    if not 4 <= len(digits) <= 32 or set(digits) - set("0123456789abcdef"):
        raise wrong(
            token,
            f"{token.text[:60]} is not a message's id",
            "At least 4 of its digits; `show` and `search` print ids.",
        )
    return Identified(UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f")))


def _near(token: Token, setting: Setting) -> Asked:
    _identified(token, setting)
    return Near(token.text, token.start, token.end)


ALIASES: Final = {"sender": "from", "chat": "in", "channel": "in", "during": "on", "category": "code"}
"""Other names of filters."""
FILTERS: Final[dict[str, Reading]] = {
    **dict.fromkeys(get_args(NameKind), _named),
    "before": _before,
    "after": _after,
    "on": _on,
    "date": _date,
    "older_than": _older,
    "newer_than": _newer,
    "weekday": weekday,
    "hour": hour,
    "note": _noted,
    "has": _has,
    "is": _is,
    "type": _kind,
    "lang": _language,
    "id": _identified,
    "near": _near,
}
"""Every filter by its name."""
VALUES: Final[dict[str, Collection[str]]] = {"has": _HAS, "is": _IS, "type": _KINDS, "weekday": WEEKDAYS}
"""What filters go with that know only some values."""
