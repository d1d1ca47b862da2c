"""Files: what stands beside the name of one that came along, and in the place of one that was left out."""

from typing import Final

from backscroll.model.message import Kind

# Android: `NAME (file attached)`.
ATTACHED_PHRASE: Final = (
    "file attached", "lêer aangeheg", "الملف مرفق", "fayl əlavə olunub", "прикачен файл", "ফাইল সংযুক্ত হয়েছে",
    "arxiu adjunt", "fitxer adjunt", "soubor byl přiložen", "fil vedhæftet", "Datei angehängt", "συνημμένο αρχείο",
    "archivo adjunto", "archivo adjuntado", "fail lisatud", "فایل پیوست شد", "liitetiedosto", "fichier joint",
    "comhad ceangailte", "ફાઇલ જોડાયેલ", "קובץ מצורף", "הקובץ מצורף", "फाइल अटैच कर दी गई है", "फ़ाइल अटैच की गई",
    "datoteka u privitku", "fájl csatolva", "file terlampir", "file allegato", "添付ファイル有り", "ファイル添付",
    "қосымша файл", "ಕಡತ ಸೇರಿಸಲಾಯಿತು", "파일 첨부됨", "byla prisegta", "pievienots fails", "прикачен фајл",
    "ഫയൽ ചേർത്തു", "फाइल संलग्न", "fail dilampirkan", "vedlagt fil", "bestand bijgevoegd", "ਅਟੈਚ ਕੀਤੀ ਫਾਇਲ",
    "ਫਾਈਲ ਅਟੈਚ ਕੀਤੀ", "załączony plik", "plik dołączony", "arquivo anexado", "ficheiro anexado", "fișier atașat",
    "файл добавлен", "файл прикреплён", "súbor pripojený", "priložena datoteka", "skedë e ngjitur",
    "прикачена датотека", "priložen fajl", "bifogad fil", "faili limeambatanishwa", "இணைக்கப்பட்டது",
    "கோப்பு இணைக்கப்பட்டது", "ఫైల్ జోడించబడినది", "ไฟล์ที่แนบ", "nakalakip na file", "dosya ekli", "файл додано",
    "پیوستہ فائل", "fayl biriktirildi", "tệp đính kèm", "文件附件", "附件檔案", "文件已附加", "檔案已附加",
)

# iOS: `<attached: NAME>`.
ATTACHED_TAG: Final = (
    "attached", "المُرفق", "مرفق", "adjunt", "příloha", "vedhæftet", "Anhang", "angehängt", "επισυνάφθηκε", "adjunto",
    "پیوست", "liite", "liitetty", "pièce jointe", "joint", "ceangailte", "જોડાયેલ", "מצורף", "अटैच किया गया",
    "priloženo", "csatolva", "terlampir", "allegato", "添付ファイル", "添付", "첨부됨", "संलग्न केले", "dilampir",
    "dilampirkan", "vedlagt", "bijgevoegd", "bijlage", "załączono", "załącznik", "anexado", "anexo",
    "arquivo anexado",
    "ficheiro anexado", "atașare", "atașat", "прикреплено", "вложение", "príloha", "bifogad", "bifogat", "แนบ",
    "eklendi", "ekli", "додано", "вкладення", "پیوستہ", "đính kèm", "附件",
)

