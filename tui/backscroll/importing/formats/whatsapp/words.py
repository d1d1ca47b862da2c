"""What WhatsApp writes itself instead of somebody's words, in the languages that its exports come in.

Phrases stand as the application writes them, without the full stop that some versions add.
"""

import re
from typing import Final

from backscroll.model.message import Kind

DELETED: Final = frozenset((
    "This message was deleted", "You deleted this message", "This message was deleted by admin",
    "Diese Nachricht wurde gelöscht", "Du hast diese Nachricht gelöscht",
    "Se eliminó este mensaje", "Eliminaste este mensaje", "Este mensaje fue eliminado",
    "Ce message a été supprimé", "Vous avez supprimé ce message", "Ce message a été effacé",
    "Questo messaggio è stato eliminato", "Hai eliminato questo messaggio", "Hai eliminato il messaggio",
    "Mensagem apagada", "Essa mensagem foi apagada", "Esta mensagem foi apagada", "Você apagou esta mensagem",
    "Apagou esta mensagem", "Esta mensagem foi eliminada", "Eliminou esta mensagem",
    "Dit bericht is verwijderd", "Dit bericht werd verwijderd", "U hebt dit bericht verwijderd",
    "Je hebt dit bericht verwijderd",
    "Данное сообщение удалено", "Это сообщение было удалено", "Вы удалили данное сообщение",
    "Bu mesaj silindi", "Bu mesajı sildiniz", "Ta wiadomość została usunięta", "Pesan ini telah dihapus",
    "このメッセージは削除されました", "此訊息已刪除", "此消息已删除", "삭제된 메시지입니다", "تم حذف هذه الرسالة",
))

# Kind.DOCUMENT stands for "some file": Android does not say which sort was left out.
OMITTED: Final[dict[str, Kind]] = dict.fromkeys((
    "<Media omitted>", "<Medien ausgeschlossen>", "<Medien weggelassen>", "<Multimedia omitido>", "<Archivo omitido>",
    "<Médias omis>", "<Media omis>", "<Fichier omis>", "<Media omessi>", "<Media omesso>", "<Mídia oculta>",
    "<Arquivo de mídia oculto>", "<Ficheiro não revelado>", "<Ficheiro multimédia oculto>", "<Media weggelaten>",
    "<Без медиафайлов>", "<Файл пропущен>", "<Medya dahil edilmedi>", "<pominięto multimedia>",
    "<Media tidak disertakan>", "<Media har utelämnats>", "<Medier udeladt>", "<Media utelatt>",
    "<メディアは含まれていません>", "<省略多媒體檔案>", "<媒体文件已略去>",
    "<تم استبعاد الوسائط>", "‹تم استبعاد الوسائط>",
    "document omitted", "Dokument weggelassen", "documento omitido", "document omis", "document manquant",
    "documento omesso", "documento não revelado", "document weggelaten",
), Kind.DOCUMENT) | dict.fromkeys((
    "image omitted", "Bild weggelassen", "imagen omitida", "Imagen omitida", "image absente", "image omise",
    "immagine omessa", "imagem ocultada", "imagem não revelada", "afbeelding weggelaten", "изображение отсутствует",
), Kind.IMAGE) | dict.fromkeys((
    "video omitted", "Video weggelassen", "video omitido", "Video omitido", "vidéo absente", "vidéo omise",
    "video omesso", "vídeo omitido", "vídeo não revelado", "video weggelaten", "видео отсутствует",
    "GIF omitted", "GIF weggelassen", "GIF omitido", "GIF retiré", "GIF omis", "GIF esclusa", "GIF omessa",
    "GIF não revelada", "GIF weggelaten", "GIF отсутствует", "video note omitted", "Videonachricht weggelassen",
), Kind.VIDEO) | dict.fromkeys((
    "audio omitted", "Audio weggelassen", "audio omitido", "Audio omitido", "audio omis", "audio omesso",
    "áudio ocultado", "áudio não revelado", "audio weggelaten", "аудиофайл отсутствует",
), Kind.AUDIO) | dict.fromkeys((
    "sticker omitted", "Sticker weggelassen", "sticker omitido", "Sticker omitido", "sticker omis",
    "sticker non incluso",
    "sticker omesso", "figurinha omitida", "sticker não revelado", "sticker weggelaten", "стикер не добавлен",
), Kind.STICKER) | dict.fromkeys((
    "Contact card omitted", "Kontaktkarte ausgelassen", "Kontaktkarte weggelassen", "Tarjeta de contacto omitida",
    "Fiche contact omise", "fiche contact omise", "Scheda contatto omessa", "scheda contatto omessa",
    "Cartão do contato omitido", "Cartão de contacto omitido", "Contactkaart weggelaten", "contactkaart weggelaten",
), Kind.CONTACT)

