"""WhatsApp's text export: what the text of one message holds beyond words."""

import pytest

from backscroll.importing.formats.whatsapp import WhatsApp
from backscroll.model.message import Kind
from tests.importing.export_files import read

LRM = "\u200e"


@pytest.fixture
def body(tmp_path):
    """The entry that one message text becomes, between two others."""

    def of(text: str):
        path = tmp_path / "WhatsApp Chat with Test.txt"
        path.write_text(f"25/03/24, 10:00 - Ana: before\n25/03/24, 10:01 - Bo: {text}\n25/03/24, 10:02 - Ana: after\n")
        entries = read(WhatsApp(), path).entries
        assert [e.text for e in entries[::2]] == ["before", "after"]
        assert len(entries) == 3
        return entries[1]

    return of


def test_attachment_lines_of_ios(body):
    found = body(f"look at this {LRM}<attached: 00000015-PHOTO-2024-03-25-10-01-00.jpg>")
    assert (found.text, found.kind) == ("look at this", Kind.IMAGE)
    assert found.attachments[0].file_name == "00000015-PHOTO-2024-03-25-10-01-00.jpg"
    assert found.attachments[0].mime_type == "image/jpeg"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<attached: 1-AUDIO.opus>", Kind.AUDIO),
        ("<Anhang: 2-VIDEO.mp4>", Kind.VIDEO),
        ("<adjunto: 00-STICKER-2024.webp>", Kind.STICKER),
        ("<pièce jointe : 3-card.vcf>", Kind.CONTACT),
        ("<allegato: IMG.webp>", Kind.IMAGE),
        ("<arquivo anexado: plan.pdf>", Kind.DOCUMENT),
        ("<bijgevoegd: notes.zip>", Kind.DOCUMENT),
        (f"{LRM}<liitetty: 4-PHOTO.jpg>", Kind.IMAGE),
        (f"Report v2.pdf • {LRM}3 pages {LRM}<attached: 5-Report v2.pdf>", Kind.DOCUMENT),
        ("IMG-20240325-WA0001.jpg (file attached)", Kind.IMAGE),
        ("PTT-20240325-WA0002.opus (Datei angehängt)", Kind.AUDIO),
        (f"{LRM}VID-20240325-WA0003.mp4 (archivo adjunto)", Kind.VIDEO),
        ("Ana (1).vcf (fichier joint)", Kind.CONTACT),
        ("STK-20240325-WA0004.webp (file allegato)", Kind.STICKER),
        ("plan.pdf (arquivo anexado)", Kind.DOCUMENT),
        ("notes.txt (bestand bijgevoegd)", Kind.DOCUMENT),
        ("DOC-20240325-WA0005.pdf (some language)", Kind.DOCUMENT),
    ],
)
def test_a_file_that_came_along_is_an_attachment(body, text, kind):
    found = body(text)
    assert (found.text, found.kind, len(found.attachments)) == ("", kind, 1)
    assert found.attachments[0].file_name in text


def test_the_caption_of_android_follows_on_the_next_lines(body):
    found = body("IMG-20240325-WA0001.jpg (file attached)\nat the lake\nyesterday")
    assert (found.text, found.kind) == ("at the lake\nyesterday", Kind.IMAGE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<Media omitted>", Kind.DOCUMENT),
        ("<Medien ausgeschlossen>", Kind.DOCUMENT),
        ("<Multimedia omitido>", Kind.DOCUMENT),
        ("<Médias omis>", Kind.DOCUMENT),
        ("<Media omessi>", Kind.DOCUMENT),
        ("<Mídia oculta>", Kind.DOCUMENT),
        ("<Media weggelaten>", Kind.DOCUMENT),
        (f"{LRM}image omitted", Kind.IMAGE),
        ("Bild weggelassen", Kind.IMAGE),
        (f"{LRM}video omitido", Kind.VIDEO),
        (f"{LRM}audio omis", Kind.AUDIO),
        (f"{LRM}sticker omesso", Kind.STICKER),
        (f"{LRM}GIF weggelaten", Kind.VIDEO),
        (f"{LRM}Contact card omitted", Kind.CONTACT),
    ],
)
def test_media_that_was_left_out_leaves_a_nameless_attachment(body, text, kind):
    found = body(text)
    assert (found.text, found.kind) == ("", kind)
    assert [a.file_name for a in found.attachments] == [None]


def test_captions_and_names_of_what_was_left_out_are_kept(body):
    assert body("<Media omitted>\nat the lake").text == "at the lake"
    assert body(f"at the lake {LRM}image omitted").text == "at the lake"
    document = body(f"Report.pdf • {LRM}3 pages {LRM}document omitted")
    assert (document.text, document.attachments[0].file_name) == ("", "Report.pdf")


@pytest.mark.parametrize(
    "notice",
    ["This message was deleted", "You deleted this message.", f"{LRM}Diese Nachricht wurde gelöscht.",
     "Se eliminó este mensaje.", "Ce message a été supprimé", "Questo messaggio è stato eliminato",
     "Mensagem apagada", "Dit bericht is verwijderd"],
)  # fmt: skip
def test_a_deleted_message_is_a_flag_not_a_text(body, notice):
    found = body(notice)
    assert (found.is_deleted, found.text, found.person, found.kind) == (True, "", "Bo", Kind.TEXT)


@pytest.mark.parametrize(
    "mark",
    [" <This message was edited>", f" {LRM}<This message was edited>", f" {LRM}<Diese Nachricht wurde bearbeitet.>",
     " <Se editó este mensaje.>", " <Ce message a été modifié>", " <Questo messaggio è stato modificato>",
     " <Mensagem editada>", " <Dit bericht is bewerkt>"],
)  # fmt: skip
def test_an_edited_message_is_a_flag_not_a_text(body, mark):
    found = body("now right\nin two lines" + mark)
    assert (found.is_edited, found.text) == (True, "now right\nin two lines")
    picture = body("<attached: 1-PHOTO.jpg>" + mark)
    assert (picture.is_edited, picture.kind, picture.text) == (True, Kind.IMAGE, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("POLL:\nWhen?\nOPTION: now (2 votes)", Kind.POLL),
        (f"{LRM}UMFRAGE:\nWann?\n{LRM}OPTION: jetzt (1 Stimme)", Kind.POLL),
        ("Missed voice call", Kind.CALL),
        (f"{LRM}Video call, {LRM}12 min", Kind.CALL),
        (f"{LRM}Verpasster Sprachanruf", Kind.CALL),
        ("location: https://maps.google.com/?q=52.5200,13.4050", Kind.LOCATION),
        (f"{LRM}Location: https://maps.google.com/?q=-33.9,18.4", Kind.LOCATION),
        ("live location shared", Kind.LOCATION),
    ],
)
def test_polls_calls_and_places_keep_their_words(body, text, kind):
    found = body(text)
    assert found.kind is kind
    assert found.text.replace(LRM, "") == text.replace(LRM, "")


@pytest.mark.parametrize(
    "text",
    ["see https://maps.google.com/?q=1.5,2.5 for the way", "a <b> tag", "x (file) y", "1 < 2 and 3 > 2",
     "I think this message was deleted by mistake", "the poll: who comes?", "image omitted from the report",
     "<This message was edited> he wrote", "Video calls are fun", f"mixed {LRM}marks stay"],
)  # fmt: skip
def test_words_that_only_look_like_it_stay_words(body, text):
    found = body(text)
    assert (found.text, found.kind, found.attachments) == (text, Kind.TEXT, ())
    assert not found.is_edited
    assert not found.is_deleted