# Android says only that something was left out. Kind.DOCUMENT stands for "some file".
_SOMETHING: Final = (
    "Media omitted", "Media weggelaat", "تم استبعاد الوسائط", "الوسائط غير مدرجة", "Media çıxarılmışdır", "Без файл",
    "Файлът е пропуснат", "মিডিয়া বাদ দেওয়া হয়েছে", "Mitjans omesos", "Multimèdia omesa", "Média vynechána",
    "Média byla vynechána", "Mediefil udeladt", "Medier udeladt", "Medier udelades", "Medien ausgeschlossen",
    "Medien weggelassen", "Medien fehlen", "Εξαίρεση πολυμέσων", "Τα πολυμέσα παραλείφθηκαν", "Multimedia omitido",
    "Multimedia omitida", "Archivo omitido", "Medios omitidos", "Meedia ära jäetud", "Meediafail välja jäetud",
    "پیوست نما/آهنگ حذف شد", "رسانه حذف شد", "Media jätetty pois", "Mediatiedosto jätetty pois", "Fichier omis",
    "Médias omis", "Média omis", "Media omis", "Média manquante", "Meáin ar lár", "મીડિયા અવગણાયું", "מדיה הושמטה",
    "המדיה הוסרה", "המדיה לא נכללה", "המדיה לא צורפה", "मीडिया के बिना", "मीडिया छोड़ा गया", "मीडिया को छोड़ दिया गया",
    "Medijski zapis izostavljen", "Medijski zapisi izostavljeni", "Hiányzó médiafájl", "Média kihagyva",
    "Media tidak disertakan", "Media omesso", "Media omessi", "Media esclusi", "Media mancante",
    "メディアは含まれていません", "メディアなし", "Файл қосылған жоқ", "ಮೀಡಿಯಾ ಕೈಬಿಡಲಾಗಿದೆ",
    "미디어 파일을 생략한 대화내용",
    "미디어 제외됨", "미디어 생략됨", "Praleistas medijos turinys", "Bez multivides", "Без фајл", "മീഡിയ ഒഴിവാക്കി",
    "मीडिया वगळले", "Media disingkirkan", "Media tidak dimasukkan", "Uten vedlegg", "Media utelatt", "Medier utelatt",
    "Media weggelaten", "Media niet meegestuurd", "ਮੀਡੀਆ ਛੱਡਿਆ ਗਿਆ", "pliki pominięto", "pominięto multimedia",
    "Pominięto multimedia", "Media pominięte", "Mídia omitida", "Mídia oculta", "Arquivo de mídia oculto",
    "Arquivo oculto", "Ficheiro não revelado", "Ficheiro multimédia oculto", "Multimédia omitida",
    "Conținut media omis", "Fișier media omis", "Файл пропущен", "Без медиафайлов", "Медиафайл пропущен",
    "Médiá vynechané", "Médiá boli vynechané", "Medij izpuščen", "Pa media", "медији су изостављени",
    "mediji su izostavljeni", "Media har utelämnats", "Media utelämnad", "Media utesluten", "Media imerukwa",
    "ஊடகங்கள் நீக்கப்பட்டது", "மீடியா தவிர்க்கப்பட்டது", "మాధ్యమం విస్మరించబడింది", "మీడియా మినహాయించబడింది",
    "สื่อถูกลบ", "ไม่รวมสื่อ", "Walang kalakip na media", "Medya atlanmış", "Medya dahil edilmedi", "Медіа пропущено",
    "Медіафайл пропущено", "Медіа відсутня", "Без медіафайлів", "میڈیا چھوڑ دیا گیا", "میڈیا شامل نہیں",
    "Fayl o‘tkazib yuborildi", "Bỏ qua Media", "Đã bỏ qua file phương tiện", "省略多媒体文件", "媒体文件已略去",
    "已省略媒体文件", "忽略多媒體檔", "省略多媒體檔案", "已略去多媒體檔案", "多媒體檔案已省略",
)
_VIDEO_NOTE: Final = ("Video note omitted", "Videonachricht ausgeschlossen", "Nota de video omitida")
_VIEW_ONCE: Final = ("View once voice message omitted",)