EDITED: Final = frozenset((
    "This message was edited", "Diese Nachricht wurde bearbeitet", "Se editó este mensaje", "Este mensaje fue editado",
    "Ce message a été modifié", "Questo messaggio è stato modificato", "Mensagem editada", "Esta mensagem foi editada",
    "Essa mensagem foi editada", "Dit bericht is bewerkt", "Dit bericht werd bewerkt", "Сообщение изменено",
    "Данное сообщение изменено", "Bu mesaj düzenlendi", "Edytowano tę wiadomość", "Pesan ini diedit",
))

ATTACHED_TAG: Final = (
    "attached", "Anhang", "angehängt", "adjunto", "pièce jointe", "joint", "allegato", "anexado", "arquivo anexado",
    "ficheiro anexado", "bijgevoegd", "bijlage", "прикреплено", "вложение", "ekli", "bifogad", "vedhæftet", "vedlagt",
)

ATTACHED_PHRASE: Final = (
    "file attached", "Datei angehängt", "archivo adjunto", "archivo adjuntado", "fichier joint", "file allegato",
    "arquivo anexado", "ficheiro anexado", "bestand bijgevoegd", "lêer aangeheg", "الملف مرفق", "fayl əlavə olunub",
    "прикачен файл", "arxiu adjunt", "soubor byl přiložen", "fil vedhæftet", "συνημμένο αρχείο", "fail lisatud",
    "liitetiedosto", "קובץ מצורף", "फाइल अटैच कर दी गई है", "datoteka u privitku", "fájl csatolva", "file terlampir",
    "添付ファイル有り", "파일 첨부됨", "byla prisegta", "pievienots fails", "fail dilampirkan", "vedlagt fil",
    "załączony plik", "fișier atașat", "файл добавлен", "súbor pripojený", "priložena datoteka", "bifogad fil",
    "ไฟล์ที่แนบ", "dosya ekli", "файл додано", "tệp đính kèm", "文件附件", "附件檔案",
)

POLL: Final = ("POLL:", "UMFRAGE:", "ENCUESTA:", "SONDAGE :", "SONDAGE\u00a0:", "SONDAGE:", "SONDAGGIO:", "ENQUETE:",
               "SONDAGEM:", "INQUÉRITO:", "PEILING:", "ОПРОС:", "ANKET:", "ANKIETA:")

CALLS: Final = (
    "Missed voice call", "Missed video call", "Missed group voice call", "Missed group video call",
    "Silenced voice call",
    "Silenced video call", "Voice call", "Video call",
    "Verpasster Sprachanruf", "Verpasster Videoanruf", "Verpasster Gruppenanruf", "Sprachanruf", "Videoanruf",
    "Llamada perdida", "Llamada de voz perdida", "Videollamada perdida", "Llamada de voz", "Videollamada",
    "Appel vocal manqué", "Appel vidéo manqué", "Appel vocal", "Appel vidéo",
    "Chiamata vocale persa", "Videochiamata persa", "Chiamata vocale", "Videochiamata",
    "Ligação de voz perdida", "Ligação de vídeo perdida", "Chamada de voz perdida", "Chamada de vídeo perdida",
    "Ligação de voz", "Ligação de vídeo", "Chamada de voz", "Chamada de vídeo",
    "Gemiste spraakoproep", "Gemiste video-oproep", "Gemiste videogesprek", "Spraakoproep", "Video-oproep",
)

