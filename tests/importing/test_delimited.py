"""Tables: columns, separators, quoting, times, and rows that cannot be read."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.export import open_export
from backscroll.importing.formats.delimited import Delimited
from backscroll.importing.moments import read_moment
from backscroll.importing.records import Chat
from backscroll.model.message import Kind
from tests.importing.export_files import read, real, zipped

GITTER = ("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text")
SHORT = ("sent_at", "sender", "text")


@pytest.fixture
def table(tmp_path):
    """Writes a table and reads it."""

    def write_and_read(text: str | bytes, name: str = "table.csv", **others):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read(Delimited(), path, **others)

    return write_and_read


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
def test_the_separator_is_found(table, separator):
    rows = [["2024-03-25T10:00:00Z", "Ana", "a"], ["2024-03-25T10:01:00Z", "Bo", "b"]]
    found = table("\n".join(separator.join(row) for row in rows), columns=SHORT)
    assert [(e.person, e.text) for e in found.entries] == [("Ana", "a"), ("Bo", "b")]


def test_all_columns_find_their_place(table):
    columns = (*GITTER, "thread", "parent", "kind", "-")
    found = table("r1\tRoom\t2024-03-25T10:00:00.123Z\tu1\tAna\tm1\thello\tt1\tm0\timage\tskipped\n", columns=columns)
    assert (found.chats[0].external_id, found.chats[0].title) == ("r1", "Room")
    assert (found.people[0].external_id, found.people[0].name) == ("u1", "Ana")
    entry = found.entries[0]
    assert (entry.external_id, entry.clock, entry.text, entry.thread, entry.parent) == ("m1", None, "hello", "t1", "m0")
    assert (entry.kind, entry.sent_at) == (Kind.IMAGE, datetime(2024, 3, 25, 10, 0, 0, 123000, tzinfo=UTC))
    assert [t.external_id for t in found.topics] == ["t1"]


def test_what_is_not_told_falls_back(table):
    entry = table("2024-03-25 10:00,Ana,x\n,,\n", "family talk.csv", columns=SHORT).entries[0]
    assert (entry.chat, entry.person, entry.external_id) == ("family talk", "Ana", None)
    assert entry.clock == datetime(2024, 3, 25, 10, 0)
    found = table("c1,2024-03-25 10:00,,x\n", columns=("chat_id", "sent_at", "sender", "text"))
    assert found.chats[0].title == "c1"
    assert (found.entries[0].person, found.entries[0].kind) == (None, Kind.SYSTEM)
    found = table("Room,2024-03-25 10:00,u1,x\n", columns=("chat", "sent_at", "sender_id", "text"))
    assert found.people[0].name == "u1"


def test_a_source_of_its_own_is_another_identity(table):
    row = "2024-03-25 10:00,Ana,x\n"
    assert table(row, columns=SHORT).reading.identity == "delimited"
    assert table(row, columns=SHORT, source="gitter").reading.identity == "delimited:gitter"


def test_interleaved_chats_and_changing_names_are_told_once(table):
    rows = [("a", "u1", "Ana"), ("b", "u1", "Ana"), ("a", "u1", "Annie"), ("b", "u2", "Bo"), ("a", "u1", "Ana")]
    text = "".join(f"{chat},2024-03-25 10:00,{who},{name},x\n" for chat, who, name in rows)
    found = table(text, columns=("chat", "sent_at", "sender_id", "sender", "text"))
    told = [(p.chat, p.external_id, p.name) for p in found.people]
    assert told == [("a", "u1", "Ana"), ("b", "u1", "Ana"), ("b", "u2", "Bo")]
    assert [type(r) for r in found.records].count(Chat) == 2


def test_quotes_and_line_breaks_inside_a_cell(table):
    text = '2024-03-25 10:00\tAna\t"he said ""hi""\nand left\r\n\n"\n2024-03-25 10:01\tBo\tplain "quoted" words\n'
    found = table(text, columns=SHORT)
    assert [e.text for e in found.entries] == ['he said "hi"\nand left\r\n\n', 'plain "quoted" words']


def test_a_quotation_mark_that_never_closes_costs_nothing_else(table):
    lines = ['"Oh" she said', '"never closed', "fine", '"closed"', 'also "fine']
    text = "".join(f"2024-03-25 10:0{n}\tAna\t{line}\n" for n, line in enumerate(lines))
    found = table(text, columns=SHORT)
    assert [e.text for e in found.entries] == ['"Oh" she said', '"never closed', "fine", "closed", 'also "fine']
    assert not found.rejected


def test_rows_that_cannot_be_read_are_rejected_with_their_line(table):
    text = ('2024-03-25 10:00,Ana,"two\nlines"\n2024-03-25 10:00,Ana\n\nlately,Ana,x\n2024-03-25 10:00,Ana,x,y\n'
            '2024-03-25 10:00,Ana,last\n')  # fmt: skip
    found = table(text, columns=SHORT)
    assert [e.text for e in found.entries] == ["two\nlines", "last"]
    assert [r.place for r in found.rejected] == ["table.csv:3", "table.csv:5", "table.csv:6"]
    assert [r.reason for r in found.rejected][::2] == ["2 cells instead of 3", "4 cells instead of 3"]


def test_an_unknown_kind_is_rejected(table):
    found = table("2024-03-25 10:00,Ana,x,dance\n", columns=(*SHORT, "kind"))
    assert (len(found.entries), len(found.rejected)) == (0, 1)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-25T10:00:00Z", "2024-03-25T10:00:00+00:00"),
        ("2024-03-25T10:00:00.123456+02:00", "2024-03-25T08:00:00.123456+00:00"),
        ("2024-03-25 10:00", "2024-03-25T09:00:00+00:00"),
        ("2024-07-25 10:00:01", "2024-07-25T08:00:01+00:00"),
        ("20240325", "2024-03-24T23:00:00+00:00"),
        ("1711360800", "2024-03-25T10:00:00+00:00"),
        (" 1711360800.000003 ", "2024-03-25T10:00:00.000003+00:00"),
        ("1711360800123", "2024-03-25T10:00:00.123000+00:00"),
    ],
)
def test_times_are_read_in_every_notation(text, moment):
    assert read_moment(text, ZoneInfo("Europe/Berlin"))[1].isoformat() == moment


@pytest.mark.parametrize("text", ["", "now", "2024-13-01", "9" * 20, "٣٢١", "0001-01-01T00:00:00+10:00", "nan"])
def test_anything_else_is_no_time(text):
    with pytest.raises(ValueError):
        read_moment(text, ZoneInfo("Europe/Berlin"))


def test_a_header_row_names_the_columns_or_is_skipped(table):
    text = "Sent_At,Sender,ignored,Text\n2024-03-25 10:00,Ana,?,x\n"
    assert [e.text for e in table(text).entries] == ["x"]
    same = "sent_at,sender,text\n2024-03-25 10:00,Ana,x\n"
    found = table(same, columns=SHORT)
    assert ([e.text for e in found.entries], found.rejected) == (["x"], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_are_told_by_their_mark(table, encoding):
    found = table("sent_at;sender;text\n2024-03-25 10:00;Änä;grüß 👋\n".encode(encoding))
    assert [(e.person, e.text) for e in found.entries] == [("Änä", "grüß 👋")]


def test_nuls_and_broken_bytes_do_no_harm(table):
    found = table(b"2024-03-25 10:00,Ana,a\x00b\xff\n", columns=SHORT)
    assert found.entries[0].text == "a\0b\ufffd"


def test_a_cell_of_a_megabyte_is_read(table):
    assert len(table(f'2024-03-25 10:00,Ana,"{"x" * 1_500_000}"\n', columns=SHORT).entries[0].text) == 1_500_000


@pytest.mark.parametrize("columns", [("sent_at", "text"), ("sent_at", "sender", "words"), (*SHORT, "text"), ()])
def test_columns_that_make_no_message_are_refused(table, columns):
    with pytest.raises(AppError) as raised:
        table("2024-03-25 10:00,Ana,x\n", columns=columns)
    assert raised.value.code == "bad_columns"


def test_columns_that_do_not_fit_the_file_are_refused(table):
    for others in ({"columns": (*SHORT, "-", "-")}, {}):
        with pytest.raises(AppError) as raised:
            table("2024-03-25 10:00,Ana,x\n", **others)
        assert raised.value.code == "bad_columns"


def test_an_empty_file_is_an_empty_table(table):
    assert table("", columns=SHORT).records == []


def test_only_a_table_with_a_header_is_recognised(tmp_path):
    for text, known in (
        ("sent_at\tsender\ttext\n", True),
        ("2024-03-25 10:00\tAna\tx\n", False),
        ("", False),
        ("text,sent_at\n", False),
    ):
        path = tmp_path / "t.tsv"
        path.write_text(text)
        assert Delimited().recognises(open_export(path)) is known


def test_every_table_of_a_zip_is_read(tmp_path):
    text = "sent_at,sender,text\n2024-03-25 10:00,Ana,x\n"
    found = read(Delimited(), zipped(tmp_path / "x.zip", {"a.csv": text, "b.csv": text, "readme.md": "no"}))
    assert [c.title for c in found.chats] == ["a", "b"]


times = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1))
cells = st.text(st.characters(codec="utf-8", exclude_categories=()), max_size=15)


beginnings = st.sampled_from(["2024-03-25 10:00,A,", "x,", '"', "", "1,2,3,4,"])
endings = st.sampled_from(['"', "", 'a"b', '""'])


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.tuples(times, cells.filter(bool), cells), min_size=1, max_size=8),
    separator=st.sampled_from("\t,;|"),
)
def test_what_a_csv_writer_wrote_is_read(rows, separator):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows([SHORT, *((t.isoformat(), *rest) for t, *rest in rows)])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(written.getvalue().encode())
        found = read(Delimited(), path)
    assert [(e.clock, e.person, e.text) for e in found.entries] == rows


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(beginnings, endings), max_size=15))
def test_every_line_is_in_exactly_one_message_or_rejected(pieces):
    lines = [f"{before}word{number}word{after}" for number, (before, after) in enumerate(pieces)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("2024-03-25 10:00,A,first\n" + "\n".join(lines))
        found = read(Delimited(), path, columns=SHORT)
    kept = "\n".join([e.text for e in found.entries] + [r.raw for r in found.rejected] + [p.name for p in found.people])
    assert all(kept.count(f"word{number}word") == 1 for number in range(len(lines)))


def test_the_real_rooms_are_read_whole():
    place = real("gitter")
    rows: Counter[tuple[str, str]] = Counter()
    entries: Counter[tuple[str, str]] = Counter()
    lines_of_text = chats = rejected = 0
    for file in sorted(place.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as stream:
            rows.update((row[0], row[5]) for row in csv.reader(stream, delimiter="\t"))
        found = read(Delimited(), file, columns=GITTER)
        entries.update((e.chat, e.external_id) for e in found.entries)
        lines_of_text += sum("\n" in e.text for e in found.entries)
        chats += len(found.chats)
        rejected += len(found.rejected)
    assert entries == rows
    assert rows.total() == 211_983
    assert rows.total() - len(rows) == 945
    assert (chats, rejected) == (521, 0)
    assert lines_of_text > 12_000


def test_dates_as_people_see_them_are_read_in_the_order_that_the_file_shows(table):
    rows = "25/03/2024 10:00,Ana,a\n01/04/24 1:05 PM,Bo,b\n3-Apr-2024 07:00:09,Bo,c\n31/31/2024 10:00,Bo,d\n"
    found = table(rows, columns=SHORT, zone="Europe/Berlin")
    assert [(e.text, e.sent_at) for e in found.entries] == [
        ("a", datetime(2024, 3, 25, 9, tzinfo=UTC)), ("b", datetime(2024, 4, 1, 11, 5, tzinfo=UTC)),
        ("c", datetime(2024, 4, 3, 5, 0, 9, tzinfo=UTC))]  # fmt: skip
    assert found.entries[1].clock == datetime(2024, 4, 1, 13, 5)
    assert found.reading.date_order == "dmy"
    assert len(found.rejected) == 1
    assert table("03/25/2024 10:00,Ana,a\n", columns=SHORT).entries[0].sent_at.day == 25


def test_where_nothing_tells_day_from_month_the_person_is_asked(table):
    rows = "01/02/2024 10:00,Ana,a\n"
    with pytest.raises(AppError) as caught:
        table(rows, columns=SHORT)
    assert caught.value.code == "ambiguous_date_order"
    days = [table(rows, columns=SHORT, date_order=order).entries[0].sent_at.day for order in ("dmy", "mdy")]
    assert days == [1, 2]


def test_a_header_in_other_words_is_no_message(table):
    found = table("When,Who,What was said\n2024-03-25 10:00,Ana,x\n", columns=SHORT)
    assert ([e.text for e in found.entries], found.rejected) == (["x"], [])
