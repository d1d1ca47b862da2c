"""Mail: mailboxes, threads, charsets, HTML, files, and letters that are broken."""

import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.importing.detection import find_exports
from backscroll.importing.export import open_export
from backscroll.importing.formats.mail import Mail
from backscroll.importing.formats.mail.headers import topic
from tests.importing.export_files import read, zipped

HEADERS = "From: Ana Ruiz <Ana@a.example>\nDate: Mon, 25 Mar 2024 10:00:00 +0100\n"


def letter(number: int, words: str = "hi", answers: str = "", subject: str = "Tents", **others: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ana Ruiz <Ana@a.example>"
    made["Date"] = "Mon, 25 Mar 2024 10:00:00 +0100"
    made["Message-ID"] = f"<{number}@a.example>"
    made["Subject"] = subject
    if answers:
        made["References"] = answers
        made["In-Reply-To"] = answers.rpartition(" ")[2]
    for name, value in others.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


def boxed(place: Path, *letters: EmailMessage) -> Path:
    box = mailbox.mbox(place)
    for one in letters:
        box.add(one)
    box.close()
    return place


@pytest.fixture
def mail(tmp_path):
    """Writes an mbox and reads it."""

    def write_and_read(*letters: EmailMessage | str):
        place = tmp_path / "Inbox.mbox"
        if letters and isinstance(letters[0], str):
            place.write_bytes("".join(f"From x Mon Mar 25 10:00:00 2024\n{one}\n" for one in letters).encode())
        else:
            boxed(place, *letters)
        assert Mail().recognises(open_export(place))
        return read(Mail(), place)

    return write_and_read


def test_a_letter_has_its_time_sender_subject_and_words(mail):
    found = mail(letter(1, "Dear all,\nFrom here on\nit rains.", To="Bo <bo@b.example>"))
    entry = found.entries[0]
    assert entry.sent_at == datetime(2024, 3, 25, 9, tzinfo=UTC)
    assert entry.text == "Tents\n\nDear all,\nFrom here on\nit rains."
    assert (entry.external_id, entry.person) == ("1@a.example", "ana@a.example")
    assert entry.raw == {"To": "Bo <bo@b.example>"}
    assert [(c.title, p.name) for c, p in zip(found.chats, found.people, strict=True)] == [("Inbox", "Ana Ruiz")]


def test_answers_are_in_the_thread_of_what_they_answer(mail):
    found = mail(
        letter(1), letter(2, answers="<1@a.example>", subject="Re: AW: Tents"),
        letter(3, answers="<1@a.example> <2@a.example>", subject="Re: Tents (was: Poles)"),
        letter(4, answers="<0@gone.example>"), letter(5, answers="<0@gone.example> <4@a.example>", subject="Re: Tents"),
    )  # fmt: skip
    ids = [f"{n}@a.example" for n in range(1, 6)]
    assert [e.thread for e in found.entries] == [ids[0], ids[0], ids[0], "0@gone.example", "0@gone.example"]
    assert [e.parent for e in found.entries] == [None, ids[0], ids[1], "0@gone.example", ids[3]]
    assert [e.text for e in found.entries] == ["Tents\n\nhi", "hi", "Re: Tents (was: Poles)\n\nhi", "hi", "hi"]
    assert [(t.external_id, t.title) for t in found.topics] == [(ids[0], "Tents"), ("0@gone.example", "Tents")]


def test_charsets_and_encodings_are_understood(mail):
    found = mail(
        HEADERS + "Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?4piD?=\nContent-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n\nSch=F6n =\nwar es\n",
        HEADERS + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n4piD\n",
        HEADERS + "Content-Type: text/plain; charset=x-unknown\n\nna\u00efve\n",
        HEADERS + "Content-Type: text/html; charset=utf-8\n\n<p>Hello <b>you</b></p><style>p{}</style><p>there</p>\n",
    )
    assert [e.text for e in found.entries] == ["Grüße☃\n\nSchön war es", "☃", "naïve", "Hello you\n\nthere"]


def test_plain_text_goes_before_html_and_files_are_named_and_measured(mail):
    made = letter(1, "plain")
    made.add_alternative("<p>rich</p>", subtype="html")
    made.add_attachment(b"\x00\x01picture", maintype="image", subtype="png", filename="Gru\u00df.png")
    made.add_attachment("notes", filename="notes.txt")
    entry = mail(made).entries[0]
    assert entry.text == "Tents\n\nplain"
    assert [(a.file_name, a.mime_type, a.size) for a in entry.attachments] == [
        ("Gruß.png", "image/png", 9), ("notes.txt", "text/plain", 6)]  # fmt: skip
    assert entry.attachments[0].sha256 == sha256(b"\x00\x01picture").hexdigest()


def test_a_maildir_is_one_chat_and_its_parts_are_not_looked_at_alone(tmp_path):
    box = mailbox.Maildir(tmp_path / "Archive", create=True)
    box.add(letter(1))
    seen = mailbox.MaildirMessage(letter(2, answers="<1@a.example>"))
    seen.set_subdir("cur")
    seen.set_flags("S")
    box.add(seen)
    found, others = find_exports(tmp_path)
    assert [(one.name, export.name) for one, export in found] == [("mail", "Archive")]
    assert others == []
    result = read(Mail(), tmp_path / "Archive")
    assert [c.title for c in result.chats] == ["Archive"]
    assert {e.external_id for e in result.entries} == {"1@a.example", "2@a.example"}


def test_mailboxes_in_folders_and_zips_are_found(tmp_path):
    boxed(tmp_path / "Sent.mbox", letter(1))
    (tmp_path / "one.eml").write_bytes(letter(2).as_bytes())
    (tmp_path / "notes.txt").write_text("From here on: nothing\n")
    boxed(tmp_path / "raw", letter(3))
    packed = zipped(tmp_path / "takeout.zip", {"Mail/All.mbox": (tmp_path / "Sent.mbox").read_bytes()})
    found, others = find_exports(tmp_path)
    assert [(one.name, export.name) for one, export in found] == [
        ("mail", "Sent.mbox"), ("mail", "one.eml"), ("mail", "takeout.zip")]  # fmt: skip
    assert [Path(other.path).name for other in others] == ["notes.txt"]
    assert [c.title for c in read(Mail(), packed).chats] == ["All"]
    assert [c.title for c in read(Mail(), tmp_path / "raw").chats] == ["raw"]


def test_what_is_broken_is_told_and_the_rest_is_read(mail, tmp_path):
    found = mail(HEADERS + "\nfirst\n", "Subject: no date\n\nx\n", "", HEADERS + "\nlast\n")
    assert [e.text for e in found.entries] == ["first", "last"]
    undated = "it has no date that can be read"
    assert [(r.place, r.reason) for r in found.rejected] == [("Inbox.mbox:7", undated), ("Inbox.mbox:12", undated)]
    (tmp_path / "x.eml").write_text("dear diary")
    with pytest.raises(AppError, match="no mail"):
        read(Mail(), tmp_path / "x.eml")


@pytest.mark.parametrize("subject", ["Re: Tents", "RE: Re[2]: Tents", "AW: WG: Tents", "Tents", "Fwd:Tents"])
def test_marks_of_answers_are_taken_off(subject):
    assert topic(subject) == "Tents"


lines = st.sampled_from([
    "From: a <a@b>", "From: =?x?Q?=FF?=", "Date: Mon, 25 Mar 2024 10:00:00 -0000", "Date: 99", "",
    "Subject: =?utf-8?B?!!?=",
    "Message-ID: <1@x>", "References: <1@x> <", "Content-Type: multipart/mixed; boundary=b", "--b", "--b--",
    "Content-Type: text/html", "Content-Type: text/plain; charset=\u00e9", "Content-Transfer-Encoding: base64", "x=",
    "Content-Disposition: attachment; filename*=utf-8''%ff", "Content-Type: message/rfc822",
    "From x Mon Mar 25 10:00:00 2024",
    "Content-Transfer-Encoding: x-uuencode", "begin 666 x",
]) | st.text(max_size=9)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, max_size=15).map("\n".join))
def test_no_letter_crashes_and_each_is_told_once(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.mbox"
        path.write_bytes(b"From x Mon Mar 25 10:00:00 2024\nX: y\n" + text.encode("utf-8", "surrogatepass"))
        found = read(Mail(), path)
        again = len(list(mailbox.mbox(path, create=False)))
        assert 1 <= len(found.entries) + len(found.rejected) <= again