LIVE_LOCATION: Final = frozenset((
    "live location shared", "Live location shared", "Live-Standort wird geteilt", "Live-Standort geteilt",
    "Ubicación en tiempo real compartida", "ubicación en tiempo real compartida", "Localisation en direct partagée",
    "localisation en direct partagée", "Posizione in tempo reale condivisa", "posizione attuale condivisa",
    "localização em tempo real compartilhada", "Localização em tempo real compartilhada",
    "localização em tempo real partilhada", "live locatie gedeeld", "Live locatie gedeeld",
))

# Notices that only a group has; looked for in WhatsApp's own lines, never in what people wrote.
GROUP: Final = re.compile(
    r"\bgr(?:o?up|uppo|upo|uppe|oupe|oep|upp|uppen|upy|upa|upu|uba)\w*\b|групп|груп|skupin|csoport|ομάδα|ryhmä|グループ|그룹|群組|群组|本群"
    r"|مجموعة|קבוצה|समूह|ग्रुप"
    r"|\b(?:left|joined|(?:was|were) (?:added|removed)|added|removed)\b|hinzugefügt|entfernt\b|beigetreten"
    r"|añadió|agregó|se unió|salió|a ajouté|a été ajouté|a quitté|è uscito|ha aggiunto|adicionou|saiu"
    r"|toegevoegd|verlaten",
    re.IGNORECASE)

# The notice at the top of a chat, which iOS puts into the mouth of the contact or the group.
ENCRYPTED: Final = re.compile(
    r"end-to-end|ende-zu-ende|extremo a extremo|bout en bout|ponta a ponta|ponta-a-ponta|сквозным шифрованием|uçtan uca"
    r"|エンドツーエンド|端到端|端對端|종단간|بين الطرفين|מקצה לקצה", re.IGNORECASE)

_TITLE_BEFORE: Final = (
    "WhatsApp Chat with", "WhatsApp Chat -", "WhatsApp Chat mit", "WhatsApp-Chat mit", "Chat de WhatsApp con",
    "Discussion WhatsApp avec", "Chat WhatsApp con", "Conversa do WhatsApp com", "Conversa no WhatsApp com",
    "WhatsApp-chat met", "WhatsApp Chat met", "WhatsApp Gesprek met", "دردشة واتساب مع", "WhatsApp Чат с",
    "Xat de WhatsApp amb", "Chat WhatsApp s uživatelem", "WhatsApp chat med", "Συνομιλία WhatsApp με",
    "WhatsApp razgovor s",
    "WhatsApp csevegés vele:", "Chat WhatsApp dengan", "WhatsApp pokalbis su", "Sembang WhatsApp dengan",
    "WhatsApp-samtale med", "Czat WhatsApp z", "Conversație WhatsApp cu", "Чат WhatsApp с контактом", "Чат WhatsApp с",
    "WhatsApp chat s používateľom", "WhatsApp klepet z", "WhatsApp-chatt med", "แชท WhatsApp กับ", "Бесіда WhatsApp з",
    "Trò chuyện WhatsApp với", "צ'אט WhatsApp עם",
)
_TITLE_AROUND: Final = (
    r"(.+) ile WhatsApp Sohbeti", r"(.+)とのWhatsAppチャット", r"(.+)님과의 WhatsApp 대화",
    r"WhatsApp [与與] ?(.+?) ?的[对對][话話]",
    r"WhatsApp-keskustelu henkilön (.+) kanssa", r"(.+) के साथ WhatsApp चैट", r"(.+) bilan WhatsApp chati",
)
# Longer openings first: one may be the beginning of another.
TITLES: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    *(re.escape(words) + r"\s+(.+)" for words in sorted(_TITLE_BEFORE, key=len, reverse=True)), *_TITLE_AROUND))
