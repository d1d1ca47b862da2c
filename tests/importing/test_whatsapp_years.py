"""WhatsApp's text export: dates with the names of months, and years that the headers do not name."""

import pytest

from backscroll.errors import AppError
from backscroll.importing.records import Remark


def days(found) -> list[str]:
    return [entry.clock.date().isoformat() for entry in found.entries]


def remarks(found, about: str) -> list[str]:
    return [record.text for record in found.records if isinstance(record, Remark) and record.about == about]


YEARLESS = "21:05, 25 Nov - Ana: a\n21:06, 24 Dec - Bo: b\n09:00, 2 Jan - Ana: c\n09:00, 3 Mar - Bo: d\n"
SEEN = ["2015-11-25", "2015-12-24", "2016-01-02", "2016-03-03"]


def test_a_chosen_year_is_that_of_the_first_message(chat):
    found = chat(YEARLESS, year=2015)
    assert days(found) == SEEN
    assert remarks(found, "year") == [
        "The headers name no year; the chat is taken to begin in 2015, as chosen."
    ]  # fmt: skip


def test_the_name_of_the_file_tells_the_year_where_it_fits(chat):
    assert days(chat(YEARLESS, "WhatsApp Chat with Ana 2015-2016.txt")) == SEEN
    one = chat("25 Nov 21:05 - Ana: a\n26 Nov 21:05 - Ana: b\n", "WhatsApp Chat with Ana 2015.txt")
    assert days(one) == ["2015-11-25", "2015-11-26"]
    assert "as the name of the export tells" in remarks(one, "year")[0]


@pytest.mark.parametrize(
    "file", ["IMG-20160102-WA0003.jpg (file attached)", "<attached: 00000003-PHOTO-2016-01-02-09-00-00.jpg>"]
)
def test_files_that_were_sent_tell_the_year(chat, file):
    found = chat(YEARLESS.replace("Ana: c", f"Ana: {file}"))
    assert days(found) == SEEN
    assert "names of the files" in remarks(found, "year")[0]


def test_where_nothing_tells_the_year_a_person_is_asked_before_anything_is_yielded(chat):
    for name in ("WhatsApp Chat with Ana.txt", "WhatsApp Chat with Ana 2015.txt"):  # the chat goes into a second year
        with pytest.raises(AppError) as raised:
            chat(YEARLESS, name)
        assert raised.value.code == "no_year"
        assert raised.value.hint.splitlines() == [
            "The first is 25 Nov, the last is 3 Mar of the next year.",
            "Say with --year in which year the chat begins. Nothing was imported.",
        ]


def test_a_year_without_the_days_of_the_chat_is_refused(chat):
    text = "21:05, 29 Feb - Ana: a\n"
    assert days(chat(text, year=2016)) == ["2016-02-29"]
    with pytest.raises(AppError) as raised:
        chat(text, year=2015)
    assert raised.value.code == "wrong_year"


def test_lines_a_little_out_of_order_are_of_the_same_year(chat):
    lines = "".join(
        f"{day} 23:59 - Ana: x\n" for day in ("30 Dec", "31 Dec", "1 Jan", "31 Dec", "1 Jan", "3 Jan", "2 Jan", "1 Feb")
    )
    assert days(chat(lines, year=2015)) == [
        *("2015-12-30", "2015-12-31", "2016-01-01", "2015-12-31", "2016-01-01", "2016-01-03", "2016-01-02"),
        "2016-02-01",
    ]


def test_a_year_and_more_passes_between_equal_days(chat):
    text = "5 Mar 10:00 - A: x\n4 Feb 10:00 - A: x\n4 Mar 10:00 - A: x\n1 Mar 10:00 - A: x\n"
    assert days(chat(text, year=2013)) == ["2013-03-05", "2014-02-04", "2014-03-04", "2015-03-01"]


@pytest.mark.parametrize(
    ("names", "months"),
    [
        ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", range(1, 13)),
        ("ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.", range(1, 13)),
        ("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", range(1, 13)),
        ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember", range(1, 13)),
        ("genn febbr", ()),
        ("gen feb mar apr mag giu lug ago set ott nov dic", range(1, 13)),
        ("янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.", range(1, 13)),
        ("sty lut mar kwi maj cze lip sie wrz paź lis gru", range(1, 13)),
        ("sij velj ožu tra svi lip srp kol ruj lis stu pro", range(1, 13)),
        ("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara", range(1, 13)),
        ("tammik. helmik. maalisk. huhtik. toukok. kesäk. heinäk. elok. syysk. lokak. marrask. jouluk.", range(1, 13)),
        ("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر", range(1, 13)),
        ("जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्तूबर नवंबर दिसंबर", range(1, 13)),
        ("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.", range(1, 13)),
        ("1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월", range(1, 13)),
    ],
)
def test_months_are_read_in_the_language_that_knows_them_all(chat, names, months):
    text = "".join(f"21:05, 14 {name} - Ana: x\n" for name in names.split())
    if not months:
        with pytest.raises(AppError):
            chat(text, year=2015)
        return
    found = chat(text, year=2015)
    assert [entry.clock.month for entry in found.entries] == list(months)
    assert not found.rejected


def test_a_word_that_is_no_month_opens_no_message(chat):
    found = chat("21:05, 25 Nov - Ana: a\n21:06, 25 apples - Bo: b\n21:07, 25 Nov - Ana: c\n", year=2015)
    assert [e.text for e in found.entries] == ["a\n21:06, 25 apples - Bo: b", "c"]


def test_a_day_that_no_month_has_is_rejected(chat):
    found = chat("21:05, 25 Nov - Ana: a\n21:06, 31 Nov - Bo: b\n21:07, 26 Nov - Ana: c\n", year=2015)
    assert days(found) == ["2015-11-25", "2015-11-26"]
    assert [rejected.place.rpartition(":")[2] for rejected in found.rejected] == ["2"]
