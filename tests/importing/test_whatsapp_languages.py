"""WhatsApp's text export: its own words in the languages that exports come in."""

import pytest

from backscroll.importing.formats.whatsapp.content import content_of
from backscroll.importing.formats.whatsapp.titles import title_in
from backscroll.importing.formats.whatsapp.words.media import ATTACHED_PHRASE, ATTACHED_TAG, OMITTED
from backscroll.importing.formats.whatsapp.words.messages import CALLS, DELETED, EDITED, LIVE_LOCATION, MISSED_CALLS
from backscroll.model.message import Kind

# Android: a file that came along, and one that was left out.
ANDROID = """
af|lêer aangeheg|Media weggelaat
ar|الملف مرفق|تم استبعاد الوسائط
az|fayl əlavə olunub|Media çıxarılmışdır
bg|прикачен файл|Без файл
bn|ফাইল সংযুক্ত হয়েছে|মিডিয়া বাদ দেওয়া হয়েছে
ca|arxiu adjunt|Mitjans omesos
cs|soubor byl přiložen|Média vynechána
da|fil vedhæftet|Mediefil udeladt
de|Datei angehängt|Medien ausgeschlossen
el|συνημμένο αρχείο|Εξαίρεση πολυμέσων
en|file attached|Media omitted
es|archivo adjunto|Multimedia omitido
et|fail lisatud|Meedia ära jäetud
fa|فایل پیوست شد|پیوست نما/آهنگ حذف شد
fi|liitetiedosto|Media jätetty pois
fil|nakalakip na file|Walang kalakip na media
fr|fichier joint|Médias omis
gu|ફાઇલ જોડાયેલ|મીડિયા અવગણાયું
he|קובץ מצורף|המדיה לא נכללה
hi|फाइल अटैच कर दी गई है|मीडिया के बिना
hr|datoteka u privitku|Medijski zapis izostavljen
hu|fájl csatolva|Hiányzó médiafájl
id|file terlampir|Media tidak disertakan
it|file allegato|Media omessi
ja|添付ファイル有り|メディアは含まれていません
kk|қосымша файл|Файл қосылған жоқ
kn|ಕಡತ ಸೇರಿಸಲಾಯಿತು|ಮೀಡಿಯಾ ಕೈಬಿಡಲಾಗಿದೆ
ko|파일 첨부됨|미디어 파일을 생략한 대화내용
lt|byla prisegta|Praleistas medijos turinys
lv|pievienots fails|Bez multivides
mk|прикачен фајл|Без фајл
ml|ഫയൽ ചേർത്തു|മീഡിയ ഒഴിവാക്കി
mr|फाइल संलग्न|मीडिया वगळले
ms|fail dilampirkan|Media disingkirkan
nb|vedlagt fil|Uten vedlegg
nl|bestand bijgevoegd|Media weggelaten
pa|ਅਟੈਚ ਕੀਤੀ ਫਾਇਲ|ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ
pl|załączony plik|pliki pominięto
pt-br|arquivo anexado|Mídia oculta
pt|ficheiro anexado|Ficheiro não revelado
ro|fișier atașat|Conținut media omis
ru|файл добавлен|Без медиафайлов
sk|súbor pripojený|Médiá vynechané
sl|priložena datoteka|Medij izpuščen
sq|skedë e ngjitur|Pa media
sr|прикачена датотека|медији су изостављени
sr-latn|priložen fajl|mediji su izostavljeni
sv|bifogad fil|Media har utelämnats
sw|faili limeambatanishwa|Media imerukwa
ta|கோப்பு இணைக்கப்பட்டது|ஊடகங்கள் நீக்கப்பட்டது
te|ఫైల్ జోడించబడినది|మాధ్యమం విస్మరించబడింది
th|ไฟล์ที่แนบ|สื่อถูกลบ
tr|dosya ekli|Medya dahil edilmedi
uk|файл додано|Медіа пропущено
ur|پیوستہ فائل|میڈیا چھوڑ دیا گیا
uz|fayl biriktirildi|Fayl o‘tkazib yuborildi
vi|tệp đính kèm|Bỏ qua Media
zh-cn|文件附件|省略多媒体文件
zh-hk|附件檔案|省略多媒體檔案
zh-tw|附件檔案|忽略多媒體檔
"""
LINES = [line.split("|") for line in ANDROID.strip().splitlines()]


@pytest.mark.parametrize(("language", "attached", "omitted"), LINES, ids=[line[0] for line in LINES])
def test_android_says_in_any_language_that_there_was_a_file(language, attached, omitted):
    found = content_of(f"holiday plan.pdf ({attached})\nlook at this")
    assert found is not None
    assert (found.file_name, found.text, found.kind) == ("holiday plan.pdf", "look at this", Kind.DOCUMENT)
    left_out = content_of(f"<{omitted}>\nlook at this")
    assert left_out is not None
    assert (left_out.file_name, left_out.text, left_out.has_file) == (None, "look at this", True)


