"""What `show` takes for a moment, and what for a message's id."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backscroll.cli.session import moment

ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2021", "2021-01-01T00:00+01:00"),
        ("2021-06", "2021-06-01T00:00+02:00"),
        ("2021-03-05", "2021-03-05T00:00+01:00"),
        ("20210305", "2021-03-05T00:00+01:00"),
        ("2021-03-05 14:30", "2021-03-05T14:30+01:00"),
        ("2021-03-05T14:30:10Z", "2021-03-05T14:30:10+00:00"),
        ("5 mar 2021", "2021-03-05T00:00+01:00"),
        ("5.3.2021, 9:05", "2021-03-05T09:05+01:00"),
        ("5 July 2021 at 21:05:30", "2021-07-05T21:05:30+02:00"),
        ("q3 2020", "2020-07-01T00:00+02:00"),
    ],
)
def test_dates_with_and_without_a_time_are_moments(text: str, written: str) -> None:
    assert moment(text, ZONE) == datetime.fromisoformat(written)


@pytest.mark.parametrize(
    "text",
    [
        *("12345678", "deadbeef", "dec1", "fade", "FACE1234-5678", "1234", "123e4567-e89b-12d3-a456-426614174000"),
        *("2021-03-05T10:00:00+00:00_123e4567-e89b-12d3-a456-426614174000", "", "nonsense", "5.3.2021 25:00"),
    ],
)
def test_ids_are_no_moments(text: str) -> None:
    assert moment(text, ZONE) is None


@settings(deadline=None)
@given(st.text("0123456789abcdef", min_size=4, max_size=32).filter(lambda text: not text.isdigit()))
def test_what_can_be_an_id_is_one(text: str) -> None:
    assert moment(text, ZONE) is None


@settings(deadline=None)
@example(datetime(2030, 3, 31, 2, 0, tzinfo=ZONE))  # no such time
@example(datetime(2030, 10, 27, 2, 0, tzinfo=ZONE, fold=1))
@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(ZONE)))
def test_a_moment_is_found_again(wanted: datetime) -> None:
    wanted = wanted.replace(second=0, microsecond=0)
    found, told = moment(wanted.isoformat(), ZONE), moment(f"{wanted:%d.%m.%Y %H:%M}", ZONE)
    assert found is not None
    assert found.astimezone(UTC) == wanted.astimezone(UTC)
    assert told == wanted.replace(fold=0)
    start = moment(f"{wanted:%d %B %Y}", ZONE)
    assert start is not None
    assert timedelta(0) <= wanted - start.astimezone(ZONE) < timedelta(days=1)
