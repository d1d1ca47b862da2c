"""WhatsApp's text export: its own lines, and what they tell of whom."""

import pytest

from backscroll.importing.formats.whatsapp.notices import Notices
from backscroll.importing.formats.whatsapp.words.notices import TOLD
from backscroll.model.conversation import ConversationKind
from backscroll.model.message import Kind

ENGLISH = [
    ("Messages and calls are end-to-end encrypted. No one outside of this chat can read them.", "encrypted", {}),
    ("Ana created group “Trip”", "created", {"by": "Ana", "to": "Trip"}),
    ("Ana created this group", "created", {"by": "Ana"}),
    ("You created group \"Trip\"", "created", {"by": "You", "to": "Trip"}),
    ("Ana added Bo and Cleo", "added", {"by": "Ana", "who": "Bo and Cleo"}),
    ("You were added", "added", {"who": "You"}),
    ("Ana added you", "added", {"by": "Ana", "who": "you"}),
    ("Ana removed +49 170 1234567", "removed", {"by": "Ana", "who": "+49 170 1234567"}),
    ("Bo left", "left", {"who": "Bo"}),
    ("Bo joined using this group's invite link", "joined", {"who": "Bo"}),
    ("Ana changed the subject from “Trip” to “Lake”", "subject", {"by": "Ana", "to": "Lake"}),
    ("Ana changed the group name to “Lake: 2”", "subject", {"by": "Ana", "to": "Lake: 2"}),
    ("Ana changed the group description", "description", {"by": "Ana"}),
    ("Ana changed this group's icon", "icon", {"by": "Ana"}),
    ("Bo changed their phone number to a new number. Tap to message or add the new number.", "number", {"who": "Bo"}),
    ("+49 170 1 changed to +49 170 2", "number", {"who": "+49 170 1", "to": "+49 170 2"}),
    ("Your security code with Bo changed. Tap to learn more.", "security code", {"who": "Bo"}),
    ("You're now an admin", "admin", {"who": "You"}),
    ("Ana turned on disappearing messages. All new messages will disappear.", "disappearing", {"by": "Ana"}),
    ("Ana pinned a message", "pinned", {"by": "Ana"}),
    ("You blocked this contact", "blocked", {}),
    ("Missed voice call", "missed call", {}),
]  # fmt: skip
OTHERS = [
    ("Ana hat Bo hinzugefügt", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo wurde hinzugefügt", "added", {"who": "Bo"}),
    ("Bo hat die Gruppe verlassen", "left", {"who": "Bo"}),
    ("Ana hat die Gruppe „Reise“ erstellt", "created", {"by": "Ana", "to": "Reise"}),
    ("Ana añadió a Bo", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo salió del grupo", "left", {"who": "Bo"}),
    ("Ana creó el grupo \"Viaje\"", "created", {"by": "Ana", "to": "Viaje"}),
    ("Ana a ajouté Bo", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo a quitté", "left", {"who": "Bo"}),
    ("Ana a créé le groupe « Voyage »", "created", {"by": "Ana", "to": "Voyage"}),
    ("Ana ha aggiunto Bo", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo ha abbandonato", "left", {"who": "Bo"}),
    ("Ana adicionou Bo", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo saiu", "left", {"who": "Bo"}),
    ("Ana heeft Bo toegevoegd", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo heeft de groep verlaten", "left", {"who": "Bo"}),
    ("Ana добавила Bo", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo покинул группу", "left", {"who": "Bo"}),
    ("Ana, Bo kişisini ekledi", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo ayrıldı", "left", {"who": "Bo"}),
    ("Ana menambahkan Bo", "added", {"by": "Ana", "who": "Bo"}),
    ("Bo keluar", "left", {"who": "Bo"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "notice", "named"), [*ENGLISH, *OTHERS])
def test_a_notice_tells_what_was_done_by_whom_to_whom(chat, text, notice, named):
    entry = chat(f"25/03/24, 10:00 - {text}\n").entries[0]
    assert (entry.person, entry.kind, entry.text) == (None, Kind.SYSTEM, text)
    assert entry.raw == {"notice": notice} | named


@pytest.mark.parametrize(
    "text",
    [
        "Сообщения и звонки защищены сквозным шифрованием. Третьи лица не могут их прочитать.",
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
        "Los mensajes y las llamadas están cifrados de extremo a extremo.",
        "Les messages et les appels sont chiffrés de bout en bout.",
        "As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta",
        "Mesajlar ve aramalar uçtan uca şifrelidir.",
        "Viestit ja puhelut salataan täysin.",
        "メッセージと通話はエンドツーエンド暗号化されています。",
        "訊息和通話經端對端加密。",
        "메시지 및 전화는 종단간 암호화되어 안전합니다.",
        "الرسائل والمكالمات مشفرة تمامًا بين الطرفين",
        "ההודעות והשיחות מוצפנות מקצה-לקצה.",
        "मैसेजेस और कॉल्स एंड-टू-एंड एन्क्रिप्टेड हैं.",
        "Tin nhắn và cuộc gọi được mã hóa đầu cuối.",
        "Wiadomości i połączenia są w pełni zaszyfrowane.",
    ],
)
def test_the_notice_of_the_encryption_is_known_in_many_languages(text):
    assert Notices().read(text) == {"notice": "encrypted"}


def test_notices_that_ios_puts_into_somebodys_mouth_are_told_alike(chat):
    found = chat(
        "[25/03/24, 10:00:00] Trip: \u200eAna added Bo\r\n[25/03/24, 10:00:01] Bo: \u200eBo left\r\n"
        "[25/03/24, 10:00:02] Ana: Bo left\r\n[25/03/24, 10:00:03] Ana: \u200eYour security code with Ana changed.\r\n",
        "WhatsApp Chat - Trip.txt",
    )
    assert [(e.person, e.raw) for e in found.entries] == [
        (None, {"notice": "added", "by": "Ana", "who": "Bo"}),
        (None, {"notice": "left", "who": "Bo"}),
        ("Ana", None),
        (None, {"notice": "security code", "who": "Ana"}),
    ]
    assert found.chats[0].kind is ConversationKind.GROUP


def test_a_notice_that_is_not_understood_keeps_its_words(chat):
    entry = chat("25/03/24, 10:00 - Something quite new happened\n").entries[0]
    assert (entry.text, entry.raw) == ("Something quite new happened", None)


def test_once_a_language_is_known_no_other_is_asked():
    notices = Notices()
    assert notices.read("Bo hat die Gruppe verlassen") == {"notice": "left", "who": "Bo"}
    assert notices.read("Bo left") is None
    assert len(TOLD) > 5
