"""One large JSON document is walked without being held, and read as far as it is JSON."""

import io
import json
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.importing import streaming
from backscroll.importing.streaming import BrokenError, Document

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def walked(document: Document) -> object:
    """The whole value, entered wherever it can be."""
    if document.opens() == "{":
        return {key: walked(document) for key in document.fields()}
    if document.opens() == "[":
        return [walked(document) for _ in document.items()]
    return document.value()


@settings(max_examples=200, deadline=None)
@given(values, st.integers(1, 7), st.sampled_from([None, 2]), st.booleans())
def test_a_walk_gives_what_a_parser_gives_however_the_file_is_cut(value, chunk, indent, plain):
    text = json.dumps(value, indent=indent, ensure_ascii=plain).encode("utf-8", "surrogatepass")
    want = json.loads(text.decode("utf-8", "replace"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "CHUNK", chunk)
        assert walked(Document(io.BytesIO(text))) == want


@settings(max_examples=100, deadline=None)
@given(st.lists(values, max_size=6), values)
def test_what_is_not_taken_is_passed(others, wanted):
    text = json.dumps({"a": others, "b": {"c": others}, "wanted": wanted, "z": others}).encode()
    document = Document(io.BytesIO(text))
    assert [document.value() for key in document.fields() if key == "wanted"] == [wanted]
    assert document.opens() == ""
    assert document.position == len(text)


def test_a_list_is_read_as_far_as_it_goes():
    document = Document(io.BytesIO(b'[{"a": 1},\n {"a": 2},\n {"a": '))
    rounds = document.items()
    taken = [document.value() for _ in islice(rounds, 2)]
    next(rounds)
    with pytest.raises(BrokenError):
        document.value()
    assert taken == [{"a": 1}, {"a": 2}]
    assert (document.line, document.rest) == (3, '{"a": ')


@pytest.mark.parametrize("text", ["", "{", "[1 2]", '{"a" 1}', "{1: 2}", "nul", "[1,]", "]"])
def test_what_is_not_json_is_broken(text):
    document = Document(io.BytesIO(text.encode()))
    with pytest.raises(BrokenError):
        walked(document)


def test_nesting_has_an_end():
    deep = b'{"a": ' + b"[" * 100_000
    with pytest.raises(BrokenError, match="deep"):
        Document(io.BytesIO(deep)).value()
    with pytest.raises(BrokenError, match="deep"):
        list(Document(io.BytesIO(deep)).fields())


def test_control_characters_as_telegram_writes_them_are_read():
    assert Document(io.BytesIO(rb'{"text": "a\x0Bb\\x0B"}')).value() == {"text": "a\x0bb\\x0B"}


def test_a_byte_order_mark_and_utf_16_are_understood():
    assert Document(io.BytesIO("\ufeff[1]".encode())).value() == [1]
    assert Document(io.BytesIO('["ä"]'.encode("utf-16"))).value() == ["ä"]


def test_no_more_is_held_than_what_is_at_hand():
    item = json.dumps({"id": 1, "text": "word " * 200})
    document = Document(io.BytesIO(b'{"skipped": [' + b",".join([item.encode()] * 4000) + b'], "messages": ['
                                   + b",".join([item.encode()] * 4000) + b"]}"))  # fmt: skip
    tracemalloc.start()
    try:
        read = sum(
            document.value() is not None for key in document.fields() if key == "messages" for _ in document.items()
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == 4000
    assert document.position > 8_000_000
    assert peak < 3_000_000
