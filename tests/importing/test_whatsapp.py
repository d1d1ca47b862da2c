"""WhatsApp's text export: the order of dates, boundaries of messages, and moments."""

from datetime import date, timedelta

import pytest

from backscroll.errors import AppError
from backscroll.importing import decoding
from backscroll.importing.export import open_export
from backscroll.importing.formats.whatsapp import WhatsApp
from backscroll.importing.formats.whatsapp.reader import TEXT_MAX
from backscroll.importing.records import Remark
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.export_files import choices, read, real, zipped

LRM = "\u200e"
START_OF_2024 = date(2024, 1, 1)


def test_a_day_above_12_settles_the_order_of_the_whole_file(chat):
    found = chat("3/4/24, 10:00 - A: x\n5/4/24, 10:00 - A: y\n5/14/24, 10:00 - A: z\n")
    assert found.reading.date_order == "mdy"
    assert [e.clock.month for e in found.entries] == [3, 5, 5]


def test_a_file_never_changes_its_order_half_way(chat):
    text = "".join(f"{day}/04/2024, 10:00 - A: x\n" for day in range(13, 29)) + "04/30/2024, 10:00 - A: pasted\n"
    found = chat(text)
    assert {e.clock.month for e in found.entries} == {4}
    assert [r.raw for r in found.rejected] == ["04/30/2024, 10:00 - A: pasted"]


def test_a_group_whose_dates_are_plain_is_not_looked_at_to_its_end_before_it_is_read(chat, monkeypatch):
    monkeypatch.setattr(decoding, "CHUNK", 4096)
    days = [START_OF_2024 + timedelta(days=n) for n in range(366)]
    plain = "".join(f"{day:%d/%m/%Y}, 10:00 - {'ABC'[day.day % 3]}: x\n" for day in days)
    pasted = "".join(f"{day:%m/%d/%Y}, 10:00 - A: pasted\n" for day in days * 3)
    found = chat(plain + pasted)
    assert found.reading.date_order == "dmy"
    assert [e.clock.date() for e in found.entries[:366]] == days
    assert {r.reason for r in found.rejected} == {"the date or time does not exist"}
    assert chat(pasted + plain).reading.date_order == "mdy"


def test_chats_of_one_zip_explain_each_other(tmp_path):
    unclear, clear = "03/04/2024, 10:00 - A: x\n", "04/25/2024, 10:00 - A: x\n"
    members = {"WhatsApp Chat with A.txt": unclear, "WhatsApp Chat with B.txt": clear}
    found = read(WhatsApp(), zipped(tmp_path / "x.zip", members))
    assert [(e.chat, e.clock.month) for e in found.entries] == [("A", 3), ("B", 4)]
    assert [r.text for r in found.records if isinstance(r, Remark)] == [
        "Dates are read month first (03/04/2024 is 4 March 2024): as in the other files of this import."
    ]
    members["WhatsApp Chat with C.txt"] = "25/04/2024, 10:00 - A: x\n"
    with pytest.raises(AppError) as raised:
        read(WhatsApp(), zipped(tmp_path / "y.zip", members))
    assert raised.value.code == "ambiguous_date_order"


def test_dates_of_another_calendar_are_told(chat):
    found = chat("6/1/1403, 10:00 - A: x\n31/1/1403, 10:00 - A: y\n")
    assert [r.about for r in found.records if isinstance(r, Remark)] == ["dates"]


def test_time_that_would_run_backwards_settles_the_order(chat):
    assert chat("03/04/24, 10:00 - A: x\n02/05/24, 10:00 - A: y\n").reading.date_order == "dmy"
    assert chat("04/03/24, 10:00 - A: x\n05/02/24, 10:00 - A: y\n").reading.date_order == "mdy"


