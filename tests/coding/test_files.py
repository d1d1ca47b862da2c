"""Codebooks as files: what is written is read again, what other programs write is taken in, and nothing is lost."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.coding.entry import Entry
from backscroll.coding.formats import format_of
from backscroll.coding.taking import Taken, taking
from backscroll.errors import AppError
from backscroll.model.code import Codebook
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import CodeWrite, MakeCode, RetireCode

NOON = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("qdc", "csv", "yaml")
NAMES = st.text(min_size=1, max_size=30).filter(lambda name: name.strip() and " ".join(name.split()).isprintable())
TEXTS = st.text(max_size=60)


def book_of(*writes: CodeWrite, book: Codebook | None = None) -> Codebook:
    made = book or Codebook()
    for write in writes:
        made = effect(made, write, NOON).on(made)
    return made


def shape(book: Codebook, fields: tuple[str, ...]) -> list[tuple[object, ...]]:
    walked = book.walk(with_retired=True)
    return [(depth, code.id, *(getattr(code, field) for field in fields)) for depth, code in walked]


def taken_into(book: Codebook, path: Path) -> Taken:
    return taking(book, format_of(path).read(path).entries, NOON)


BOOK = book_of(
    MakeCode(UUID(int=1), "Feeling", colour="#aa0000", key="1", description="Said or shown", examples="ugh\nhooray"),
    MakeCode(UUID(int=2), "and/or <&>", UUID(int=1), examples="=1+1"),
    MakeCode(UUID(int=3), "=cmd()", UUID(int=2), key="x"),
    MakeCode(UUID(int=4), "Plan"),
    MakeCode(UUID(int=5), "Old", UUID(int=4)),
    RetireCode(UUID(int=5)),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_codebook_that_was_written_is_the_same_when_it_is_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"codes.{kind}"
    format_of(path).write(path, BOOK)
    taken = taken_into(Codebook(), path)
    fields = ("name", "colour", "description", "examples")
    if kind != "qdc":  # which has no place for them
        fields = (*fields, "key", "is_alive")
    expected = shape(BOOK, fields)[: None if kind != "qdc" else -1]
    assert shape(book_of(*taken.writes), fields) == expected
    assert not taken.remarks
    again = taken_into(BOOK, path)
    assert (again.new, again.changed, again.writes) == ([], [], [])
    assert len(again.equal) == len(expected)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(NAMES, TEXTS, TEXTS, st.integers(0, 20)), min_size=1, max_size=12),
    st.sampled_from(KINDS),
)
def test_any_codebook_comes_back_whole(tmp_path_factory: pytest.TempPathFactory, rows, kind: str) -> None:
    book = Codebook()
    for number, (name, description, examples, above) in enumerate(rows, 1):
        parent = UUID(int=above) if above and above < number and UUID(int=above) in book else None
        try:
            made = MakeCode(UUID(int=number), name, parent, description=description, examples=examples)
            book = book_of(made, book=book)
        except AppError:  # a name that is taken
            continue
    path = tmp_path_factory.mktemp("codes") / f"codes.{kind}"
    format_of(path).write(path, book)
    again = taken_into(book, path)
    assert (again.new, again.changed, again.remarks) == ([], [], [])
    back = book_of(*taken_into(Codebook(), path).writes)
    assert [(d, code.id) for d, code in back.walk()] == [(d, code.id) for d, code in book.walk()]


def test_a_qdc_file_is_as_the_standard_has_it(tmp_path: Path) -> None:
    path = tmp_path / "codes.qdc"
    format_of(path).write(path, BOOK)
    space = "{urn:QDA-XML:codebook:1.0}"
    root = ET.parse(path).getroot()
    assert root.tag == f"{space}CodeBook"
    assert [child.tag for child in root] == [f"{space}Codes"]
    codes = list(root.iter(f"{space}Code"))
    assert [code.get("name") for code in codes] == ["Feeling", "and/or <&>", "=cmd()", "Plan"]
    for code in codes:
        assert set(code.keys()) <= {"guid", "name", "isCodable", "color"}
        assert str(UUID(code.get("guid"))) == code.get("guid")
        tags = [child.tag.removeprefix(space) for child in code]
        assert tags in ([], ["Description"], ["Code"], ["Description", "Code"])


OTHERS = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another program">
 <Codes>
  <Code guid="{00000000-0000-0000-0000-00000000000A}" name="feeling" isCodable="false" color="#f00">
   <Description>What one feels</Description>
   <Code guid="0000000b-0000-0000-0000-000000000000" name="Fear" isCodable="true"/>
   <Code guid="0000000c-0000-0000-0000-000000000000" name="Fear" isCodable="true"/>
  </Code>
  <Code guid="00000000-0000-0000-0000-000000000004" name="Plans" isCodable="true"/>
 </Codes>
 <Sets><Set guid="0000000d-0000-0000-0000-000000000000" name="Mine"/></Sets>
</CodeBook>"""