# iOS has a phrase for each kind.
_IMAGE: Final = (
    "image omitted", "لم يتم إدراج الصورة", "ইমেজ বাদ দেওয়া হয়েছে", "Imatge omesa", "obrázek vynechán",
    "billede udeladt",
    "Bild weggelassen", "εικόνα παραλείφθηκε", "imagen omitida", "Imagen omitida", "تصویر حذف شد", "ei kuvaa",
    "kuva jätetty pois", "image absente", "image omise", "íomhá ligthe ar lár", "છબી પડતી મૂકાઈ", "התמונה הושמטה",
    "फ़ोटो हटाई गई", "slika izostavljena", "kép küldése sikertelen", "kép kihagyva", "gambar tidak disertakan",
    "immagine omessa", "画像は含まれていません", "이미지 생략됨", "इमेज वगळली", "imej tidak dimasukkan",
    "bilde ikke inkludert", "bilde utelatt", "afbeelding weggelaten", "obraz pominięty", "imagem ocultada",
    "imagem omitida", "imagem não revelada", "Imagine omisă", "изображение отсутствует", "obrázok vynechaný",
    "bild utesluten", "bild utelämnad", "ไม่มีรูปภาพ", "görüntü dahil edilmedi", "зображення відсутнє",
    "تصویر نکال دی گئی ہے", "đã bỏ qua hình ảnh", "图像已忽略", "照片已忽略", "圖像已省略", "圖片已略去",
)
_VIDEO: Final = (
    "video omitted", "لم يتم إدراج الفيديوهات", "لم يتم إدراج الفيديو", "ভিডিও বাদ দেওয়া হয়েছে", "vídeo omès",
    "video vynecháno", "video udeladt", "Video weggelassen", "βίντεο παραλείφθηκε", "video omitido", "Video omitido",
    "ویدیو حذف شد", "videota ei sisällytetä", "vidéo absente", "vidéo omise", "físeán ligthe ar lár",
    "વિડિયો પડતી મુકાઈ", "סרטון הווידאו הושמט", "הסרטון הושמט", "वीडियो छोड़ा गया", "video izostavljen",
    "Videó kihagyva",
    "video tidak disertakan", "video omesso", "ビデオは含まれていません", "動画は含まれていません", "비디오 생략됨",
    "동영상 생략됨",
    "व्हिडीओ वगळला", "video tidak dimasukkan", "video utelatt", "video weggelaten", "wideo pominięte",
    "vídeo omitido", "vídeo ocultado", "vídeo não revelado", "clip video omis", "видео отсутствует",
    "video vynechané", "video utesluten", "วิดีโอถูกลบ", "video dahil edilmedi", "відео відсутнє", "ویڈیو نظرانداز",
    "đã bỏ video", "视频已忽略", "影片已省略", "影片已略去",
    "GIF omitted", "لم يتم إدراج صورة GIF", "জিআইএফ বাদ দেওয়া হয়েছে", "GIF omès", "GIF vynechán", "GIF udeladt",
    "GIF weggelassen", "Παράληψη GIF", "GIF omitido", "GIF حذف شد", "GIF-animaatio jätetty pois", "GIF retiré",
    "GIF omis", "GIF ligthe ar lár", "GIF પડતી મૂકાઈ", "GIF הושמט", "GIF छोड़ा गया", "GIF izostavljen",
    "GIF fájl kihagyása", "GIF tidak disertakan", "GIF esclusa", "GIF omessa", "GIFは含まれていません", "GIF 생략됨",
    "GIF वगळले", "GIF tidak dimasukkan", "GIF utelatt", "GIF weggelaten", "Plik GIF pominięty", "GIF ocultado",
    "GIF não revelada", "GIF отсутствует", "GIF vynechaný", "GIF utesluten", "ละเว้น GIF", "GIF dahil edilmedi",
    "GIF-анімацію пропущено", "GIF  نظرانداز", "Đã bỏ qua ảnh GIF", "GIF 动态图已被忽略", "GIF 圖片已被省略",
    "GIF 已略去",
    "video note omitted", "Videonachricht weggelassen", "nota de video omitida", "note vidéo omise",
    "videomessaggio omesso", "recado de vídeo ocultado", "видеозаметка опущена", "videobericht weggelaten",
)
_AUDIO: Final = (
    "audio omitted", "لم يتم إدراج المقاطع الصوتية", "لم يتم إدراج المقطع الصوتي", "অডিও বাদ দেওয়া হয়েছে",
    "Àudio omès",
    "zvukový soubor vynechán", "lyd udeladt", "Audio weggelassen", "ήχος παραλείφθηκε", "audio omitido",
    "Audio omitido", "صدا حذف شد", "äänitiedostoa ei sisällytetä", "audio omis", "comhad fuaime ar lár",
    "ઓડિયો ફાઇલ શામેલ કરી નથી", "קטע קול הושמט", "ההקלטה הושמטה", "ऑडियो हटाई गयी", "zvuk izostavljen",
    "Hang kihagyása",
    "audio tidak disertakan", "audio omesso", "音声は含まれていません", "오디오 생략됨", "ऑडिओ वगळला",
    "audio tidak dimasukkan", "lyd utelatt", "audio weggelaten", "audio pominięte", "áudio ocultado",
    "áudio omitido", "áudio não revelado", "ficheiro de áudio não revelado", "fără audio", "аудиофайл отсутствует",
    "zvuk vynechaný", "ljud utelslutet", "ljud uteslutet", "ไม่มีไฟล์เสียง", "ses dahil edilmedi", "аудіо відсутнє",
    "آڈیو نظرانداز", "bỏ qua tệp âm thanh", "音频已忽略", "音訊已省略", "音訊已略去",
)
_STICKER: Final = (
    "sticker omitted", "تم حذف الملصقات", "لم يتم إدراج الملصق", "স্টিকার বাদ দেওয়া হয়েছে", "adhesiu omès",
    "nálepka vynechána", "klistermærke udeladt", "Sticker weggelassen", "αυτοκόλλητο παραλήφθηκε",
    "sticker omitido", "Sticker omitido", "استیکر حذف شد", "tarraa ei sisällytetty", "sticker omis",
    "fágadh an greamán ar lár", "સ્ટીકર પડતું મુકાયું", "סטיקר הושמט", "המדבקה הושמטה", "स्टिकर छोड़ा गया",
    "naljepnica izostavljena", "matrica kihagyva", "stiker tidak disertakan", "sticker non incluso",
    "sticker omesso", "スタンプは含まれていません", "스티커 제외됨", "스티커 생략됨", "स्टिकर वगळले",
    "pelekat tidak dimasukkan", "klistremerke utelatt", "sticker weggelaten", "pominięto naklejkę",
    "figurinha omitida", "sticker não revelado", "стикер не добавлен", "nálepka vynechaná", "sticker utesluten",
    "ไม่มีสติกเกอร์", "Çıkartma dahil edilmedi", "Наклейку не додано", "اسٹیکر نظرانداز", "đã bỏ sticker",
    "贴图已省略",
    "貼圖已忽略", "貼圖已略去",
)
_DOCUMENT: Final = (
    "document omitted", "لم يتم إدراج المستند", "ডকুমেন্ট বাদ দেওয়া হয়েছে", "Document omès", "dokument vynechán",
    "dokument udeladt", "Dokument weggelassen", "έγγραφο παραλείφθηκε", "documento omitido", "سند حذف شد",
    "dokumenttia ei sisällytetä", "document manquant", "document omis", "cáipéis ligthe ar lár",
    "ડોક્યુમેન્ટ સામેલ કર્યું નહિ", "מסמך הושמט", "המסמך הושמט", "डॉक्यूमेंट छोड़ा गया", "dokument izostavljen",
    "dokumentum kihagyva", "dokumen tidak disertakan", "documento omesso", "ドキュメントは含まれていません",
    "문서 생략됨",
    "डॉक्युमेंट वगळले", "dokumen tidak dimasukkan", "utelatt dokument", "dokument utelatt", "document weggelaten",
    "dokument pominięty", "documento ocultado", "documento não revelado", "документ отсутствует",
    "dokument vynechaný", "dokument uteslutet", "ละเว้นเอกสาร", "belge dahil edilmedi", "документ пропущено",
    "دستاویز نظرانداز", "đã bỏ qua tài liệu", "文档已省略", "文件已忽略", "文件已略去",
)
_CONTACT: Final = (
    "Contact card omitted", "لم يتم إدراج بطاقة جهة اتصال", "পরিচিতির কার্ড বাদ দেওয়া হয়েছে",
    "Targeta de contacte omesa", "Vizitka vynechána", "Kontaktkort udeladt", "Kontaktkarte ausgelassen",
    "Kontaktkarte weggelassen", "Η κάρτα επαφής παραλήφθηκε", "Tarjeta de contacto omitida", "برگ مخاطب حذف شد",
    "Yhteystietokortti jätettiin pois", "Fiche contact manquante", "Fiche contact omise", "fiche contact omise",
    "Cárta teagmhála ar lár", "સંપર્કનું કાર્ડ પડતું મૂકાયું", "כרטיס איש קשר הושמט", "कॉन्टैक्ट कार्ड छोड़ा गया",
    "Posjetnica izostavljena", "Névjegykártya kihagyva", "Kartu kontak tidak disertakan",
    "Scheda contatto omessa", "scheda contatto omessa", "連絡先カードを省略", "연락처 카드 생략됨",
    "संपर्क कार्ड वगळले",
    "Kad kenalan tidak dimasukkan", "Kontaktkort sløyfet", "Visitekaartje weggelaten", "Contactkaart weggelaten",
    "contactkaart weggelaten", "Pominięta wizytówka kontaktu", "Cartão do contato omitido",
    "Cartão de contacto omitido", "Contacto não revelado", "Carte de vizită contact omisă",
    "Карточка контакта отсутствует", "Karta kontaktu vynechaná", "Kontaktkort uteslutet", "บัตรรายชื่อที่ละเว้น",
    "Kişi kartı dahil edilmedi", "Картка контакту відсутня", "رابطہ کارڈ نظر انداز", "Bỏ qua thẻ liên lạc",
    "联系人卡片已忽略", "聯絡人卡片已省略", "聯絡人卡片已略去",
)


