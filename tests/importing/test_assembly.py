"""From records to rows: what is not a message but has to be told."""

from backscroll.archive.batch import RemarkRow
from backscroll.importing.assembly import Assembly
from backscroll.importing.records import Remark


def test_a_remark_goes_with_the_batch_that_it_was_read_in():
    assembly = Assembly("whatsapp")
    assembly.add(Remark("year", "The headers name no year; \0 2024 is taken from the file's name.", "chat.txt"))
    batch = assembly.take()
    assert batch.remarks == [
        RemarkRow("chat.txt", "year", "The headers name no year; \u2400 2024 is taken from the file's name.")
    ]
    assert not batch.rejected
    assert not assembly.take().remarks
