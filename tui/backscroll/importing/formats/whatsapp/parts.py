"""What a poll, a call or a place says, taken out of its words for programs."""

import re
from typing import Final

from backscroll.importing.formats.whatsapp.headers import BLANK, MARKS
from backscroll.importing.formats.whatsapp.words.messages import CALLS, MISSED_CALLS, POLL, SPANS

_MARKS: Final = re.compile(f"[{MARKS}]")
_POLL: Final = re.compile(f"(?P<word>[^\\s:]{{2,30}}){BLANK}?:{BLANK}?(?P<question>[^\n]*)\n?")
_OPTION: Final = re.compile(
    f"^(?P<word>[^\\s:]{{2,30}}){BLANK}?: (?P<text>[^\n]*?) ?[(（][^\\d\n()]*(?P<votes>\\d+)[^\n()]*[)）] *$",
    re.MULTILINE,
)
_LINK: Final = re.compile(
    r"(?:[^\n]{1,200}?:? |[^\n]{1,200}\n(?:[^\n]{1,200}\n)?)??"
    r"https?://(?:maps\.google\.\w+/(?:maps)?\?(?:\w+=[^\s&]*&)*?q=|(?:www\.)?google\.\w+/maps/(?:\?q=|@|place/)|foursquare\.com/v/)"
    r"(?:(?P<latitude>-?\d{1,2}\.\d+),(?P<longitude>-?\d{1,3}\.\d+))?\S*",
)
_AMOUNT: Final = re.compile(r"(\d+)\s*([^\W\d_]\S*)")
_CLOCK: Final = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d\d)$")
_LONGEST_CALL: Final = 80
_OPTIONS_LEAST: Final = 2


def poll_in(text: str) -> dict[str, object] | None:
    """The question and the options with their votes; None where the text is no poll.

    A poll opens with a word in capitals; where the language is unknown, two options with votes make it one.
    """
    found = _POLL.match(text)
    if found is None or not _is_capital(found["word"]):
        return None
    text = _MARKS.sub("", text)
    found = _POLL.match(text)
    if found is None:
        return None
    options = [option for option in _OPTION.finditer(text, found.end()) if _is_capital(option["word"])]
    one_word = len({option["word"] for option in options}) == 1
    if not text.startswith(POLL) and (len(options) < _OPTIONS_LEAST or not one_word):
        return None
    before = text[found.end() : options[0].start()] if options else text[found.end() :]
    question = found["question"].strip() or before.partition("\n")[0].strip()
    return {
        "question": question,
        "options": [{"text": option["text"].strip(), "votes": int(option["votes"])} for option in options],
    }


def _is_capital(word: str) -> bool:
    """Whether a word is in capitals, where its script has them."""
    return word == word.upper() and any(map(str.isalpha, word))


def call_in(text: str, *, is_marked: bool) -> dict[str, object] | None:
    """Whether it was a video call and was missed, and how many seconds it took, where that is told; None for no call.

    `is_marked` says that WhatsApp's own mark stands in the message: without it, and without a duration, the words for
    a call may be somebody's.
    """
    if "\n" in text or len(text) > _LONGEST_CALL:
        return None
    text = _MARKS.sub("", text)
    for missed, words in ((True, MISSED_CALLS), (False, CALLS)):
        call = next((call for call in words if text.startswith(call)), None)
        rest = text[len(call) :].strip() if call else ""
        if call is None or (rest and rest[0] not in ",.·(" and not missed):
            continue
        seconds = _seconds(rest)
        if (missed and rest in ("", ".")) or is_marked or seconds is not None:
            return {"video": words[call], "missed": missed, "seconds": seconds}
    return None


def _seconds(text: str) -> int | None:
    clock = _CLOCK.search(text)
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    spans = [
        int(amount) * next(seconds for word, seconds in SPANS.items() if unit.casefold().startswith(word))
        for amount, unit in _AMOUNT.findall(text)
        if unit.casefold().startswith(tuple(SPANS))
    ]
    return sum(spans) if spans else None


def place_in(text: str) -> dict[str, object] | None:
    """Latitude and longitude in degrees, as far as the link of a place has them; None where the text is no place."""
    found = _LINK.fullmatch(text)
    if found is None:
        return None
    if found["latitude"] is None:
        return {}
    return {"latitude": float(found["latitude"]), "longitude": float(found["longitude"])}