IOS = [
    ("en", "image omitted", "video omitted", "audio omitted", "sticker omitted"),
    ("de", "Bild weggelassen", "Video weggelassen", "Audio weggelassen", "Sticker weggelassen"),
    ("es", "imagen omitida", "Video omitido", "audio omitido", "sticker omitido"),
    ("fr", "image absente", "vidéo absente", "audio omis", "sticker omis"),
    ("it", "immagine omessa", "video omesso", "audio omesso", "sticker non incluso"),
    ("pt-br", "imagem ocultada", "vídeo omitido", "áudio ocultado", "figurinha omitida"),
    ("pt", "imagem não revelada", "vídeo não revelado", "ficheiro de áudio não revelado", "sticker não revelado"),
    ("nl", "afbeelding weggelaten", "video weggelaten", "audio weggelaten", "sticker weggelaten"),
    ("ru", "изображение отсутствует", "видео отсутствует", "аудиофайл отсутствует", "стикер не добавлен"),
    ("uk", "зображення відсутнє", "відео відсутнє", "аудіо відсутнє", "Наклейку не додано"),
    ("pl", "obraz pominięty", "wideo pominięte", "audio pominięte", "pominięto naklejkę"),
    ("cs", "obrázek vynechán", "video vynecháno", "zvukový soubor vynechán", "nálepka vynechána"),
    ("sv", "bild utesluten", "video utesluten", "ljud utelslutet", "sticker utesluten"),
    ("da", "billede udeladt", "video udeladt", "lyd udeladt", "klistermærke udeladt"),
    ("fi", "ei kuvaa", "videota ei sisällytetä", "äänitiedostoa ei sisällytetä", "tarraa ei sisällytetty"),
    ("tr", "görüntü dahil edilmedi", "video dahil edilmedi", "ses dahil edilmedi", "Çıkartma dahil edilmedi"),
    ("ar", "لم يتم إدراج الصورة", "لم يتم إدراج الفيديوهات", "لم يتم إدراج المقاطع الصوتية", "تم حذف الملصقات"),
    ("he", "התמונה הושמטה", "סרטון הווידאו הושמט", "קטע קול הושמט", "סטיקר הושמט"),
    ("hi", "फ़ोटो हटाई गई", "वीडियो छोड़ा गया", "ऑडियो हटाई गयी", "स्टिकर छोड़ा गया"),
    ("id", "gambar tidak disertakan", "video tidak disertakan", "audio tidak disertakan", "stiker tidak disertakan"),
    (
        "ja",
        "画像は含まれていません",
        "ビデオは含まれていません",
        "音声は含まれていません",
        "スタンプは含まれていません",
    ),
    ("ko", "이미지 생략됨", "비디오 생략됨", "오디오 생략됨", "스티커 제외됨"),
    ("zh-cn", "照片已忽略", "视频已忽略", "音频已忽略", "贴图已省略"),
    ("zh-tw", "圖像已省略", "影片已省略", "音訊已省略", "貼圖已忽略"),
]


@pytest.mark.parametrize(("language", "image", "video", "audio", "sticker"), IOS, ids=[line[0] for line in IOS])
def test_ios_says_in_any_language_what_was_left_out(language, image, video, audio, sticker):
    kinds = []
    for phrase in (image, video, audio, sticker):
        found = content_of(f"at the lake \u200e{phrase}")
        assert found is not None
        assert (found.text, found.has_file) == ("at the lake", True)
        kinds.append(found.kind)
    assert kinds == [Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.STICKER]


@pytest.mark.parametrize("end", ["", "."])
@pytest.mark.parametrize("mark", ["", "\u200e"])
def test_all_known_phrases_are_understood_with_and_without_mark_and_full_stop(mark, end):
    for phrase, kind in OMITTED.items():
        found = content_of(f"{mark}{phrase}{end}")
        assert found is not None, phrase
        assert (found.kind, found.text, found.has_file) == (kind, "", True), phrase
    for phrase in DELETED:
        assert content_of(f"{mark}{phrase}{end}").is_deleted, phrase
    for phrase in EDITED:
        found = content_of(f"now right {mark}<{phrase}{end}>")
        assert (found.text, found.is_edited) == ("now right", True), phrase
    for phrase in LIVE_LOCATION:
        assert content_of(f"{mark}{phrase}{end}").kind is Kind.LOCATION, phrase
    for phrase, video in MISSED_CALLS.items():
        found = content_of(f"{mark}{phrase}{end}")
        assert found.parts == {"call": {"video": video, "missed": True, "seconds": None}}, phrase


