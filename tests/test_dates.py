"""Dates as people say them, and where days begin."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backscroll.dates import Span, day_of, month_span, named, start_of

TODAY = date(2024, 5, 15)  # a Wednesday
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Asia/Beirut", "Pacific/Apia", "Asia/Kathmandu"]


def day(year: int, month: int, of_month: int, days: int = 1) -> Span:
    first = date(year, month, of_month)
    return Span(first, first + timedelta(days=days))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2021-03-05", day(2021, 3, 5)),
        ("2021/3/5", day(2021, 3, 5)),
        ("20210305", day(2021, 3, 5)),
        ("5.3.2021", day(2021, 3, 5)),
        (" 5.3.21. ", day(2021, 3, 5)),
        ("5.3.99", day(1999, 3, 5)),
        ("1/2/2021", day(2021, 2, 1)),
        ("2/13/2021", day(2021, 2, 13)),
        ("5/3", day(2024, 3, 5)),
        ("24.12.", day(2023, 12, 24)),
        ("２０２１-03-05", day(2021, 3, 5)),
        ("٥/٣/٢٠٢١", day(2021, 3, 5)),
        ("5 mar 2021", day(2021, 3, 5)),
        ("March 5, 2021", day(2021, 3, 5)),
        ("the 5th of march 2021", day(2021, 3, 5)),
        ("5 März 2021", day(2021, 3, 5)),
        ("5 de marzo de 2021", day(2021, 3, 5)),
        ("5 марта 2021", day(2021, 3, 5)),
        ("5 مارس 2021", day(2021, 3, 5)),
        ("2021年3月5日", day(2021, 3, 5)),
        ("2021년 3월 5일", day(2021, 3, 5)),
        ("2021年3月", month_span(2021, 3)),
        ("2021年", month_span(2021, 1, 12)),
        ("march 2021", month_span(2021, 3)),
        ("mars 2021", month_span(2021, 3)),
        ("2021-03", month_span(2021, 3)),
        ("03/2021", month_span(2021, 3)),
        ("12.2021", month_span(2021, 12)),
        ("2021", month_span(2021, 1, 12)),
        ("q1 2020", month_span(2020, 1, 3)),
        ("Q4/2020", month_span(2020, 10, 3)),
        ("2020-q2", month_span(2020, 4, 3)),
        ("2021-W05", day(2021, 2, 1, 7)),
        ("today", day(2024, 5, 15)),
        ("Yesterday", day(2024, 5, 14)),
        ("the day before yesterday", day(2024, 5, 13)),
        ("tuesday", day(2024, 5, 14)),
        ("last tuesday", day(2024, 5, 14)),
        ("wednesday", day(2024, 5, 8)),
        ("dienstag", day(2024, 5, 14)),
        ("5 days ago", day(2024, 5, 10)),
        ("hace 2 días", day(2024, 5, 13)),
        ("昨天", day(2024, 5, 14)),
        ("3 weeks ago", day(2024, 4, 22, 7)),
        ("this week", day(2024, 5, 13, 7)),
        ("last week", day(2024, 5, 6, 7)),
        ("last month", month_span(2024, 4)),
        ("december", month_span(2023, 12)),
        ("may", month_span(2024, 5)),
        ("last year", month_span(2023, 1, 12)),
        ("2 years ago", month_span(2022, 1, 12)),
    ],
)
def test_dates_are_read_as_people_say_them(text: str, span: Span) -> None:
    assert named(text, TODAY, "dmy") == span


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "12", "5", "0", "1234", "0000", "9999", "99999", "12345678", "2021-13", "2021-02-30", "30.2.2021"),
        *("9999-12-31", "12/9999", "q4 9999", "9999-W53", "q5 2020", "a", "(((a", "x" * 10_000, "1" * 10_000),
        *("soon", "christmas", "10:00", "monday 10:00", "2 hours ago", "feb 30 2021", "99999999999 days ago"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert named(text, TODAY, "dmy") is None


def test_the_month_stands_first_only_where_the_machine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert named("1/2/2021", TODAY) == day(2021, 2, 1)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert named("1/2/2021", TODAY) == named("1 2 21", TODAY) == day(2021, 1, 2)
    assert named("1/2/2021", TODAY, "dmy") == day(2021, 2, 1)
    assert named("1.2.2021", TODAY) == day(2021, 2, 1), "dots are written where the day stands first"
    assert named("13/2/2021", TODAY) == day(2021, 2, 13)
    monkeypatch.setenv("LC_TIME", "de_DE@euro")
    assert named("1/2/2021", TODAY) == day(2021, 2, 1)


@settings(deadline=None)
@given(DAYS)
def test_a_day_is_found_again_however_it_is_written(wanted: date) -> None:
    whole = Span(wanted, wanted + timedelta(days=1))
    for text in (
        wanted.isoformat(),
        f"{wanted:%Y%m%d}",
        f"{wanted.day}.{wanted.month}.{wanted.year}",
        f"{wanted.day}/{wanted.month}/{wanted.year}",
        f"{wanted.day} {wanted:%b %Y}",
        f"{wanted:%B} {wanted.day}, {wanted.year}",
    ):
        assert named(text, TODAY, "dmy") == whole
    assert named(f"{wanted.month}/{wanted.day}/{wanted.year}", TODAY, "mdy") == whole


@settings(deadline=None)
@given(
    DAYS, st.sampled_from(["{0:%Y-%m}", "{0.month}/{0.year}", "{0:%b %Y}", "{0:%B %Y}", "q{1} {0.year}", "{0.year}"])
)
def test_a_longer_time_holds_the_days_in_it(inside: date, form: str) -> None:
    span = named(form.format(inside, (inside.month + 2) // 3), TODAY, "dmy")
    assert span is not None
    assert span.first <= inside < span.after
    assert span.first.day == span.after.day == 1


@settings(deadline=None)
@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_lies_in_the_last_one(today: date, month: int, of_month: int) -> None:
    span = named(f"{of_month}.{month}.", today, "dmy")
    assert span is not None
    assert span.first <= today < span.first + timedelta(days=366)
    assert (span.first.month, span.first.day) == (month, of_month)


WORDS = ["last", "week", "march", "5", "2021", "ago", "99999", "-", "/", ".", "tuesday", "q", "w", "年", "0", "+", ":"]


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80)
    | st.text("0123456789-/. :+年월q", max_size=12)
    | st.lists(st.sampled_from(WORDS)).map(" ".join),
    st.sampled_from([date.min, date(1, 12, 31), TODAY, date.max]),
)
@example("\ud800", TODAY)
@example("5000 years ago", TODAY)
@example("in 9000 years", TODAY)
@example("next year", date.max)
def test_no_text_is_too_odd(text: str, today: date) -> None:
    span = named(text, today)
    assert span is None or span.first < span.after


def test_numbers_are_read_without_loading_any_language() -> None:
    code = (
        "import sys; from datetime import date; from backscroll.dates import named; t = date(2024, 5, 15)\n"
        "for text in ['2021-03-05', '5.3.2021', '2021', '03/2021', 'q1 2020', '2021年', '12', '99999', 'today']:\n"
        "    named(text, t)\n"
        "assert 'dateparser' not in sys.modules\n"
        "named('last tuesday', t)\n"
        "assert 'dateparser' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@settings(deadline=None)
@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
@example(datetime(2018, 11, 4, 3, tzinfo=UTC), "America/Sao_Paulo")  # no midnight
@example(datetime(2018, 11, 4, 5, 30, tzinfo=UTC), "America/Havana")  # midnight twice
@example(datetime(2011, 12, 30, 10, tzinfo=UTC), "Pacific/Apia")  # no such day
def test_every_moment_lies_between_the_beginnings_of_its_day_and_the_next(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    today = day_of(moment, zone)
    start, end = start_of(today, zone), start_of(today + timedelta(days=1), zone)
    assert start <= moment < end
    assert day_of(start, zone) == today
    assert day_of(start - timedelta(microseconds=1), zone) < today


def test_days_begin_even_at_the_ends_of_the_calendar() -> None:
    for zone in (None, *map(ZoneInfo, ZONES)):
        assert start_of(date.min, zone) < start_of(date(2024, 1, 1), zone) < start_of(date.max, zone)
        assert day_of(datetime.max.replace(tzinfo=UTC), zone) == date.max
        assert day_of(datetime.min.replace(tzinfo=UTC), zone) == date.min
