"""What a message may be besides somebody's words: deleted, edited, a poll, a call, a place."""

from typing import Final

_DELETED_BY_THEM: Final = (
    "This message was deleted", "Hierdie boodskap was uitgevee", "Hierdie boodskap is uitgevee", "تم حذف هذه الرسالة",
    "Bu ismarıc silindi", "Bu mesaj silindi", "Съобщението беше изтрито", "Това съобщение беше изтрито",
    "এই মেসেজটি বাদ দেওয়া হয়েছে।", "এই বার্তাটি মুছে ফেলা হয়েছে", "Aquest missatge s'ha suprimit",
    "Aquest missatge està esborrat", "Tato zpráva byla smazána", "Tato zpráva byla odstraněna",
    "Denne besked er blevet slettet", "Denne besked blev slettet", "Diese Nachricht wurde gelöscht",
    "Αυτό το μήνυμα διαγράφηκε", "Se eliminó este mensaje", "Este mensaje fue eliminado", "See sõnum on kustutatud",
    "این پیام حذف شده است", "این پیام حذف شد", "Tämä viesti poistettiin", "Tämä viesti on poistettu",
    "Ce message a été supprimé", "Ce message a été effacé", "Scriosadh an teachtaireacht seo", "આ મેસેજ ડિલીટ કરાયો",
    "આ સંદેશ રદ્દ કરાયો", "הודעה זו נמחקה", "ההודעה הזו נמחקה", "यह मैसेज डिलीट कर दिया गया है", "यह संदेश मिटाया गया",
    "यह मैसेज डिलीट कर दिया गया था", "Ova je poruka izbrisana", "Ova poruka je izbrisana",
    "Ez az üzenet törlésre került", "Ezt az üzenetet törölték", "Pesan ini dihapus", "Pesan ini telah dihapus",
    "Questo messaggio è stato eliminato", "このメッセージは削除されました", "このメッセージは削除されました。",
    "Бұл хат жойылды",
    "ಈ ಸಂದೇಶವು ಅಳಿಸಲ್ಪಟ್ಟಿದೆ", "이 메시지는 삭제되었습니다", "삭제된 메시지입니다", "Ši žinutė buvo ištrinta",
    "Šī ziņa tika izdzēsta",
    "Оваа порака беше избришана", "ഈ സന്ദേശം ഇല്ലാതാക്കിയതാണ്", "हा मेसेज हटवण्यात आला", "हा संदेश हटविण्यात आला होता",
    "Mesej ini telah dipadam", "Mesej ini telah dipadamkan", "Denne meldingen ble slettet",
    "Dit bericht is verwijderd",
    "Dit bericht werd verwijderd", "ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਹਟਾਇਆ ਗਿਆ", "Ta wiadomość została usunięta", "Mensagem apagada",
    "Essa mensagem foi apagada", "Esta mensagem foi apagada", "Esta mensagem foi eliminada",
    "Esta mensagem foi apagada pelo remetente", "Acest mesaj a fost șters", "Данное сообщение удалено",
    "Это сообщение было удалено", "Сообщение удалено", "Táto správa bola odstránená", "Táto správa bola vymazaná",
    "To sporočilo je bilo izbrisano", "Ky mesazh u fshi", "Ky mesazh është fshirë", "Ова порука је обрисана",
    "Ova poruka je obrisana", "Det här meddelandet raderades", "Detta meddelande raderades",
    "Det här meddelandet har raderats", "Ujumbe huu ulifutwa", "இத்தகவல் திரும்பப்பெறப்பட்டது", "இந்த செய்தி நீக்கப்பட்டது",
    "ఈ సందేశం తొలగించబడింది", "ข้อความนี้ถูกลบแล้ว", "ข้อความนี้ได้ถูกลบ", "Itong mensahe ay binura na",
    "Це повідомлення було видалено", "Це повідомлення видалено", "یہ میسج حذف کر دیا گیا ہے۔", "یہ پیغام حذف کیا گیا",
    "Ushbu xabar o‘chirildi", "Tin nhắn này đã bị xóa", "Tin nhắn này đã bị xoá", "这条消息已被删除。",
    "这条消息已被删除",
    "此消息已删除", "此消息已被删除", "信息已删除", "此訊息已刪除", "此訊息已刪除。", "此訊息已被刪除",
)
_DELETED_BY_YOU: Final = (
    "You deleted this message", "Jy het boodskap uitgevee", "Jy het hierdie boodskap uitgevee",
    "لقد حذفت هذه الرسالة",
    "لقد حذَفت هذه الرسالة", "أنت حذفت هذه الرسالة", "حذفت هذه الرسالة", "Siz bu ismarıcı sildiniz",
    "Изтрихте това съобщение", "আপনি এই মেসেজটি বাদ দিয়েছেন", "আপনি এই মেসেজটি বাদ দিয়েছেন।",
    "আপনি এই বার্তাটি মুছে ফেলেছেন", "Has suprimit aquest missatge", "Has esborrat aquest missatge",
    "Tuto zprávu jste smazal/a", "Tuto zprávu jste odstranil/a", "Du har slettet denne besked",
    "Du slettede denne besked", "Du hast diese Nachricht gelöscht", "Διαγράψατε αυτό το μήνυμα",
    "Διαγράψατε το μήνυμα",
    "Eliminaste este mensaje", "Kustutasid selle sõnumi", "شما این پیام را حذف کردید", "Poistit tämän viestin",
    "Vous avez supprimé ce message", "Scrios tú an teachtaireacht seo", "તમે આ મેસેજ ડિલીટ કર્યો",
    "તમે આ સંદેશને રદ્દ કર્યો", "מחקת את ההודעה הזו", "מחקת את ההודעה הזאת", "מחקת הודעה זו",
    "आपने यह मैसेज डिलीट किया",
    "आपने यह संदेश मिटाया", "Izbrisali ste ovu poruku", "Törölted ezt az üzenetet", "Ezt az üzenetet törölted",
    "Anda menghapus pesan ini", "Anda telah menghapus pesan ini", "Hai eliminato questo messaggio",
    "Hai eliminato il messaggio", "このメッセージを削除しました", "このメッセージを削除しました。",
    "Сіз бұл хатты жойдыңыз",
    "ನೀವು ಈ ಸಂದೇಶವನ್ನು ಅಳಿಸಿದ್ದೀರಿ", "삭제한 메시지입니다", "이 메시지를 삭제했습니다", "Jūs ištrynėte šią žinutę",
    "Jūs izdzēsāt šo ziņu", "Ја избриша оваа порака", "ഈ സന്ദേശം നിങ്ങൾ ഇല്ലാതാക്കി", "तुम्ही हा मेसेज हटवला",
    "आपण हा संदेश हटविलात", "Anda telah memadamkan mesej ini", "Du slettet denne meldingen",
    "U hebt dit bericht verwijderd", "Je hebt dit bericht verwijderd", "ਤੁਸੀਂ ਇਹ ਸੁਨੇਹਾ ਹਟਾਇਆ",
    "Usunąłeś(-ęłaś) tę wiadomość", "Usunąłeś(aś) tę wiadomość", "Usunięto tę wiadomość", "Você apagou esta mensagem",
    "Apagou esta mensagem", "Eliminou esta mensagem", "Ați șters acest mesaj", "Вы удалили данное сообщение",
    "Вы удалили это сообщение", "Túto správu ste odstránili", "To sporočilo ste izbrisali", "E fshive këtë mesazh",
    "Обрисао/ла си ову поруку", "Izbrisali ste ovu poruku", "Du har tagit bort meddelandet",
    "Du raderade det här meddelandet", "Du raderade detta meddelande", "Umefuta ujumbe huu",
    "இத்தகவலை தாங்கள் அழித்தீர்கள்", "మీరు ఈ సందేశాన్ని తొలగించారు", "คุณได้ลบข้อความนี้", "คุณลบข้อความนี้",
    "Binura mo itong mensahe", "Bu mesajı sildiniz", "Ви видалили це повідомлення", "آپ نے یہ میسج حذف کر دیا ہے",
    "آپ نے یہ میسج حذف کر دیا ہے۔", "آپ نے اس پیغام کو حذف کیا", "Siz ushbu xabarni o‘chirdingiz",
    "Bạn đã xóa tin nhắn này", "Bạn đã xoá tin nhắn này", "您已删除这条消息", "您已删除这条消息。", "您删除这个信息",
    "你删除了这条消息",
    "您已刪除此訊息", "您已刪除此訊息。", "你已刪除此訊息",
)
DELETED: Final = frozenset((*_DELETED_BY_THEM, *_DELETED_BY_YOU))
DELETED_BY_ADMIN: Final = (
    "This message was deleted by admin", "This message was deleted by an admin", "You deleted this message as admin",
    "Diese Nachricht wurde von Admin", "Diese Nachricht wurde vom Admin", "Un administrador eliminó este mensaje",
    "Ce message a été supprimé par l'admin", "Ce message a été supprimé par l’admin",
    "Questo messaggio è stato eliminato dall'amministratore", "Mensagem apagada pelo admin",
    "Dit bericht is verwijderd door beheerder", "Данное сообщение удалено админом",
)