def test_all_known_words_for_files_and_calls_are_understood():
    for tag in ATTACHED_TAG:
        assert content_of(f"look <{tag}: 1-PHOTO.jpg>").file_name == "1-PHOTO.jpg", tag
    for phrase in ATTACHED_PHRASE:
        assert content_of(f"1 a.jpg ({phrase})").file_name == "1 a.jpg", phrase
    for phrase, video in CALLS.items():
        call = content_of(f"\u200e{phrase}, \u200e12 min").parts["call"]
        assert call == {"video": video, "missed": False, "seconds": 720}, phrase


def test_what_ios_marks_is_understood_in_languages_that_are_not_known():
    assert content_of("x \u200e<zyxw vuts rqpo>").is_edited
    assert content_of("\u200e<zyxw: 1-PHOTO.jpg>").file_name == "1-PHOTO.jpg"


TITLES = [
    ("WhatsApp Chat with Ana Ruiz", "Ana Ruiz"),
    ("WhatsApp Chat with Ana Ruiz (1)", "Ana Ruiz"),
    ("WhatsApp Chat with Ana (Work)", "Ana (Work)"),
    ("WhatsApp Chat with Ana (Work) (12)", "Ana (Work)"),
    ("WhatsApp_Chat_with_Ana_Ruiz", "Ana Ruiz"),
    ("WhatsApp Chat - Ana", "Ana"),
    ("WhatsApp Gesprek met Ana", "Ana"),
    ("دردشة واتساب مع Ana", "Ana"),
    ("Ana ilə WhatsApp Söhbəti", "Ana"),
    ("WhatsApp Чат с Ana", "Ana"),
    ("Xat de WhatsApp amb Ana", "Ana"),
    ("Chat WhatsApp s uživatelem Ana", "Ana"),
    ("WhatsApp chat med Ana", "Ana"),
    ("WhatsApp-Chat mit Dr. Ana", "Dr. Ana"),
    ("Συνομιλία WhatsApp με Ana", "Ana"),
    ("Chat de WhatsApp con Ana", "Ana"),
    ("WhatsApp'i vestlus kontaktiga Ana", "Ana"),
    ("گفتگوی WhatsApp با Ana", "Ana"),
    ("WhatsApp-keskustelu henkilön Ana kanssa", "Ana"),
    ("Discussion WhatsApp avec Ana", "Ana"),
    ("צ'אט WhatsApp עם Ana", "Ana"),
    ("Ana के साथ WhatsApp चैट", "Ana"),
    ("WhatsApp razgovor s Ana", "Ana"),
    ("WhatsApp csevegés vele: Ana", "Ana"),
    ("Chat WhatsApp dengan Ana", "Ana"),
    ("Chat WhatsApp con Ana", "Ana"),
    ("AnaとのWhatsAppチャット", "Ana"),
    ("WhatsApp чат: Ana", "Ana"),
    ("Ana님과의 WhatsApp 대화", "Ana"),
    ("WhatsApp pokalbis su Ana", "Ana"),
    ("WhatsApp sarakste ar Ana", "Ana"),
    ("Sembang WhatsApp dengan Ana", "Ana"),
    ("WhatsApp-samtale med Ana", "Ana"),
    ("WhatsApp-chat met Ana", "Ana"),
    ("Czat WhatsApp z Ana", "Ana"),
    ("Conversa do WhatsApp com Ana", "Ana"),
    ("Conversa no WhatsApp com Ana", "Ana"),
    ("Conversație WhatsApp cu Ana", "Ana"),
    ("Чат WhatsApp с контактом Ana", "Ana"),
    ("WhatsApp klepet z Ana", "Ana"),
    ("Biseda me Ana në WhatsApp", "Ana"),
    ("WhatsApp-chatt med Ana", "Ana"),
    ("Soga za WhatsApp na Ana", "Ana"),
    ("แชท WhatsApp กับ Ana", "Ana"),
    ("Ana ile WhatsApp Sohbeti", "Ana"),
    ("Бесіда WhatsApp з Ana", "Ana"),
    ("Trò chuyện WhatsApp với Ana", "Ana"),
    ("WhatsApp 与 Ana 的对话", "Ana"),
    ("WhatsApp 與 Ana 的對話", "Ana"),
    ("family", "family"),
]


@pytest.mark.parametrize(("name", "title"), TITLES)
def test_the_title_of_a_chat_comes_from_the_name_of_its_file_in_any_language(name, title):
    assert title_in(name) == title
