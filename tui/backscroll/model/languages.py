"""Languages by their ISO 639-1 codes and English names: those that can be told from texts or that have stems."""

from typing import Final

_TABLE: Final = """
    am Amharic, ar Arabic, az Azerbaijani, be Belarusian, bg Bulgarian, bn Bengali, bs Bosnian, ca Catalan, cs Czech,
    da Danish, de German, el Greek, en English, eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian,
    fi Finnish, fr French, ga Irish, gu Gujarati, he Hebrew, hi Hindi, hr Croatian, hu Hungarian, hy Armenian,
    id Indonesian, is Icelandic, it Italian, ja Japanese, ka Georgian, kn Kannada, ko Korean, ku Kurdish, lo Lao,
    lt Lithuanian, lv Latvian, ml Malayalam, mr Marathi, ms Malay, ne Nepali, nl Dutch, no Norwegian, or Oriya,
    pa Punjabi, pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, sl Slovene, sq Albanian,
    sr Serbian, st Sesotho, sv Swedish, ta Tamil, te Telugu, th Thai, tl Tagalog, tr Turkish, uk Ukrainian,
    ur Urdu, vi Vietnamese, yi Yiddish, yo Yoruba, zh Chinese"""
LANGUAGES: Final[dict[str, str]] = dict(
    sorted((entry.split() for entry in _TABLE.split(",")), key=lambda pair: pair[1])
)
"""English names by code, in the order of the names."""
_CODES: Final = {name.lower(): code for code, name in LANGUAGES.items()}


def language_code(text: str) -> str | None:
    """The code of a language that is named by its code or its English name; None where there is no such one."""
    said = text.strip().lower()
    return said if said in LANGUAGES else _CODES.get(said)


def language_name(code: str | None) -> str:
    """The English name of a language, or its code where it has none here; `none` where there is no language."""
    return "none" if code is None else LANGUAGES.get(code, code)