# At the end of a text in angle brackets. iOS sets a mark before it, so there it may be in any language.
EDITED: Final = frozenset((
    "This message was edited", "تم تعديل هذه الرسالة", "تم تعديل هذا المحتوى", "Aquest missatge s'ha editat",
    "S'ha editat el missatge", "Tato zpráva byla upravena", "Denne besked blev redigeret", "Beskeden blev redigeret",
    "Diese Nachricht wurde bearbeitet", "Αυτό το μήνυμα επεξεργάστηκε", "Se editó este mensaje",
    "Este mensaje fue editado", "Tätä viestiä muokattiin", "Tätä viestiä on muokattu", "Ce message a été modifié",
    "הודעה זו נערכה", "נערכה הודעה זו", "הודעה נערכה", "यह मैसेज एडिट किया गया है", "यह मैसेज एडिट किया गया",
    "Ova je poruka uređena", "Ova poruka je uređena", "Ez az üzenet szerkesztve lett", "Pesan ini diedit",
    "Pesan ini telah diedit", "Questo messaggio è stato modificato", "このメッセージは編集されました",
    "メッセージが編集されました",
    "이 메시지가 수정되었습니다", "수정된 메시지입니다", "Mesej ini telah diedit", "Mesej ini telah disunting",
    "Denne meldingen ble redigert", "Dit bericht is bewerkt", "Dit bericht werd bewerkt",
    "Ta wiadomość została edytowana", "Wiadomość została edytowana", "Edytowano tę wiadomość", "Mensagem editada",
    "Esta mensagem foi editada", "Essa mensagem foi editada", "Acest mesaj a fost editat", "Сообщение изменено",
    "Данное сообщение изменено", "Táto správa bola upravená", "To sporočilo je bilo urejeno",
    "Ова порука је измењена", "Det här meddelandet redigerades", "Det här meddelandet har redigerats",
    "แก้ไขข้อความนี้แล้ว", "Bu mesaj düzenlendi", "Повідомлення відредаговано", "Це повідомлення відредаговано",
    "Tin nhắn này đã được chỉnh sửa", "Tin nhắn đã được chỉnh sửa", "此消息已编辑", "这条消息已编辑", "消息已编辑",
    "此訊息已編輯",
    "訊息已編輯",
))

