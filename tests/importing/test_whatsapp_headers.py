"""WhatsApp's text export: the line that opens a message, in every shape and language, and what only looks like it."""

from datetime import datetime

import pytest

from backscroll.importing.formats.whatsapp.families import family_of
from backscroll.importing.formats.whatsapp.noon import half_of, hour_of_24

LRM = "\u200e"

DAY = "2024-03-25T21:05"
SHAPES = [
    # Android, 24 h
    ("25/03/2024, 21:05 - ", DAY),
    ("25/03/24, 21:05 - ", DAY),
    ("25.03.24, 21:05 - ", DAY),
    ("25-03-2024 21:05 - ", DAY),
    ("25 03 2024, 21:05 - ", DAY),
    ("25. 3. 2024 21:05 - ", DAY),
    ("25. 03. 2024. 21:05 - ", DAY),
    ("2024. 03. 25. 21:05 - ", DAY),
    ("2024/03/25, 21:05 - ", DAY),
    ("2024-03-25, 21:05 - ", DAY),
    ("2024-03-25 21:05 - ", DAY),
    ("25/03/2024, 21:05 – ", DAY),
    ("25/03/2024,21:05 - ", DAY),
    # Words between date and time, dots and letters in the time, units after date and time
    ("25.3.2024 klo 21.05 - ", DAY),
    ("25/03/2024 à 21:05 - ", DAY),
    ("25.03.24 um 21:05 - ", DAY),
    ("25/03/2024 a las 21:05 - ", DAY),
    ("25/03/2024 às 21:05 - ", DAY),
    ("25/03/2024 alle ore 21:05 - ", DAY),
    ("25.03.2024 kell 21:05 - ", DAY),
    ("25. 3. 2024 ob 21:05 - ", DAY),
    ("25.03.24 в 21:05 - ", DAY),
    ("25/03/2024 pukul 21.05 - ", DAY),
    ("25.03.24, 21:05 Uhr - ", DAY),
    ("25.03.24 г., 21:05 ч. - ", DAY),
    ("25/03/2024 21:05 น. - ", DAY),
    ("2024-03-25 21 h 05 - ", DAY),
    ("25/03/2024 21h05 - ", DAY),
    # 12 h
    ("3/25/24, 9:05 PM - ", DAY),
    ("3/25/24, 9:05\u202fPM - ", DAY),
    ("3/25/24, 9:05\u00a0pm - ", DAY),
    ("25/03/2024, 9:05 p. m. - ", DAY),
    ("25/03/2024, 9:05 p.\u00a0m. - ", DAY),
    ("25/03/2024, 9:05PM - ", DAY),
    ("25/03/2024 a las 9:05\u202fp.\u00a0m. - ", DAY),
    ("2024/03/25 下午9:05 - ", DAY),
    ("2024/3/25 晚上9:05 - ", DAY),
    ("2024. 3. 25. 오후 9:05 - ", DAY),
    ("2024/03/25 午後9:05 - ", DAY),
    ("25/3/2024, 9:05 م - ", DAY),
    ("25/3/2024،\u200f 9:05 ب.ظ. - ", DAY),
    ("25/3/24, 9:05 μ.μ. - ", DAY),
    ("25.3.2024, 9:05 אחה״צ - ", DAY),
    ("25/3/2024 9:05 หลังเที่ยง - ", DAY),
    ("25/03/2024, 9:05 CH - ", DAY),
    ("25.03.2024 ÖS 9:05 - ", DAY),
    ("2024. 03. 25. du. 9:05 - ", DAY),
    ("25.3.2024 klo 9.05 ip. - ", DAY),
    ("25. 3. 2024 9:05 odp. - ", DAY),
    ("25/3/24 ಅಪರಾಹ್ನ 9:05 - ", DAY),
    ("25/03/2024, 9:05 in the evening - ", DAY),
    # iOS
    ("[25.03.24, 21:05:07] ", DAY + ":07"),
    ("[25/03/2024, 21:05:07] ", DAY + ":07"),
    ("[2024-03-25, 21:05:07] ", DAY + ":07"),
    ("[25/03/24 21.05.07] ", DAY + ":07"),
    ("[25.3.2024 klo 21.05.07] ", DAY + ":07"),
    ("[25.03.24 um 21:05:07] ", DAY + ":07"),
    ("[3/25/24, 9:05:07\u202fPM] ", DAY + ":07"),
    ("[25.3.24, 9:05:07\u202fp.m.] ", DAY + ":07"),
    (f"{LRM}[3/25/24, 9:05:07 p.m.] ", DAY + ":07"),
    ("[2024/3/25 下午9:05:07] ", DAY + ":07"),
    ("[2024. 3. 25. 오후 9:05:07] ", DAY + ":07"),
    # Time first
    ("[21:05:07, 25/03/2024] ", DAY + ":07"),
    ("[9:05:07 PM, 3/25/2024] ", DAY + ":07"),
    ("21:05, 25/03/2024 - ", DAY),
    ("9:05 CH, 25/03/2024 - ", DAY),
    # Old iOS
    ("25/03/2014 21:05:07: ", "2014-03-25T21:05:07"),
    ("3/25/14 9:05:07 PM: ", "2014-03-25T21:05:07"),
    # Names of months
    ("25 Mar 2014, 21:05 - ", "2014-03-25T21:05"),
    ("Mar 25, 2014, 9:05 PM - ", "2014-03-25T21:05"),
    ("March 25, 2014 at 9:05 PM - ", "2014-03-25T21:05"),
    ("25 мар. 2014 г., 21:05 - ", "2014-03-25T21:05"),
    ("25 de mar. de 2014 a las 9:05 p. m. - ", "2014-03-25T21:05"),
    ("25. März 2014, 21:05 - ", "2014-03-25T21:05"),
    ("2014. márc. 25. 21:05 - ", "2014-03-25T21:05"),
    ("2014年3月25日 下午9:05 - ", "2014-03-25T21:05"),
    ("2014년 3월 25일 오후 9:05 - ", "2014-03-25T21:05"),
    ("25 มี.ค. 2557 21:05 - ", "2014-03-25T21:05"),
    ("25 مارس 2014، 9:05 م - ", "2014-03-25T21:05"),
    # Other calendars and digits
    ("25/03/2567, 21:05 - ", DAY),
    ("25/03/2567 BE 21:05 - ", DAY),
    ("25/03/67, 21:05 - ", DAY),
    ("R6/03/25 21:05 - ", DAY),
    ("令和6/3/25 午後9:05 - ", DAY),
    ("[H31.4.30, 21:05:07] ", "2019-04-30T21:05:07"),
    ("25/3/R6, 21:05 - ", DAY),
    ("3/25/6 R, 9:05 PM - ", DAY),
    ("٢٥\u200f/٣\u200f/٢٠٢٤، ٢١:٠٥ - ", DAY),
    ("\u200f[٢٥\u200f/٣\u200f/٢٠٢٤، ٩:٠٥:٠٧ م] ", DAY + ":07"),
    ("۲۰۲۴/۳/۲۵،\u200f ۲۱:۰۵ - ", DAY),
]