def _in_brackets(phrases: tuple[str, ...]) -> tuple[str, ...]:
    # Arabic exports have been seen to open with another bracket.
    return tuple(f"{bracket}{phrase}>" for phrase in phrases for bracket in "<‹")


OMITTED: Final[dict[str, Kind]] = (
    dict.fromkeys((*_in_brackets(_SOMETHING), *_DOCUMENT), Kind.DOCUMENT)
    | dict.fromkeys(_IMAGE, Kind.IMAGE) | dict.fromkeys((*_in_brackets(_VIDEO_NOTE), *_VIDEO), Kind.VIDEO)
    | dict.fromkeys((*_in_brackets(_VIEW_ONCE), *_VIEW_ONCE, *_AUDIO), Kind.AUDIO)
    | dict.fromkeys(_STICKER, Kind.STICKER) | dict.fromkeys(_CONTACT, Kind.CONTACT))
"""What stands in the place of a file that was left out, by what it was."""
VIEW_ONCE: Final = frozenset((*_in_brackets(_VIEW_ONCE), *_VIEW_ONCE))
"""Those of `OMITTED` that could be looked at only once."""
VIEW_ONCE_NOTICES: Final = tuple(
    (f"You {verb} a view once {what}", kind)
    for verb in ("received", "sent")
    for what, kind in (
        ("photo", Kind.IMAGE), ("video", Kind.VIDEO), ("voice message", Kind.AUDIO), ("message", Kind.IMAGE),
    ))
"""How the notices begin that stand in the place of something to be looked at only once; known in English."""