# In other languages a poll is told by its options.
POLL: Final = ("POLL:", "UMFRAGE:", "ENCUESTA:", "SONDAGE :", "SONDAGE\u00a0:", "SONDAGE:", "SONDAGGIO:", "ENQUETE:",
               "SONDAGEM:", "INQUÉRITO:", "PEILING:", "ОПРОС:", "ANKET:", "ANKIETA:")

_MISSED_VOICE: Final = (
    "Missed voice call", "Missed group voice call", "Silenced voice call", "Stemoproep gemis", "مكالمة صوتية فائتة",
    "Buraxılmış zəng", "Пропуснато гласово обаждане", "ভয়েস কল মিস করেছেন", "মিসড ভয়েস কল", "Trucada de veu perduda",
    "Zmeškaný hlasový hovor", "Zmeškaný hovor", "Ubesvaret taleopkald", "Mistet opkald", "Ubesvaret opkald",
    "Verpasster Sprachanruf", "Verpasster Anruf", "Verpasster Gruppenanruf", "Verpasster Gruppen-Sprachanruf",
    "Αναπάντητη φωνητική κλήση", "Αναπάντητη κλήση", "Llamada perdida", "Llamada de voz perdida",
    "Llamada grupal perdida", "Vastamata häälkõne", "تماس صوتی پاسخ داده نشده", "Vastaamaton äänipuhelu",
    "Appel vocal manqué", "Appel vocal de groupe manqué", "Guthghlao caillte", "Glao Gutha Caillte",
    "છૂટી ગયેલો વોઇસ કૉલ", "છૂટેલો વોઇસ કૉલ", "છૂટી ગયેલ ધ્વનિ કૉલ", "שיחה קולית שלא נענתה", "वॉइस कॉल मिस हुई",
    "मिस्ड वॉइस कॉल", "छूटी हुई ध्वनि कॉल", "Propušteni glasovni poziv", "Propušten glasovni poziv",
    "Nem fogadott hanghívás", "Panggilan suara tak terjawab", "Chiamata vocale persa", "Chiamata persa",
    "Chiamata vocale di gruppo persa", "音声通話不在着信", "不在着信", "Жауапсыз қоңырау", "ತಪ್ಪಿದ ಧ್ವನಿ ಕರೆ",
    "부재중 전화",
    "부재중 음성통화", "Praleistas balso skambutis", "Neatbildēts balss zvans", "Пропуштен гласовен повик",
    "വിളി നഷ്ടപ്പെട്ടു", "मिस्ड व्हॉइस कॉल", "Panggilan suara terlepas", "Tapt taleanrop", "Tapt anrop",
    "Gemiste spraakoproep", "Gemist spraakgesprek", "Gemiste oproep", "ਮਿਸ ਹੋਈ ਆਵਾਜ਼ ਕਾਲ",
    "Nieodebrane połączenie głosowe", "Nieodebrane poł. głosowe", "Nieodebrane połączenie", "Chamada de voz perdida",
    "Ligação de voz perdida", "Chamada perdida", "Ligação perdida", "Apel vocal nepreluat", "Apel vocal ratat",
    "Пропущенный аудиозвонок", "Пропущенный звонок", "Пропущенный групповой аудиозвонок", "Zgrešen klic",
    "Thirrje e shmangur", "Пропуштен гласовни позив", "Missat röstsamtal", "Missat samtal",
    "Simu ya sauti uliyoikosa", "தவறிய குரல் அழைப்பு", "మిస్సేడ్ వాయిస్ కాల్", "สายที่ไม่ได้รับ", "Nakaligtaang voice call",
    "Cevapsız sesli arama", "Пропущений аудіодзвінок", "مسڈ وائس کال", "چھوٹی ہوئی صوتی کال",
    "O‘tkazib yub. ovozli qo‘ng‘iroq", "Cuộc gọi nhỡ", "Cuộc gọi thoại nhỡ", "未接语音通话", "未接語音通話",
)
_MISSED_VIDEO: Final = (
    "Missed video call", "Missed group video call", "Silenced video call", "Video-oproep gemis", "مكالمة فيديو فائتة",
    "Buraxılmış video zəng", "Пропуснато видео обаждане", "ভিডিও কল মিস করেছেন", "মিস করা ভিডিও কল",
    "Videotrucada perduda", "Trucada de vídeo perduda", "Zmeškaný videohovor", "Ubesvaret videoopkald",
    "Mistede video opkald", "Verpasster Videoanruf", "Verpasster Gruppen-Videoanruf", "Αναπάντητη βιντεοκλήση",
    "Videollamada perdida", "Videollamada grupal perdida", "Vastamata videokõne", "تماس تصویری پاسخ داده نشده",
    "Vastaamaton videopuhelu", "Appel vidéo manqué", "Appel vidéo de groupe manqué", "Físghlao caillte",
    "છૂટી ગયેલ વિડિયો કૉલ", "છૂટી ગયેલ વિડિઓ કૉલ", "שיחת וידאו שלא נענתה", "मिस्ड वीडियो कॉल", "वीडियो कॉल मिस हुई",
    "छूटी हुई विडियो कॉल", "Propušteni videopoziv", "Propušten video poziv", "Nem fogadott videohívás",
    "Nem fogadott videóhívás", "Panggilan video tak terjawab", "Videochiamata persa",
    "Videochiamata di gruppo persa", "ビデオ通話不在着信", "Жауапсыз видео қоңырау", "ತಪ್ಪಿದ ದೃಶ್ಯ ಕರೆ",
    "부재중 영상통화",
    "Praleistas video skambutis", "Neatbildēts video zvans", "Пропуштен видео повик", "നഷ്ടമായ വീഡിയോ കാൾ",
    "मिस्ड व्हिडिओ कॉल", "Panggilan video terlepas", "Tapt videoanrop", "Tapt videosamtale", "Gemiste video-oproep",
    "Gemist videogesprek", "ਮਿਸ ਹੋਈ ਵੀਡੀਓ ਕਾਲ", "Nieodebrane połączenie wideo", "Nieodebrane poł. wideo",
    "Chamada de vídeo perdida", "Videochamada perdida", "Ligação de vídeo perdida", "Apel video nepreluat",
    "Apel video ratat", "Пропущенный видеозвонок", "Пропущенный групповой видеозвонок", "Neodgovorjen video klic",
    "Videothirrje e shmangur", "Пропуштен видео позив", "Missat videosamtal", "Simu ya video uliyoikosa",
    "தவறிய காணொலி அழைப்பு", "తప్పిన వీడియోకాల్", "วิดีโอคอลที่ไม่ได้รับ", "สายโทรวิดีโอที่ไม่ได้รับ",
    "Nakaligtaang video call",
    "Cevapsız görüntülü arama", "Пропущений відеодзвінок", "مسڈ ویڈیو کال", "چھوٹی ہوئی ویڈیو کال",
    "O‘tkazib yub. videoqo‘ng‘iroq", "Cuộc gọi nhỡ video", "Cuộc gọi video nhỡ", "未接视频通话", "未接視像通話",
    "未接視訊通話",
)
_VOICE: Final = (
    "Voice call", "Group voice call", "Sprachanruf", "Gruppenanruf", "Llamada de voz", "Appel vocal",
    "Chiamata vocale",
    "Chamada de voz", "Ligação de voz", "Spraakoproep", "Spraakgesprek", "Аудиозвонок", "Аудіодзвінок", "Sesli arama",
    "Panggilan suara", "Połączenie głosowe", "Röstsamtal", "Äänipuhelu", "Taleopkald", "Taleanrop", "Hlasový hovor",
    "Hanghívás", "Apel vocal", "Φωνητική κλήση", "שיחה קולית", "مكالمة صوتية", "تماس صوتی", "वॉइस कॉल",
    "語音通話", "语音通话", "音声通話", "음성통화", "Cuộc gọi thoại",
)
_VIDEO: Final = (
    "Video call", "Group video call", "Videoanruf", "Videollamada", "Appel vidéo", "Videochiamata", "Videochamada",
    "Chamada de vídeo", "Ligação de vídeo", "Video-oproep", "Videogesprek", "Видеозвонок", "Відеодзвінок",
    "Görüntülü arama", "Panggilan video", "Połączenie wideo", "Videosamtal", "Videopuhelu", "Videoopkald",
    "Videoanrop", "Videohovor", "Videohívás", "Apel video", "Βιντεοκλήση", "שיחת וידאו", "مكالمة فيديو",
    "تماس تصویری",
    "वीडियो कॉल", "視訊通話", "視像通話", "视频通话", "ビデオ通話", "영상통화", "Cuộc gọi video",
)


