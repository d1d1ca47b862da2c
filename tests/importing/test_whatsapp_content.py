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
        ("\u200fلم يتم إدراج الصورة", Kind.IMAGE),
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


@pytest.mark.parametrize(
    ("text", "question", "options"),
    [
        ("POLL:\nWhen?\nOPTION: now (2 votes)\nOPTION: later (0 votes)", "When?", [("now", 2), ("later", 0)]),
        (f"{LRM}POLL:\n{LRM}When?\n{LRM}OPTION: now ({LRM}1 vote)", "When?", [("now", 1)]),
        ("POLL: When?\nOPTION: now (2 votes)", "When?", [("now", 2)]),
        ("UMFRAGE:\nWann?\nOPTION: jetzt (bald) (1 Stimme)", "Wann?", [("jetzt (bald)", 1)]),
        ("ENCUESTA:\n¿Cuándo?\nOPCIÓN: ya (3 votos)", "¿Cuándo?", [("ya", 3)]),
        ("SONDAGE :\nQuand ?\nOPTION : demain (3 votes)", "Quand ?", [("demain", 3)]),
        ("KYSELY:\nMilloin?\nVAIHTOEHTO: nyt (1 ääni)\nVAIHTOEHTO: ei (2 ääntä)", "Milloin?", [("nyt", 1), ("ei", 2)]),
        ("投票:\n何時？\n選項: 今天 (2 票)\n選項: 明天 (0 票)", "何時？", [("今天", 2), ("明天", 0)]),
        ("POLL:\nNobody?", "Nobody?", []),
    ],
)
def test_a_poll_has_its_question_and_its_options_with_votes(body, text, question, options):
    found = body(text)
    assert found.kind is Kind.POLL
    assert found.raw == {
        "poll": {"question": question, "options": [{"text": option, "votes": votes} for option, votes in options]}
    }


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("Missed voice call", (False, True, None)),
        ("Missed video call.", (True, True, None)),
        (f"{LRM}Missed voice call, {LRM}Tap to call back", (False, True, None)),
        (f"{LRM}Voice call, {LRM}45 sec", (False, False, 45)),
        (f"{LRM}Voice call. {LRM}1 hr 5 min", (False, False, 3900)),
        (f"{LRM}Video call, {LRM}12 min", (True, False, 720)),
        (f"{LRM}Video call, {LRM}No answer", (True, False, None)),
        (f"{LRM}Voice call, 1:02:03", (False, False, 3723)),
        (f"{LRM}Sprachanruf, {LRM}2 Std. 1 Min.", (False, False, 7260)),
        (f"{LRM}Videollamada, {LRM}3 min", (True, False, 180)),
        (f"{LRM}Аудиозвонок, {LRM}17 сек.", (False, False, 17)),
        (f"{LRM}語音通話, {LRM}3 分鐘", (False, False, 180)),
        (f"{LRM}Verpasster Videoanruf", (True, True, None)),
        ("未接語音通話", (False, True, None)),
    ],
)
def test_a_call_tells_whether_it_was_missed_and_how_long_it_took(body, text, call):
    found = body(text)
    video, missed, seconds = call
    assert found.kind is Kind.CALL
    assert found.raw == {"call": {"video": video, "missed": missed, "seconds": seconds}}


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("location: https://maps.google.com/?q=52.5200,13.4050", {"latitude": 52.52, "longitude": 13.405}),
        (f"{LRM}Standort: https://maps.google.com/?q=-33.9,18.4", {"latitude": -33.9, "longitude": 18.4}),
        ("https://maps.google.com/?q=52.5,13.4", {"latitude": 52.5, "longitude": 13.4}),
        ("位置: https://maps.google.com/?q=25.03,121.56", {"latitude": 25.03, "longitude": 121.56}),
        ("Café Ana (Main St 3): https://foursquare.com/v/4b0588", {}),
        ("Café Ana\nMain St 3\nhttps://maps.google.com/?q=52.5,13.4", {"latitude": 52.5, "longitude": 13.4}),
        ("live location shared", {"live": True}),
        (f"{LRM}Live-Standort wird geteilt", {"live": True}),
    ],
)
def test_a_place_has_its_numbers_where_they_are_told(body, text, location):
    found = body(text)
    assert found.kind is Kind.LOCATION
    assert found.raw == {"location": location}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<View once voice message omitted>", Kind.AUDIO),
        (f"{LRM}View once voice message omitted", Kind.AUDIO),
        (f"{LRM}You received a view once photo. For added privacy, you can only open it on your phone.", Kind.IMAGE),
        ("You received a view once video. For added privacy, you can only open it on your phone.", Kind.VIDEO),
        (f"{LRM}You received a view once message. For added privacy, you can only open it on your phone.", Kind.IMAGE),
    ],
)
def test_what_could_be_looked_at_only_once_is_a_file_that_did_not_come(body, text, kind):
    found = body(text)
    assert (found.kind, found.text, len(found.attachments)) == (kind, "", 1)
    assert found.raw == {"view_once": True}


@pytest.mark.parametrize(
    "notice",
    ["This message was deleted by admin Ana.", "You deleted this message as admin", f"{LRM}This message was deleted."],
)
def test_what_was_deleted_by_somebody_else_is_deleted(body, notice):
    assert body(notice).is_deleted


@pytest.mark.parametrize(
    "text",
    ["Voice call", "Videoanruf, bitte!", "Video call me at 12 please", "Sprachanruf um 12?",
     "Missed voice calls are sad", "NOTE: x (1)", "TODO:\n- a (1)\n- b (2)", "AA: b (1)\nCC: d (2)\nDD: e (3)",
     "10: a (1)\n11: b (2)\n12: c (3)", "poll:\nOPTION: a (1 vote)",
     "https://example.org/?q=1.5,2.5", "<b>", "<null>", "null"],
)  # fmt: skip
def test_peoples_own_words_are_no_polls_calls_or_places(body, text):
    found = body(text)
    assert (found.text, found.kind, found.raw) == (text, Kind.TEXT, None)