@pytest.mark.parametrize(("header", "expected"), SHAPES)
def test_every_family_of_headers_is_read(chat, header, expected):
    found = chat(f"{header}Ana Ruiz: first: line\nsecond line\n{header}+49 170 1234567: reply\n")
    assert [(e.person, e.text) for e in found.entries] == [
        ("Ana Ruiz", "first: line\nsecond line"),
        ("+49 170 1234567", "reply"),
    ]
    assert {e.clock for e in found.entries} == {datetime.fromisoformat(expected)}
    assert not found.rejected


@pytest.mark.parametrize(
    ("mark", "hours"),
    [
        ("AM", {12: 0, 1: 1, 11: 11, 0: 0}),
        ("p.\u00a0m.", {12: 12, 1: 13, 11: 23}),
        ("凌晨", {12: 0, 3: 3}),
        ("上午", {11: 11}),
        ("中午", {11: 11, 12: 12, 1: 13}),
        ("晚上", {7: 19, 11: 23, 12: 0}),
        ("오전", {12: 0}),
        ("午後", {12: 12}),
        ("ص", {12: 0}),
        ("ق.ظ.", {9: 9}),
        ("πμ", {12: 0}),
        ("לפנה״צ", {12: 0}),
        ("ก่อนเที่ยง", {12: 0}),
        ("SA", {12: 0}),
        ("ÖÖ", {12: 0}),
        ("de.", {12: 0}),
        ("пр.об.", {12: 0}),
        ("сл.об.", {12: 12, 9: 21}),
        ("ap.", {9: 9}),
        ("dop.", {9: 9}),
        ("popiet", {9: 21}),
        ("अपराह्न", {9: 21}),
        ("பிற்பகல்", {9: 21}),
        ("at night", {10: 22, 12: 0, 2: 2}),
    ],
)
def test_the_marks_of_a_12_hour_clock_are_known_in_many_languages(mark, hours):
    assert {hour: hour_of_24(hour, mark) for hour in hours} == hours