def test_a_short_year_may_stand_first_where_the_days_say_so(chat):
    days = "".join(f"24/03/{day:02}, 10:00 - A: x\n" for day in range(1, 32))
    found = chat(days)
    assert found.reading.date_order == "ymd"
    assert found.entries[-1].clock.date().isoformat() == "2024-03-31"


def test_dates_that_read_the_same_both_ways_are_no_question(chat):
    assert chat("05/05/24, 10:00 - A: x\n06/06/24, 10:00 - A: y\n").entries[1].clock.day == 6


def test_ambiguous_dates_are_asked_about_before_anything_is_yielded(tmp_path):
    path = tmp_path / "WhatsApp Chat with A.txt"
    path.write_text("".join(f"0{day}/04/2024, 10:00 - A: x\n" for day in (3, 4, 5, 6)))
    with pytest.raises(AppError) as raised:
        WhatsApp().read(open_export(path), choices())
    assert raised.value.code == "ambiguous_date_order"
    lines = raised.value.hint.splitlines()
    assert lines[0] == "“03/04/2024, 10:00 - A:” is 3 April 2024 (dmy) or 4 March 2024 (mdy)"
    assert [line[1:11] for line in lines[1:-1]] == ["05/04/2024", "06/04/2024"]  # 4 April is no example
    assert "--date-order dmy|mdy|ymd" in lines[-1]
    # A notice bears no name, and what it says stays out of an error.
    path.write_text("03/04/2024, 10:00 - https://example.org is the plan: secret\n03/04/2024, 10:01 - A: secret\n")
    with pytest.raises(AppError) as raised:
        WhatsApp().read(open_export(path), choices())
    assert raised.value.hint.startswith("“03/04/2024, 10:00 -” is 3 April 2024")
    assert "secret" not in raised.value.hint


def test_a_chosen_order_is_taken(chat):
    text = "03/04/2024, 10:00 - A: x\n"
    assert chat(text, date_order="dmy").entries[0].clock.month == 4
    assert chat(text, date_order="mdy").entries[0].clock.month == 3


def test_a_chosen_order_that_fits_no_date_is_refused(chat):
    with pytest.raises(AppError) as raised:
        chat("25/03/2024, 10:00 - A: x\n", date_order="mdy")
    assert raised.value.code == "wrong_date_order"


def test_a_date_that_does_not_exist_is_rejected_with_its_line(chat):
    text = "25/03/24, 10:00 - A: x\n99/03/24, 10:00 - A: what\nmore\n"
    found = chat(text + "26/03/24, 27:00 - A: y\n27/03/24, 10:00 - A: z\n")
    assert [e.text for e in found.entries] == ["x", "z"]
    assert [(r.place.rpartition(":")[2], "what\nmore" in r.raw) for r in found.rejected] == [("2", True), ("4", False)]


def test_lines_before_the_first_header_are_rejected_not_lost(chat):
    found = chat("25/03/24 export of my chat\n25/03/24, 10:00 - A: x\n")
    assert [r.raw for r in found.rejected] == ["25/03/24 export of my chat"]
    assert [e.text for e in found.entries] == ["x"]


def test_ios_line_ends_marks_and_byte_order_marks_leave_the_text_alone(chat):
    text = (
        f"\ufeff[25.03.24, 21:05:07] Ana: one\r\n{LRM}[25.03.24, 21:05:08] ~\u202fBo: two\nstill two\n\nand more\r\n"
        "\ufeff[25.03.24, 21:05:09] \u202aCleo\u202c: \r\n[25.03.24, 21:05:10] Ana: four\r\n"
    )
    assert [(e.person, e.text) for e in chat(text).entries] == [
        ("Ana", "one"), ("Bo", "two\nstill two\n\nand more"), ("Cleo", ""), ("Ana", "four"),
    ]  # fmt: skip


def test_utf_16_is_read(chat):
    assert chat("25/03/24, 10:00 - Änä: grüß 👋\n".encode("utf-16")).entries[0].text == "grüß 👋"


