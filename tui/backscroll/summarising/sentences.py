"""Cuts what people wrote into sentences, by the rules of Unicode, in any script.

The rules are those of Unicode Standard Annex 29, "Sentence Boundaries", written with the properties that it names (SB).
"""

from typing import Final

import regex

from backscroll.model.fences import fences
from backscroll.model.links import link_spans

_X: Final = r"[\p{SB=Extend}\p{SB=Format}]*"  # SB5: what hangs on a character goes with it
_AFTER: Final = rf"(?:\p{{SB=Close}}{_X}+)*+(?:\p{{SB=Sp}}{_X}+)*+"
_SAME: Final = r"[\p{SB=SContinue}\p{SB=STerm}\p{SB=ATerm}]"
_END: Final = regex.compile(
    r"[\p{SB=Sep}\p{SB=CR}\p{SB=LF}]+"  # SB3, SB4
    rf"|\p{{SB=STerm}}{_X}+{_AFTER}(?!{_SAME})"  # SB8a, SB9 to SB11
    rf"|\p{{SB=ATerm}}{_X}+"
    r"(?!\p{SB=Numeric})"  # SB6: 3.14
    rf"(?!(?<=[\p{{SB=Upper}}\p{{SB=Lower}}]{_X}\p{{SB=ATerm}}{_X})\p{{SB=Upper}})"  # SB7: U.S.
    rf"{_AFTER}(?!{_SAME})"
    # SB8: what goes on with a small letter is no new sentence.
    r"(?![^\p{SB=OLetter}\p{SB=Upper}\p{SB=Lower}\p{SB=Sep}\p{SB=CR}\p{SB=LF}\p{SB=STerm}\p{SB=ATerm}]*+\p{SB=Lower})"
)


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end (exclusive), without blanks around them; blank ones are left out."""
    ends = [*(end.end() for end in _END.finditer(_with_links_as_words(text))), len(text)]
    found: list[tuple[int, int]] = []
    for start, end in zip([0, *ends], ends, strict=False):
        sentence = text[start:end]
        first = end - len(sentence.lstrip())
        found += [(first, start + len(sentence.rstrip()))] if sentence.strip() else []
    return found


def _with_links_as_words(text: str) -> str:
    """The text with letters for links, in which marks end nothing."""
    for start, end in link_spans(text) if "://" in text else []:
        text = f"{text[:start]}{'x' * (end - start)}{text[end:]}"
    return text


def sentences(text: str) -> list[str]:
    """The sentences of a message in its order, without program text and without what is quoted from others."""
    found: list[str] = []
    position = 0
    for start, end in [*(fence.whole for fence in fences(text)), (len(text), len(text))]:
        said = text[position:start]
        found += [sentence for first, last in spans(said) if not (sentence := said[first:last]).startswith(">")]
        position = end
    return found