def test_what_another_program_wrote_is_found_again_by_guid_or_path_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "others.QDC"
    path.write_text(OTHERS)
    read = format_of(path).read(path)
    assert len(read.remarks) == 2  # a set, and a heading
    taken = taking(BOOK, read.entries, NOON)
    assert (taken.new, taken.equal) == (["Feeling/Fear", "Feeling/Fear (2)"], [])
    assert taken.changed == ["Feeling", "Plan"]
    book = book_of(*taken.writes, book=BOOK)
    feeling, plan = book.get(UUID(int=1)), book.get(UUID(int=4))
    assert feeling is not None
    assert plan is not None
    assert (feeling.colour, feeling.description, feeling.key) == ("#ff0000", "What one feels", "1")
    assert feeling.examples == "ugh\nhooray"  # the file says nothing of them
    assert plan.name == "Plans"


def test_a_code_that_was_retired_here_stays_so_and_a_key_that_is_taken_is_left_out() -> None:
    entries = [Entry("Plan", UUID(int=4)), Entry("Old", UUID(int=5), above=0), Entry("New", key="1", colour="red")]
    taken = taking(BOOK, entries, NOON)
    book = book_of(*taken.writes, book=BOOK)
    assert taken.new == ["New"]
    assert not book.get(UUID(int=5)).is_alive  # type: ignore[union-attr]
    assert len(taken.remarks) == 3  # retired, the key, the colour


def test_a_table_made_by_hand_needs_only_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,description\nTheme,About\nTheme/Part,\n'=x,\nWide/Deep/Er,\n")
    book = book_of(*taken_into(Codebook(), path).writes)
    paths = [book.path(code) for _, code in book.walk()]
    assert paths == ["Theme", "Theme/Part", "=x", "Wide", "Wide/Deep", "Wide/Deep/Er"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.qdc", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;</CodeBook>'),
        ("b.qdc", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><CodeBook>&c;</CodeBook>'),
        ("c.qdc", "<Project/>"),
        ("d.qdc", "<CodeBook><Codes>" + "<Code>" * 100),
        ("e.qdc", "\x00\xff"),
        ("f.qdc", "<CodeBook/>"),
        ("a.yaml", "a: &a [x]\ncodes: [*a, *a]"),
        ("b.yaml", "codes: " + "[" * 500 + "]" * 500),
        ("c.yaml", "codes: [{nome: x}]"),
        ("d.yaml", "codes: !!python/object/apply:os.getcwd []"),
        ("a.csv", "colour\nred\n"),
        ("b.csv", 'name\n"never closed\n'),
    ],
)
def test_a_file_that_is_no_codebook_or_would_do_harm_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="latin-1")
    with pytest.raises(AppError) as raised:
        format_of(path).read(path)
    assert raised.value.code == "bad_codebook"
    assert raised.value.hint


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "  =x"])
def test_no_spreadsheet_takes_a_code_for_a_formula(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "codes.csv"
    format_of(path).write(path, book_of(MakeCode(UUID(int=1), "a", description=f"x\n{cell}", examples=cell)))
    assert f",'{cell.strip()}" in path.read_text("utf-8-sig")