def test_a_word_that_is_no_mark_is_none():
    assert half_of("klo") is None
    assert half_of("soon") is None


@pytest.mark.parametrize(
    ("time", "hour"),
    [("12:00 AM", 0), ("12:00 PM", 12), ("1:00 am", 1), ("11:00 P.M.", 23), ("0:00 AM", 0), ("00:00 am", 0)],
)
def test_the_12_hour_clock_turns_at_12(chat, time, hour):
    assert chat(f"25/03/24, {time} - Ana: hi\n").entries[0].clock.hour == hour


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hello",
        "[1] a note",
        "12:30",
        "2024-03-25",
        "2024-03-25 10:00:00,123 - root - INFO - started",
        "25/03/24 export of my chat",
        "Meet me at 10:30 - or later: I wait",
        "5 apples 10:30 - you: mine",
        "12:30, 5 apples - you: mine",
        "25/03/2024, 21:05 later - Ana: x",
        "[25/03/2024] Ana: x",
        "25/03/2024 21:05: no seconds",
        "https://example.org/2024/03/25 21:05 - x",
    ],
)
def test_other_lines_open_no_message(line):
    assert family_of(line) is None


def test_all_headers_of_one_phone_are_one_family():
    morning, evening = "3/25/24, 9:05\u202fAM - Ana: x", "12/5/24, 11:59 pm - Messages are encrypted."
    assert family_of(morning) == family_of(evening)
    assert family_of("2024/3/25 凌晨2:05 - A: x") == family_of("2024/12/5 晚上11:05 - B: x")


def test_lines_pasted_from_another_chat_stay_text(chat):
    pasted = (
        "[20.06.19, 15:58:47] Loris: hi\n2024-03-01 10:00 - build: failed\n1/2/24, 9:00 PM - Zed: yo\n"
        "21:05, 25 Mar - Old: hello\n25.03.24, 21:05 - Ana: dots\n25/03/24 21:05 - Ana: no comma\n"
        "25/03/24, 21.05 - Ana: dotted"
    )
    found = chat(f"25/03/24, 10:00 - Ana: look\n{pasted}\n25/03/24, 10:02 - Bo: ok\n")
    assert [(e.person, e.text) for e in found.entries] == [("Ana", f"look\n{pasted}"), ("Bo", "ok")]


def test_a_first_line_of_another_look_does_not_stand_for_the_file(chat):
    lines = "".join(f"25/03/24, 10:{n:02} - Ana: {n}\n" for n in range(30))
    found = chat("[25.03.24, 10:00:00] Zed: pasted\n" + lines)
    assert len(found.entries) == 30
    assert [r.raw for r in found.rejected] == ["[25.03.24, 10:00:00] Zed: pasted"]


@pytest.mark.parametrize(
    ("shown", "person"),
    [
        ("Ana", "Ana"),
        ("+49 170 1234567", "+49 170 1234567"),
        ("\u202a+49 170 1234567\u202c", "+49 170 1234567"),
        ("~\u202fBo", "Bo"),
        ("~ Bo", "Bo"),
        ("Ana 🌻 R.", "Ana 🌻 R."),
        ("Team:Blue", "Team:Blue"),
        ("Ana “Annie” R", "Ana “Annie” R"),
        ("12:30 Club 1", "12:30 Club 1"),
    ],
)
def test_the_author_ends_at_the_first_colon_before_a_blank(chat, shown, person):
    assert chat(f"25/03/24, 10:00 - {shown}: a: b\n").entries[0].person == person


@pytest.mark.parametrize(
    "notice",
    ["Ana joined from https://chat.whatsapp.com/x: welcome", "Call at 10:30: missed",
     'Ana changed the subject from "Plan: A" to "Plan: B"', "Loris created group “Trip: 2024”"],
)  # fmt: skip
def test_a_time_an_address_or_an_open_quotation_before_the_colon_is_no_author(chat, notice):
    entry = chat(f"25/03/24, 10:00 - {notice}\n").entries[0]
    assert (entry.person, entry.text) == (None, notice)