def test_bytes_that_are_no_text_and_nuls_do_no_harm(chat):
    found = chat(b"25/03/24, 10:00 - A: \xff\xfe\x00 ok\n25/03/24, 10:01 - A: y\n")
    assert [e.text for e in found.entries] == ["\ufffd\ufffd\0 ok", "y"]


def test_a_header_without_text_is_a_message_of_its_own(chat):
    found = chat("25/03/24, 10:00 - A: \n25/03/24, 10:00 - B:\n25/03/24, 10:01 - A: y\n")
    assert [(e.person, e.text) for e in found.entries] == [("A", ""), ("B", ""), ("A", "y")]


def test_blocks_of_any_size_give_the_same_messages(tmp_path, monkeypatch):
    path = tmp_path / "WhatsApp Chat with B.txt"
    lines = [f"25/03/24, 10:{n % 60:02} - Änä {n % 7}: Straße {n}\r\nzweite Zeile {n} 👋\r\n" for n in range(500)]
    path.write_bytes("".join(lines).encode())
    whole = read(WhatsApp(), path)
    monkeypatch.setattr(decoding, "CHUNK", 37)
    assert read(WhatsApp(), path).records == whole.records
    assert len(whole.entries) == 500


def test_an_endless_message_is_cut_and_the_rest_is_told(chat):
    long = "25/03/24, 10:00 - A: " + "x\n" * (TEXT_MAX // 2 + 50_000)
    found = chat(long + "25/03/24, 10:01 - A: y\n99/03/24, 10:01 - A: z\n")
    assert [len(e.text) for e in found.entries] == [TEXT_MAX, 1]
    assert found.rejected[0].reason.startswith("what follows")
    assert found.rejected[1].place.endswith(f":{TEXT_MAX // 2 + 50_000 + 2}")


def test_wall_clock_becomes_a_moment_in_the_chosen_zone(chat):
    found = chat("25/03/24, 10:00 - A: winter\n25/07/24, 10:00 - A: summer\n", zone="Europe/Berlin")
    assert [e.sent_at.hour for e in found.entries] == [9, 8]
    assert [e.clock.hour for e in found.entries] == [10, 10]


def test_the_hour_that_comes_twice_keeps_the_order_of_the_file(chat):
    text = "".join(f"27/10/24, {t} - A: x\n" for t in ("01:59", "02:10", "02:50", "02:05", "02:40", "03:01"))
    found = chat(text, zone="Europe/Berlin")
    moments = [e.sent_at for e in found.entries]
    assert moments == sorted(moments)
    assert (moments[-1] - moments[0]).total_seconds() == 2 * 3600 + 120


def test_other_text_is_not_recognised(tmp_path):
    for text in ("", "hello\n25/03/24, 10:00 - A: x\n", "2024-03-25 10:00:00,123 - root - INFO - x\n", "[1] a note\n"):
        path = tmp_path / "a.txt"
        path.write_text(text)
        assert not WhatsApp().recognises(open_export(path))
    with pytest.raises(AppError):
        read(WhatsApp(), path)


def test_the_real_export_is_read_whole():
    found = read(WhatsApp(), real("whatsapp", "whatsapp-chat-parser-example.zip"), zone="Europe/Berlin")
    assert len(found.entries) == 52
    assert {p.name for p in found.people} == {"Loris", "John", "Emily"}
    assert sum(e.kind is Kind.SYSTEM for e in found.entries) == 4
    files = [a for e in found.entries for a in e.attachments]
    assert [a.size for a in files] == [146284, 64825, 240325, 2721]
    polls = [e for e in found.entries if e.kind is Kind.POLL]
    assert len(polls) == 1
    assert polls[0].text.count("\nOPTION:") == 5
    assert found.chats[0].kind is ConversationKind.GROUP
    assert found.entries[-1].sent_at.isoformat() == "2019-06-20T14:45:28+00:00"
    assert not found.rejected