def _longest_first(*words: tuple[str, bool]) -> dict[str, bool]:
    return dict(sorted(words, key=lambda item: len(item[0]), reverse=True))  # one may be the beginning of another


MISSED_CALLS: Final = _longest_first(*((w, False) for w in _MISSED_VOICE), *((w, True) for w in _MISSED_VIDEO))
"""Whether there was a picture with the call, by the words for one that was missed."""
CALLS: Final = _longest_first(*((w, False) for w in _VOICE), *((w, True) for w in _VIDEO))
"""The same for one that was answered; the words are followed by how long it took."""

# How the words for spans of time begin, longer ones first.
_SPANS: Final = {
    "sec": 1, "sek": 1, "seg": 1, "сек": 1, "с": 1, "s": 1, "sn": 1, "detik": 1, "秒": 1, "초": 1, "שנ": 1,
    "ثانية": 1,
    "ثوان": 1, "ثانیه": 1, "δευτ": 1, "giây": 1,
    "min": 60, "мин": 60, "хв": 60, "dk": 60, "dak": 60, "menit": 60, "分": 60, "분": 60, "דק": 60, "دقيق": 60,
    "دقائق": 60,
    "دقیقه": 60, "λεπ": 60, "phút": 60, "m": 60, "मिनट": 60,
    "hr": 3600, "hour": 3600, "h": 3600, "std": 3600, "stunde": 3600, "uur": 3600, "u": 3600, "ч": 3600, "год": 3600,
    "sa": 3600, "jam": 3600, "ora": 3600, "ore": 3600, "時間": 3600, "小时": 3600, "小時": 3600, "시간": 3600,
    "שע": 3600,
    "ساع": 3600, "godz": 3600, "tim": 3600, "t": 3600, "ώρ": 3600, "giờ": 3600, "घंट": 3600, "heure": 3600,
    "hora": 3600,
    "óra": 3600,
}
SPANS: Final = dict(sorted(_SPANS.items(), key=lambda item: -len(item[0])))
"""The seconds of a span of time by how its word begins."""

