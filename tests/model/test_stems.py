"""Other forms of a word have its stem, in the language of the chat, and stems meet neither words nor beginnings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.importing.lexicon import Lexicon, is_kept
from backscroll.model.languages import LANGUAGES, language_code, language_name
from backscroll.model.stems import CHANGING_BEGINNINGS, forms, has_stems, mark, marked_stems, stems
from backscroll.model.words import normalise, said_words

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
STEMMED = sorted(code for code in LANGUAGES if has_stems(code))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "running", "runs"),
        ("en", "parties", "party"),
        ("de", "Häusern", "haus"),
        ("de", "Hausern", "Häuser"),
        ("fr", "continuellement", "continuelle"),
        ("es", "canciones", "canción"),
        ("ru", "новый", "нового"),
        ("ru", "ключей", "ключи"),
        ("pl", "domów", "domach"),
        ("tr", "kitaplar", "KİTAP"),
        ("ar", "المكتبة", "مكتبه"),
        ("hi", "किताबें", "किताब"),
        ("el", "δρόμους", "δρόμος"),
        ("sv", "flickorna", "flickor"),
        ("id", "membaca", "baca"),
    ],
)
def test_one_form_asks_for_the_other(language: str, one: str, other: str) -> None:
    for asked, stands in ((one, other), (other, one)):
        ((said, normal),) = said_words(asked)
        known = {*normalise(stands).split(), *marked_stems(stands, language)}
        assert known & set(forms(said, normal, [language])), (asked, stands)
        assert not known & set(forms(said, normal, []))


@given(TEXTS, st.sampled_from(STEMMED))
def test_a_stem_is_marked_and_no_text_holds_it(text: str, language: str) -> None:
    for stem in marked_stems(text, language):
        assert stem.startswith(mark(language))
        assert " " not in stem
        assert normalise(stem) != stem
        assert not any(word.startswith(mark(language)) for word in normalise(text).split())


@given(TEXTS, st.sampled_from(sorted(set(STEMMED) - CHANGING_BEGINNINGS)))
def test_a_stem_begins_as_its_word_does(text: str, language: str) -> None:
    for said, normal in said_words(text):
        assert all(stem[0] == normal[0] for stem in stems(said, normal, language))


@given(TEXTS, st.sampled_from([*STEMMED, "ja"]))
def test_what_is_remembered_of_pieces_is_what_texts_have(text: str, language: str) -> None:
    lexicon = Lexicon()
    for _ in range(2):
        search_text, beside = lexicon.look_up(text, language)
        assert set((beside or "").split()) == marked_stems(text, language)
        assert search_text == (None if text.isascii() else normalise(text))
    assert {word for word in normalise(text).split() if is_kept(word)} <= set(lexicon.take_words())


def test_a_language_is_named_by_its_code_or_its_name() -> None:
    assert [language_code(text) for text in ("de", "German", " GERMAN", "germ", "")] == ["de", "de", "de", None, None]
    assert (language_name("de"), language_name(None), language_name("xx")) == ("German", "none", "xx")
