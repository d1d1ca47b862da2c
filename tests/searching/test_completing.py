"""What is proposed while one types: filters, and values that fit each; any of them can be taken."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backscroll.archive.names import Listed
from backscroll.dates import named
from backscroll.errors import QueryError
from backscroll.model.query import Named, Query
from backscroll.searching.bearers import LISTS
from backscroll.searching.completing import MOST, NameIndex, Proposal, listed_at, proposals
from backscroll.searching.filters import FILTERS, VALUES
from backscroll.searching.language import parse
from backscroll.searching.meanings import MEANINGS, OF_VALUES
from backscroll.searching.names import NameList
from backscroll.searching.sayings import sayings

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
TODAY = NOW.date()
PEOPLE = ["Ana", "Ana Maria", "Bo Berg", "Zoë", 'Kim "K" Lee', "田中 (Tokyo)", "Mariana", "x:y", "-dash", "OR"]
NAMES: dict[Listed, NameIndex] = {
    "people": NameIndex(PEOPLE),
    "chats": NameIndex(["Family", "Work & Deploys", "a" * 300]),
    "threads": NameIndex(["Summer party"]),
    "sources": NameIndex(["slack", "My phone"]),
    "tags": NameIndex(["draft", "Later on"]),
    "codes": NameIndex(["theme"]),
}


def proposed(text: str, caret: int | None = None) -> list[Proposal]:
    return proposals(text, len(text) if caret is None else caret, NAMES, TODAY)


def labels(text: str, caret: int | None = None) -> list[str]:
    return [proposal.label for proposal in proposed(text, caret)]


def test_filters_are_proposed_by_their_beginning_with_what_they_mean() -> None:
    assert [(p.label, p.meaning) for p in proposed("keys fro")] == [("from:", "written by someone")]
    assert labels("be") == ["before:"]
    assert labels("-(NE") == ["newer_than:", "near:"]
    assert labels("keys") == labels("k") == labels('"fro') == labels("/fro/") == labels("") == []


def test_a_filter_that_is_taken_leads_to_its_values() -> None:
    (taken,) = proposed("keys fro")
    assert taken.applied("keys fro") == "keys from:"
    assert labels("keys from:")[:3] == ["Ana", "Ana Maria", "Bo Berg"]


def test_names_are_proposed_those_that_begin_so_first_then_parts_then_near_spellings() -> None:
    assert labels("from:maria")[:2] == ["Mariana", "Ana Maria"]
    assert labels("to:ber")[0] == "Bo Berg"
    assert labels("with:zoe") == ["Zoë"]
    assert labels("sender:mriana")[0] == "Mariana"
    assert labels("in:fam") == ["Family"]
    assert labels("thread:pa") == ["Summer party"]
    assert labels("source:sl") == ["slack"]
    assert labels("tag:la") == ["Later on"]
    assert labels("category:th") == ["theme"]


def test_a_name_with_blanks_is_quoted_and_replaces_what_was_typed_of_it() -> None:
    text = 'keys from:"bo b car'
    taken = proposed(text, len('keys from:"bo b'))[0]
    assert taken.applied(text) == 'keys from:"Bo Berg" car'
    assert proposed("from:a keys", 6)[1].applied("from:a keys") == 'from:"Ana Maria" keys'
    assert proposed('from:"an" keys', 8)[0].applied('from:"an" keys') == "from:Ana keys"


def test_a_value_that_stands_there_already_is_not_proposed() -> None:
    assert labels("has:link") == []
    assert labels("has:li") == ["link"]


@pytest.mark.parametrize(
    ("text", "label", "meaning"),
    [
        ("before:", "today", "before Tue 31 Mar 2026"),
        ("after:yes", "yesterday", "from Tue 31 Mar 2026 on"),
        ("on:yes", "yesterday", "Mon 30 Mar 2026"),
        ('on:"last w', "last week", "Mon 23 Mar 2026 to Sun 29 Mar 2026"),
        ("during:2021-0", "2021-03", "Mon 1 Mar 2021 to Wed 31 Mar 2021"),
        ("date:2020..202", "2021", "Fri 1 Jan 2021 to Fri 31 Dec 2021"),
        ("older_than:1", "1d", "more than a day ago"),
        ("newer_than:", "3m", "less than three months ago"),
    ],
)
def test_dates_are_proposed_with_the_days_that_they_mean(text: str, label: str, meaning: str) -> None:
    assert {p.label: p.meaning for p in proposed(text)}[label] == meaning


def test_the_second_date_of_two_is_never_one_that_needs_quotes() -> None:
    assert "last week" in labels("date:")
    assert labels("date:2020..")[:2] == ["today", "yesterday"]
    assert not any(" " in label for label in labels("date:2020.."))
    assert proposed("date:2020..202")[0].applied("date:2020..202") == "date:2020..2026 "


@pytest.mark.parametrize("today", [date(2026, 3, 31), date(2026, 1, 4), date(2024, 2, 29)])
def test_a_proposed_date_means_what_the_reader_of_dates_says(today: date) -> None:
    for typed in ("", "2", "2019", "2024-0"):
        for said, span in sayings(typed, today):
            assert named(said, today) == span


def test_every_filter_and_value_says_what_it_means() -> None:
    assert MEANINGS.keys() == FILTERS.keys()
    assert {name: set(meanings) for name, meanings in OF_VALUES.items()} == {
        name: set(VALUES[name]) for name in OF_VALUES
    }


def test_languages_are_proposed_by_code_and_by_name() -> None:
    assert ("de", "German") in [(p.label, p.meaning) for p in proposed("lang:ger")]
    assert proposed("lang:ger")[0].applied("lang:ger") == "lang:de "
    assert labels("lang:non") == ["none"]


def test_only_the_names_that_are_needed_are_asked_for() -> None:
    assert listed_at("keys from:a", 11) == "people"
    assert listed_at("keys from:a", 3) is None
    assert listed_at("in:", 3) == "chats"
    assert listed_at("has:", 4) is None


def test_a_proposed_name_is_found_by_its_filter() -> None:
    for proposal in proposed("from:"):
        root = parse(proposal.applied("from:"), UTC, NOW).root
        assert isinstance(root, Named)
        assert proposal.label in NameList(PEOPLE).fitting(root.name, is_exact=root.is_exact).names


PIECES = ["keys", " ", " ", "fro", "from:", "from:an", 'in:"', '"', "(", ")", "-", "OR ", "has:", "lang:"]
PIECES += ["has:li", "type:"]
PIECES += [
    "be",
    "before:",
    "on:la",
    "date:2020..",
    "date:20",
    "older_than:",
    "to:bo",
    "tag:",
    "lang:",
    "/a",
    "é",
    "駅",
    "::",
]
VALID: dict[str, str] = {
    **dict.fromkeys(LISTS, "x"),
    **dict.fromkeys(("before", "after", "on", "date"), "2021"),
    **dict.fromkeys(("older_than", "newer_than"), "1d"),
    **{name: next(iter(values)) for name, values in VALUES.items()},
    **dict.fromkeys(("id", "near"), "3f2a"),
    "lang": "de",
}


def understood(text: str) -> Query | None:
    try:
        return parse(text, UTC, NOW)
    except QueryError:
        return None


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join), st.data())
def test_any_proposal_leaves_a_query_that_can_be_read(text: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(0, len(text)))
    made = proposals(text, caret, NAMES, TODAY)
    assert len(made) <= MOST
    for proposal in made:
        # Elsewhere there may be mistakes that no proposal mends: what stands there must be readable without this piece.
        assume(understood(f"{text[: proposal.start]} x {text[proposal.end :]}"))
        taken = proposal.applied(text)
        if proposal.text.endswith(":"):
            taken = text[: proposal.start] + proposal.text + VALID[proposal.label[:-1]] + text[proposal.end :]
        assert parse(taken, UTC, NOW)


@given(st.text(max_size=60), st.integers(0, 60))
def test_any_text_with_any_caret_gives_proposals_or_none(text: str, caret: int) -> None:
    assert len(proposals(text, min(caret, len(text)), NAMES, TODAY)) <= MOST