LIVE_LOCATION: Final = frozenset((
    "live location shared", "Live location shared", "regstreekse ligging gedeel", "تمت مشاركة الموقع المباشر",
    "canlı məkan paylaşılıb", "местоположение в реално време споделено", "লাইভ অবস্থান শেয়ার করা হয়েছে",
    "Ubicació en directe compartida", "byla sdílena aktuální poloha", "live placering delt",
    "Live-Standort wird geteilt", "Live-Standort geteilt", "η τωρινή τοποθεσία κοινοποιήθηκε",
    "Ubicación en tiempo real compartida", "ubicación en tiempo real compartida", "hetke asukoht jagatud",
    "مکان زنده به اشتراک گذاشته شد", "live-sijainti jaettu", "Localisation en direct partagée",
    "localisation en direct partagée", "જીવંત સ્થાન શેર કરાયું", "משתף מיקום בשידור חי", "लाइव स्थान साझा किया गया",
    "trenutna lokacija podijeljena", "tartózkodási hely megosztva", "Lokasi terkini dibagikan",
    "posizione attuale condivisa", "Posizione in tempo reale condivisa", "ライブロケーション共有",
    "қазіргі орынмен бөлісті",
    "ನೇರ ಸ್ಥಳ ಹಂಚಿಕೊಳ್ಳಲಾಗಿದೆ", "공유한 실시간 위치", "tiesioginė vieta bendrinama", "reāllaika atrašanās vieta",
    "споделено локација во живо", "ലൈവ് ലൊക്കേഷൻ പങ്കിട്ടു", "सध्याचे थेट ठिकाण शेअर केले", "lokasi terkini dikongsi",
    "posisjon i sanntid delt", "live locatie gedeeld", "Live locatie gedeeld", "ਮੌਜੂਦਾ ਟਿਕਾਣਾ ਸਾਂਝਾ ਕੀਤਾ",
    "udostępniona transmisja położenia", "localização atual compartilhada",
    "localização em tempo real compartilhada", "Localização em tempo real compartilhada",
    "localização em tempo real partilhada", "Está a partilhar a sua localização", "locație în timp real distribuită",
    "Геоданные отправлены", "bola zdieľaná aktuálna poloha", "lokacija v živo je bila deljena",
    "vendnodhja aktuale u shpërnda", "Локација уживо подељена", "liveposition delad",
    "mahali mubashara pameshirikishwa", "இடம் நேரலையாக பகிரபட்டது", "ప్రత్యక్ష స్థాన భాగస్వామ్యం",
    "ตำแหน่งปัจจุบันถูกแบ่งปัน", "ibinahagi ang live na lokasyon", "Mevcut konum paylaşıldı", "геодані надіслано",
    "جاری مقام کا اشتراک ہوا", "jonli joylashuv ulashildi", "vị trí hiện thời được chia sẻ", "共享实时位置",
    "實時位置已分享",
))
