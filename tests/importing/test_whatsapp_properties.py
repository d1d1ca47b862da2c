"""WhatsApp's text export: what holds for any text at all."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.formats.whatsapp import WhatsApp
from backscroll.importing.formats.whatsapp.content import content_of
from backscroll.importing.formats.whatsapp.families import family_of
from tests.importing.export_files import read
from tests.importing.whatsapp_writer import phones

FAMILIES = {
    "android dmy": "{:%d/%m/%Y, %H:%M} - ",
    "android mdy short": "{:%m/%d/%y, %H:%M} - ",
    "android ymd": "{:%Y-%m-%d %H:%M} - ",
    "android dots": "{:%d.%m.%y, %H:%M} - ",
    "android 12 h": "{:%m/%d/%Y, %I:%M %p} - ",
    "ios": "[{:%d.%m.%y, %H:%M:%S}] ",
    "ios 12 h": "\u200e[{:%d/%m/%Y, %I:%M:%S\u202f%p}] ",
    "ios time first": "[{:%H:%M:%S, %d/%m/%Y}] ",
    "old ios": "{:%d/%m/%y %H:%M:%S}: ",
}
ORDERS = {"android mdy short": "mdy", "android 12 h": "mdy", "android ymd": "ymd"}

moments = st.datetimes(datetime(2009, 1, 1), datetime(2049, 12, 31)).map(lambda t: t.replace(microsecond=0))
names = st.from_regex(re.compile(r"[A-Za-zÄÖÜéñ+][\w .'+()-]{0,20}[\w)]", re.ASCII), fullmatch=True).filter(
    lambda n: not re.search(r"\d:\d\d$", n)
)
plain_lines = st.text(
    st.characters(codec="utf-8", exclude_characters="<([{", exclude_categories=("Cc", "Cf", "Zl", "Zp")),
    max_size=40,
).filter(lambda line: family_of(line) is None)
texts = st.lists(plain_lines, min_size=1, max_size=4).map("\n".join).filter(lambda text: content_of(text) is None)
header_like = st.builds(
    lambda family, moment, name: FAMILIES[family].format(moment) + name,
    st.sampled_from(sorted(FAMILIES)), moments, st.sampled_from(["Ana: ", "Ana ", "", "~\u202fBo: \u200e", "x://y: "]),
)  # fmt: skip
fragments = st.sampled_from(
    ["99/99/99, 99:99 - A: ", "[", "12:30", " - ", "\u200e", "<attached: ", ">", "PM", "1/2/24", "\0", ": "]
)


def read_text(text: str, **others: object):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "WhatsApp Chat with Test.txt"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return read(WhatsApp(), path, **others)


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(moments, names, texts), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_what_was_written_is_read_in_every_family(family, messages, line_end):
    written = "".join(FAMILIES[family].format(moment) + f"{name}: {text}{line_end}" for moment, name, text in messages)
    found = read_text(written, date_order=ORDERS.get(family, "dmy"))
    has_seconds = "%S" in FAMILIES[family]
    assert [(e.clock, e.person, e.text) for e in found.entries] == [
        (moment if has_seconds else moment.replace(second=0), name.strip(), text) for moment, name, text in messages
    ]


@settings(max_examples=300, deadline=None)
@given(phones(), st.lists(st.tuples(moments, names, texts), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_what_a_phone_of_any_language_writes_is_read(phone, messages, line_end):
    written = "".join(f"{phone.header(moment)}{name}: {text}{line_end}" for moment, name, text in messages)
    found = read_text(written, date_order=phone.order)
    assert [(e.clock, e.person, e.text) for e in found.entries] == [
        (moment if phone.has_seconds else moment.replace(second=0), name.strip(), text)
        for moment, name, text in messages
    ]
    assert not found.rejected


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(header_like, plain_lines, st.lists(fragments, max_size=5).map("".join)), max_size=25))
def test_every_line_is_in_exactly_one_message_or_rejected(lines):
    numbered = [f"{line}word{number}word" for number, line in enumerate(lines)]
    try:
        found = read_text("\n".join(numbered), date_order="dmy")
    except AppError as error:
        if error.code not in {"not_recognised", "wrong_date_order"}:
            raise
        return
    kept = [entry.text for entry in found.entries] + [rejected.raw for rejected in found.rejected]
    counts = Counter(word for text in kept for word in re.findall(r"word\d+word", text))
    counts.update(re.findall(r"word\d+word", " ".join(str(a.file_name) for e in found.entries for a in e.attachments)))
    counts.update(re.findall(r"word\d+word", " ".join(p.name for p in found.people)))
    assert set(counts) == {f"word{number}word" for number in range(len(lines))}
    assert max(counts.values()) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_is_too_strange_to_be_looked_at(text):
    content_of(text)
    family_of(text)
    try:
        read_text("25/03/24, 10:00 - A: x\n" + text)
    except AppError as error:
        if error.code != "ambiguous_date_order":
            raise


@pytest.mark.parametrize(
    "piece", ["(", "<", "a.b ", "\u200e", "1/1/", "11:11:", " - ", "[1.1.11, 1:11", "x: ", "Anhang: ", ":", "• "]
)
def test_long_repetitions_are_read_in_linear_time(piece):
    # Backtracking would take minutes on one of these, not milliseconds.
    text = "25/03/24, 10:00 - A: " + piece * 20_000
    assert len(read_text(text).entries) == 1
