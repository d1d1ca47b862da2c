"""WhatsApp's text export: wall clocks become moments, also where clocks are changed."""

from datetime import UTC, datetime, timedelta

import pytest

from backscroll.importing.records import Remark


def told(found) -> list[str]:
    return [record.text for record in found.records if isinstance(record, Remark) and record.about == "clock change"]


def test_wall_clock_becomes_a_moment_in_the_chosen_zone(chat):
    found = chat("25/03/24, 10:00 - A: winter\n25/07/24, 10:00 - A: summer\n", zone="Europe/Berlin")
    assert [e.sent_at.hour for e in found.entries] == [9, 8]
    assert [e.clock.hour for e in found.entries] == [10, 10]
    assert told(found) == []


def test_the_hour_that_comes_twice_keeps_the_order_of_the_file(chat):
    text = "".join(f"27/10/24, {t} - A: x\n" for t in ("01:59", "02:10", "02:50", "02:05", "02:40", "03:01"))
    found = chat(text, zone="Europe/Berlin")
    moments = [e.sent_at for e in found.entries]
    assert moments == sorted(moments)
    assert moments[-1] - moments[0] == timedelta(hours=2, minutes=2)


def test_an_hour_that_comes_twice_is_told(chat):
    text = "".join(f"27/10/24, {t} - A: x\n" for t in ("01:59", "02:10", "02:05", "03:01"))
    assert told(chat(text, zone="Europe/Berlin")) == [
        (
            "2 messages of 27 October 2024 stood in an hour that came twice in Europe/Berlin; "
            "the order of the file told which was meant."
        )
    ]


def test_a_time_that_was_skipped_moves_on_with_the_clocks_and_is_told(chat):
    found = chat("31/03/24, 01:59 - A: x\n31/03/24, 02:30 - A: y\n31/03/24, 03:40 - A: z\n", zone="Europe/Berlin")
    moments = [e.sent_at for e in found.entries]
    assert moments[1] == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)  # 03:30 in summer time
    assert moments == sorted(moments)
    assert [e.clock.hour for e in found.entries] == [1, 2, 3]
    assert told(found) == [
        (
            "1 message of 31 March 2024 bore a time that Europe/Berlin skipped, and moved on with the clocks. "
            "Perhaps another --timezone is right."
        )
    ]


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("America/Sao_Paulo", "04/11/18, 00:30 - A: x\n05/11/18, 10:00 - A: y\n", "2018-11-04T03:30:00+00:00"),
        ("Australia/Lord_Howe", "06/10/24, 02:10 - A: x\n13/10/24, 10:00 - A: y\n", "2024-10-05T15:40:00+00:00"),
        ("Pacific/Apia", "30/12/11, 10:00 - A: x\n", "2011-12-30T20:00:00+00:00"),  # a day that was skipped whole
    ],
)
def test_clocks_change_at_midnight_by_half_an_hour_or_by_a_day(chat, zone, text, moment):
    found = chat(text, zone=zone, date_order="dmy")
    assert found.entries[0].sent_at.isoformat() == moment
    assert len(told(found)) == 1
