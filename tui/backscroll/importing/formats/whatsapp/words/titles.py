"""How WhatsApp names the file of an export after the chat."""

import re
from typing import Final

_BEFORE: Final = (
    "WhatsApp Chat with", "WhatsApp Chat -", "WhatsApp Gesprek met", "دردشة واتساب مع", "WhatsApp Чат с",
    "Xat de WhatsApp amb", "Chat WhatsApp s uživatelem", "WhatsApp chat med", "WhatsApp Chat mit", "WhatsApp-Chat mit",
    "Συνομιλία WhatsApp με", "Chat de WhatsApp con", "WhatsApp'i vestlus kontaktiga", "گفتگوی WhatsApp با",
    "گفتگوی واتساپ با", "Discussion WhatsApp avec", "צ'אט WhatsApp עם", "צ׳אט WhatsApp עם", "צ'אט WhatsApp עם",
    "WhatsApp razgovor s", "WhatsApp csevegés vele:", "WhatsApp csevegés vele", "Chat WhatsApp dengan",
    "Chat WhatsApp con", "WhatsApp чат:", "WhatsApp pokalbis su", "WhatsApp sarakste ar", "WhatsApp разговор со",
    "Sembang WhatsApp dengan", "WhatsApp-samtale med", "WhatsApp-chat met", "WhatsApp Chat met", "Czat WhatsApp z",
    "Conversa no WhatsApp com", "Conversa do WhatsApp com", "Conversație WhatsApp cu", "Чат WhatsApp с контактом",
    "Чат WhatsApp с", "WhatsApp chat s používateľom", "WhatsApp klepet z", "WhatsApp klepet s", "WhatsApp Ћаскање са",
    "WhatsApp-chatt med", "Soga za WhatsApp na", "แชท WhatsApp กับ", "WhatsApp Chat kay", "Бесіда WhatsApp з",
    "Чат WhatsApp із", "Trò chuyện WhatsApp với", "Cuộc trò chuyện WhatsApp với", "Conversa de WhatsApp con",
    "Comhrá WhatsApp le",
)
_AROUND: Final = (
    r"(.+) ilə WhatsApp Söhbəti", r"(.+) এর সাথে WhatsApp চ্যাট", r"WhatsApp-keskustelu henkilön (.+) kanssa",
    r"(.+) સાથેની WhatsApp વાત", r"(.+) के साथ WhatsApp चैट", r"(.+) ?とのWhatsAppチャット", r"(.+) ಜೊತೆ WhatsApp ಸಂಭಾಷಣೆ",
    r"(.+)님과의 WhatsApp 대화", r"(.+) മായുള്ള WhatsApp ചാറ്റുകൾ", r"(.+) सोबतच्या WhatsApp गप्पा", r"(.+) ਨਾਲ WhatsApp ਗੱਲਬਾਤ",
    r"Biseda me (.+) në WhatsApp", r"(.+) உடன் WhatsApp உரையாடல்", r"(.+) తో WhatsApp సంభాషణ", r"(.+) ile WhatsApp Sohbeti",
    r"(.+) کے ساتھ WhatsApp بات چیت", r"(.+) bilan WhatsApp chati", r"WhatsApp ?[与與跟和] ?(.+?) ?的[对對][话話]",
)
# Longer openings first: one may be the beginning of another.
TITLES: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    *(re.escape(words) + r"\s+(.+)" for words in sorted(_BEFORE, key=len, reverse=True)), *_AROUND))
