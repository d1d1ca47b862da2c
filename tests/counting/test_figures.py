"""Streaks, silences, the middle of answers, and pictures: what follows from figures without an archive."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median_low
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.counting.chat import Answered, ChatStatistics, person_named
from backscroll.counting.drawing import chat_picture
from backscroll.counting.figures import figures
from backscroll.counting.refreshing import steps
from backscroll.counting.replies import SHOWN_EDGES, Replies, duration
from backscroll.counting.spells import Spell, longest, silences, streaks
from backscroll.counting.table import chat_table
from backscroll.errors import AppError
from backscroll.model.conversation import Participant
from backscroll.model.statistics import REPLY_EDGES, Keyword, Month, Stale
from tests.ui.reading_archive import HOSTILE

DAYS = st.sets(st.dates(date(2020, 1, 1), date(2020, 3, 1)), min_size=1).map(sorted)


@given(DAYS)
def test_streaks_and_silences_together_are_all_days_once(days: list[date]) -> None:
    spells = sorted([*streaks(days), *silences(days)])
    assert spells[0].first == days[0]
    assert spells[-1].last == days[-1]
    assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(spells))
    assert sum(spell.days for spell in streaks(days)) == len(days)
    assert all(not (spell.first <= day <= spell.last) for spell in silences(days) for day in days)


def test_the_longest_come_first_and_the_earlier_among_equals() -> None:
    runs = streaks([date(2024, 2, 28), date(2024, 2, 29), date(2024, 5, 1), date(2024, 12, 31), date(2025, 1, 1)])
    assert longest(runs, 2) == [
        Spell(date(2024, 2, 28), date(2024, 2, 29)),
        Spell(date(2024, 12, 31), date(2025, 1, 1)),
    ]


@given(st.lists(st.integers(0, 200_000), min_size=1))
def test_the_middle_of_answers_is_in_the_stretch_of_the_true_one(gaps: list[int]) -> None:
    stretches = [sum(edge <= gap for edge in REPLY_EDGES) for gap in gaps]
    replies = Replies.of((stretch, 1) for stretch in stretches)
    assert replies.count == len(gaps)
    edges = (0, *REPLY_EDGES, REPLY_EDGES[-1])
    middle = sum(edge <= median_low(gaps) for edge in REPLY_EDGES)
    assert replies.median is not None
    assert edges[middle] <= replies.median <= edges[middle + 1]
    shown = [sum(edge <= gap for edge in SHOWN_EDGES) for gap in gaps]
    assert [n for _, n in replies.spread()] == [shown.count(i) for i in range(len(SHOWN_EDGES) + 1)]


def test_durations_are_said_as_one_would() -> None:
    assert [duration(s) for s in (None, 0.4, 59, 60, 150, 3600, 5400, 86_400)] == [
        *("–", "0 s", "59 s", "1 min", "2.5 min", "1 h", "1.5 h", "1 d"),
    ]


@given(st.lists(st.integers(0, 250_000), min_size=1))
def test_months_are_counted_in_lots_that_are_not_large_unless_a_month_is(sizes: list[int]) -> None:
    stale = [Stale(date(2000 + i // 12, i % 12 + 1, 1), size) for i, size in enumerate(sizes)]
    lots = list(steps(stale))
    assert [month for lot in lots for month in lot] == stale
    assert all(len(lot) == 1 or sum(month.messages for month in lot) <= 100_000 for lot in lots)


def _month(**columns: object) -> Month:
    """February of a leap year: three messages on Thursday the 29th at 23, one on Saturday the 3rd at 0."""
    given = {"days": [2, 28], "day_messages": [1, 3], "hours": [95, 120], "hour_messages": [3, 1], "kinds": {"text": 4}}
    empty: dict[str, object] = {
        "hosts": {},
        "emoji": {},
        "reactions": {},
        "replies": [],
        "reply_messages": [],
        "keywords": (),
    }
    return Month(month=date(2024, 2, 1), messages=4, letters=40, **(empty | given | columns))  # type: ignore[arg-type]


def test_months_together_are_days_and_hours_of_the_week() -> None:
    found = figures([_month()])
    assert found.days == {date(2024, 2, 3): 1, date(2024, 2, 29): 3}
    assert (found.week[5][0], found.week[3][23], sum(map(sum, found.week))) == (1, 3, 4)
    assert found.months == [(date(2024, 2, 1), 4)]
    assert figures([]).months == []


def _person(name: str, identity: UUID | None = None) -> Participant:
    moment = datetime(2024, 2, 3, tzinfo=UTC)
    return Participant(uuid4(), identity or uuid4(), name, False, 4, moment, moment)


def test_a_picture_says_everything_and_takes_names_for_text() -> None:
    person = _person(HOSTILE + " <&>")
    months = [
        _month(
            hosts={"<b>": 2}, emoji={"😀": 1}, keywords=(Keyword("<word>", 2, 0.5),), replies=[9], reply_messages=[2]
        )
    ]
    statistics = ChatStatistics(
        figures(months), [person], 1, {person.id: Replies({9: 2})}, [Answered("a", "b", 2)], "UTC"
    )
    picture = chat_picture(statistics, "A <title> & more")
    root = ElementTree.fromstring(picture)
    said = [text for text in root.itertext() if text.strip()]
    assert "A <title> & more" in said
    assert any("<word>" in text for text in said)
    assert "\x1b" not in picture
    bars = [e for e in root.iter() if e.get("class") == "cell"]
    assert len(bars) == 7 * 24
    rows = list(chat_table(statistics))
    assert ("messages on", "2024-02-29", "", 3) in rows
    assert ("messages by weekday and hour", "Thu", "23", 3) in rows


def test_a_person_is_named_by_id_or_name_and_doubt_is_told() -> None:
    ana, zoe, anabel = _person("Ana", UUID(int=0xABCD << 112)), _person("Zoë"), _person("Anabel")
    everybody = [ana, zoe, anabel]
    assert person_named(everybody, "ana") == ana
    assert person_named(everybody, "zoe") == zoe
    assert person_named(everybody, "abcd0000") == ana
    assert person_named(everybody, "abel") == anabel
    for text, code in (("nobody", "no_such_person"), ("an", "ambiguous_person"), ("", "no_such_person")):
        with pytest.raises(AppError) as caught:
            person_named(everybody, text)
        assert caught.value.code == code
