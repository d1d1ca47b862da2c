"""What WhatsApp's own lines tell of, in words for programs: who added whom, who left, whose number changed."""

from typing import Final

from backscroll.importing.formats.whatsapp.words.messages import MISSED_CALLS
from backscroll.importing.formats.whatsapp.words.notices import ENCRYPTED, TOLD

_LONGEST: Final = 500
_QUOTES: Final = '“”„"«»‘’ \u00a0'
_TRIES: Final = 200  # notices of a file after which its language is taken for unknown


class Notices:
    """Understands the notices of one file, which are all in one language."""

    def __init__(self) -> None:
        self._languages = tuple(TOLD)
        self._missed = 0

    def read(self, text: str) -> dict[str, object] | None:
        """What a notice tells of (`notice`), and whom it names (`by`, `who`, `to`); None where that cannot be told."""
        if len(text) > _LONGEST:
            return None
        if ENCRYPTED.search(text):
            return {"notice": "encrypted"}
        if text.rstrip(".") in MISSED_CALLS:
            return {"notice": "missed call"}
        for language in self._languages:
            for what, pattern in TOLD[language]:
                found = pattern.fullmatch(text)
                if found:
                    self._languages = (language,)
                    named = {group.rstrip("0123456789"): name for group, name in found.groupdict().items() if name}
                    return {"notice": what} | {group: name.strip(_QUOTES) for group, name in named.items()}
        self._missed += 1
        if self._missed == _TRIES and len(self._languages) > 1:
            self._languages = ()
        return None
