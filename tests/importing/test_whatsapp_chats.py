"""WhatsApp's text export: who speaks, what the chat is called, and the files beside it."""

import pytest

from backscroll.importing.formats.whatsapp import WhatsApp
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind
from tests.importing.export_files import read, zipped

LRM = "\u200e"


def test_what_whatsapp_says_itself_has_no_person(chat):
    notices = [
        "Messages and calls are end-to-end encrypted.",
        'Ana changed the subject from "Plan: A" to "Plan: B"',
        "Loris created group “Trip: 2024”",
        "Ana joined from https://chat.whatsapp.com/x: welcome",
        "Call at 10:30: missed",
    ]
    text = "".join(f"25/03/24, 10:00 - {notice}\n" for notice in notices)
    found = chat(text + "25/03/24, 10:01 - Ana “Annie” R: hi\n")
    assert [e.text for e in found.entries[:-1]] == notices
    assert {(e.person, e.kind) for e in found.entries[:-1]} == {(None, Kind.SYSTEM)}
    assert found.entries[-1].person == "Ana “Annie” R"


def test_notices_that_ios_puts_into_somebodys_mouth_are_whatsapps(chat):
    said = [
        ("Trip", f"{LRM}Messages and calls are end-to-end encrypted."),
        ("Trip", f"{LRM}Ana created this group"),
        ("Bo", f"{LRM}Bo left"),
        ("Ana", f"{LRM}image omitted"),
        ("Ana", "Ana is my name"),
    ]
    text = "".join(f"[25/03/24, 10:00:00] {name}: {words}\r\n" for name, words in said)
    found = chat(text, "WhatsApp Chat - Trip.txt")
    assert [e.person for e in found.entries] == [None, None, None, "Ana", "Ana"]
    assert found.chats[0].kind is ConversationKind.GROUP
    assert [p.name for p in found.people] == ["Ana"]


def test_two_people_are_a_direct_chat_three_or_a_notice_make_a_group(chat):
    two = "25/03/24, 10:00 - Messages and calls are end-to-end encrypted.\n"
    two += "25/03/24, 10:00 - A: x\n25/03/24, 10:01 - B: y\n"
    assert chat(two).chats[0].kind is ConversationKind.DIRECT
    assert chat(two + "25/03/24, 10:02 - C: z\n").chats[0].kind is ConversationKind.GROUP
    assert chat(two + "25/03/24, 10:02 - A hat die Gruppe „Reise“ erstellt\n").chats[0].kind is ConversationKind.GROUP


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("WhatsApp Chat with Ana Ruiz.txt", "Ana Ruiz"),
        ("WhatsApp Chat with Ana Ruiz (1).txt", "Ana Ruiz"),
        ("WhatsApp-Chat mit Dr. Ana.txt", "Dr. Ana"),
        ("Chat de WhatsApp con Ana.txt", "Ana"),
        ("Discussion WhatsApp avec Ana.txt", "Ana"),
        ("Chat WhatsApp con Ana.txt", "Ana"),
        ("Conversa do WhatsApp com Ana.txt", "Ana"),
        ("WhatsApp-chat met Ana.txt", "Ana"),
        ("WhatsApp_Chat_with_Ana_Ruiz.txt", "Ana Ruiz"),
        ("Ana ile WhatsApp Sohbeti.txt", "Ana"),
        ("family.txt", "family"),
    ],
)
def test_the_title_comes_from_the_file_name(chat, name, title):
    found = chat("25/03/24, 10:00 - A: x\n", name)
    assert (found.chats[0].title, found.chats[0].external_id) == (title, title)


def test_the_title_of_chat_txt_comes_from_what_it_lies_in(tmp_path):
    line = "[25/03/24, 10:00:00] A: x\n"
    archive = zipped(tmp_path / "WhatsApp Chat - Ana (2).zip", {"_chat.txt": line, "__MACOSX/._chat.txt": "x"})
    assert read(WhatsApp(), archive).chats[0].title == "Ana"
    folder = tmp_path / "WhatsApp Chat - Bo"
    folder.mkdir()
    (folder / "_chat.txt").write_text(line)
    assert read(WhatsApp(), folder / "_chat.txt").chats[0].title == "Bo"


def test_a_chosen_title_wins(chat):
    assert chat("25/03/24, 10:00 - A: x\n", title="Mine").chats[0].external_id == "Mine"


def test_a_file_beside_the_chat_is_known_by_size_and_place(tmp_path):
    (tmp_path / "IMG-1.jpg").write_bytes(b"12345")
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(b"secret")
    folder = tmp_path / "chat"
    folder.mkdir()
    (folder / "IMG-1.jpg").write_bytes(b"123")
    names = ["IMG-1.jpg", "gone.jpg", "../outside.jpg", str(outside), "x" * 300 + ".jpg"]
    (folder / "_chat.txt").write_text("".join(f"[25/03/24, 10:00:00] A: <attached: {name}>\n" for name in names))
    files = [e.attachments[0] for e in read(WhatsApp(), folder / "_chat.txt").entries]
    assert [f.size for f in files] == [3, None, None, None, None]
    assert [f.path for f in files] == [str(folder / "IMG-1.jpg"), None, None, None, None]


def test_a_file_in_the_zip_is_known_by_size_and_by_its_place_there(tmp_path):
    members = {"c/_chat.txt": "[25/03/24, 10:00:00] A: <attached: 1-PHOTO.jpg>\n", "c/1-PHOTO.jpg": b"1234"}
    attachment = read(WhatsApp(), zipped(tmp_path / "x.zip", members)).entries[0].attachments[0]
    assert (attachment.size, attachment.path, attachment.sha256) == (
        4,
        str(tmp_path / "x.zip" / "c" / "1-PHOTO.jpg"),
        None,
    )


def test_a_chat_sent_as_an_attachment_is_not_read(tmp_path):
    line = "[25/03/24, 10:00:00] A: x\n"
    members = {"_chat.txt": line, "00000004-WhatsApp Chat with B.txt": line, "notes.txt": line}
    assert len(read(WhatsApp(), zipped(tmp_path / "x.zip", members)).chats) == 1


def test_a_zip_of_several_chats_gives_them_all(tmp_path):
    members = {f"WhatsApp Chat with {n}.txt": f"25/03/24, 10:00 - {n}: x\n" for n in "AB"}
    found = read(WhatsApp(), zipped(tmp_path / "x.zip", members))
    assert [c.title for c in found.chats] == ["A", "B"]
    assert found.positions[-1] == found.reading.total
