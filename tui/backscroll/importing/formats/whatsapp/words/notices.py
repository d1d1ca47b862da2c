"""WhatsApp's own lines: what they tell of, and who did what to whom where the language is one of those below."""

import re
from typing import Final

# Notices that only a group has; looked for in WhatsApp's own lines, never in what people wrote.
GROUP: Final = re.compile(
    r"\bgr(?:o?up|uppo|upo|uppe|oupe|oep|upp|uppen|upy|upa|upu|uba)\w*\b|групп|груп|skupin|csoport|ομάδα|ryhmä|グループ|그룹|群組|群组|本群"
    r"|مجموعة|קבוצה|समूह|ग्रुप|nhóm|กลุ่ม"
    r"|\b(?:left|joined|(?:was|were) (?:added|removed)|added|removed)\b|hinzugefügt|entfernt\b|beigetreten"
    r"|añadió|agregó|se unió|salió|a ajouté|a été ajouté|a quitté|è uscito|ha aggiunto|adicionou|saiu"
    r"|toegevoegd|verlaten",
    re.IGNORECASE)

# The notice at the top of a chat, which iOS puts into the mouth of the contact or the group.
ENCRYPTED: Final = re.compile(
    r"end-to-end|ende-zu-ende|ende-til-ende|end-tot-end|extremo a extremo|extrem a extrem|bout en bout|ponta a ponta"
    r"|ponta-a-ponta|ponto a ponto|сквозн\w+ шифр|наскрізн\w+ шифр|uçtan uca|hujung ke hujung|végpontok közöt"
    r"|koncovým šifrov|šifrovaním počas celého|potpunom enkripcij|od konca do konca|w pełni zaszyfrowan|pełne szyfrow"
    r"|criptate integral|criptare integral|komplett krypter|salataan täysin|κρυπτογραφούνται πλήρως|krüpteeri"
    r"|ištisiniu šifrav|pilnīgu šifr|криптиране от край|mã hóa đầu cuối|mã hoá đầu|จากต้นทางถึงปลายทาง"
    r"|رمزگذاری|بين الطرفين|اینڈ ٹو اینڈ|מקצה[ -]ל?קצה|एंड-टू-एंड|एन्ड-टू-एन्ड|एन्क्रिप्|એન્ક્રિપ્|શરૂઆતથી અંત|এনক্রিপ"
    r"|エンドツーエンド|端到端|端對端|종단간|fund-e-krye|fra ende til ende|mwisho-kwa-mwisho|boshidan oxirigacha",
    re.IGNORECASE)

# What a notice tells of, by a pattern for the whole of it. BY is who did it, WHO to whom it was done, TO what became
# of it; the first that fits counts. Names are let be anything.
_TOLD: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (
        ("created", r"BY created (?:the )?(?:this )?group(?: [“\"]TO[”\"])?"),
        ("subject", r"BY changed the (?:subject|group name)(?: from [“\"].*?[”\"])? to [“\"]TO[”\"]"),
        ("description", r"BY changed the group description.*|BY deleted the group description"),
        ("icon", r"BY (?:changed|deleted) this group's icon|BY (?:changed|deleted) this group’s icon"),
        ("number", r"WHO changed (?:their|to a new) phone number.*|WHO changed to TO"),
        ("added", r"WHO (?:was|were) added|BY added WHO"), ("removed", r"WHO (?:was|were) removed|BY removed WHO"),
        ("joined", r"WHO joined (?:using|from|via) .*|WHO joined(?: the group)?"),
        ("left", r"WHO left(?: the group)?"),
        ("admin", r"WHO(?:'re|’re| are|'s|’s| is) (?:now|no longer) an admin"),
        ("security code", r"Your security code with WHO changed\..*|WHO's security code changed\..*"),
        ("disappearing", r"BY (?:turned (?:on|off) disappearing messages|updated the message timer).*"),
        ("pinned", r"BY pinned a message"),
        ("settings", r"BY changed (?:this group's|this group’s|the group) settings .*"),
        ("blocked", r"You (?:un)?blocked (?:this contact|this business|WHO).*"),
    ),
    "de": (
        ("created", r"BY (?:hat|hast) (?:die|diese) Gruppe(?: „TO[“”])? erstellt"),
        ("subject", r"BY (?:hat|hast) (?:den Betreff|den Gruppennamen)(?: von [„“].*?[“”])? zu [„“]TO[“”] geändert"),
        ("description", r"BY (?:hat|hast) die Gruppenbeschreibung geändert.*"),
        ("icon", r"BY (?:hat|hast) das Gruppenbild (?:geändert|gelöscht)"),
        ("number", r"WHO hat (?:die|seine|ihre) Telefonnummer.* (?:geändert|gewechselt).*|WHO hat zu TO gewechselt"),
        ("added", r"WHO (?:wurde|wurden|wurdest) hinzugefügt|BY (?:hat|hast) WHO hinzugefügt"),
        ("removed", r"WHO (?:wurde|wurden|wurdest) entfernt|BY (?:hat|hast) WHO entfernt"),
        ("joined", r"WHO (?:ist|bist) .*beigetreten"), ("left", r"WHO (?:hat|hast) die Gruppe verlassen"),
        ("admin", r"WHO (?:ist|bist) (?:jetzt|nun|kein) .*Admin"),
        ("security code", r"Deine Sicherheitsnummer für WHO hat sich geändert.*|Die Sicherheitsnummer von WHO .*"),
        ("disappearing", r"BY (?:hat|hast) (?:selbstlöschende Nachrichten|den Nachrichten-Timer) .*"),
    ),
    "es": (
        ("created", r"BY (?:creó|creaste) (?:el|este) grupo(?: [“\"]TO[”\"])?"),
        ("subject", r"BY (?:cambió|cambiaste) el (?:asunto|nombre del grupo)(?: de [“\"].*?[”\"])? a [“\"]TO[”\"]"),
        ("description", r"BY (?:cambió|cambiaste) la descripción del grupo.*"),
        ("icon", r"BY (?:cambió|cambiaste) (?:el ícono|el icono|la imagen) .*grupo"),
        ("number", r"WHO cambió (?:a un nuevo|su) número.*"),
        ("added", r"(?:BY )?(?:añadió|agregó|añadiste|agregaste) a WHO|Se (?:añadió|agregó) a WHO"),
        ("removed", r"BY (?:eliminó|eliminaste|sacó|expulsó) a WHO"), ("joined", r"WHO se unió.*|Te uniste.*"),
        ("left", r"WHO (?:salió|ha salido)(?: del grupo)?|WHO salió del grupo"),
        ("admin", r"WHO (?:ahora es|ahora eres|ya no es|ya no eres) admin.*|Ahora eres admin.*"),
        ("security code", r"(?:Cambió tu|Tu) código de seguridad con WHO(?: cambió)?\..*"),
    ),
    "fr": (
        ("created", r"BY (?:a|avez) créé (?:le|ce) groupe(?: [«“\"] ?TO ?[»”\"])?"),
        ("subject", (
            r"BY (?:a|avez) changé (?:le sujet|le nom du groupe|l['’]objet)(?:"
            r" de [«“\"].*?[»”\"])? (?:en|à|pour) [«“\"] ?TO ?[»”\"]")),
        ("description", r"BY (?:a|avez) changé la description du groupe.*"),
        ("icon", r"BY (?:a|avez) changé l['’]icône (?:du|de ce) groupe"),
        ("number", r"WHO a changé (?:de|son) numéro.*"),
        ("added", r"WHO (?:a|avez) été ajoutée?s?|BY (?:a|avez) ajouté WHO|BY vous a ajoutée?"),
        ("removed", r"WHO (?:a|avez) été (?:retirée?|supprimée?)|BY (?:a|avez) (?:retiré|supprimé) WHO"),
        ("joined", r"WHO (?:a|avez) rejoint .*"), ("left", r"WHO (?:a|avez) quitté(?: le groupe)?|WHO est partie?"),
        ("admin", r"WHO (?:est|êtes) (?:maintenant|désormais) admin.*|WHO n['’](?:est|êtes) plus admin.*"),
        ("security code", r"Votre code de sécurité avec WHO a changé.*"),
    ),
    "it": (
        ("created", r"BY ha(?:i)? creato (?:il|questo) gruppo(?: [“\"]TO[”\"])?"),
        ("subject", (
            r"BY ha(?:i)? (?:cambiato|modificato) (?:l['’]oggetto|il nome"
            r" del gruppo)(?: da [“\"].*?[”\"])? (?:in|a) [“\"]TO[”\"]")),
        ("icon", r"BY ha(?:i)? cambiato l['’]immagine .*gruppo"), ("number", r"WHO ha cambiato (?:il suo )?numero.*"),
        ("added", r"BY ha(?:i)? aggiunto WHO|WHO è stat[oa] aggiunt[oa]"),
        ("removed", r"BY ha(?:i)? rimosso WHO|WHO è stat[oa] rimoss[oa]"),
        ("joined", r"WHO (?:si è unit[oa]|è entrat[oa]).*"),
        ("left", r"WHO (?:ha|hai) (?:abbandonato|lasciato)(?: il gruppo)?|WHO è uscit[oa]"),
        ("security code", r"Il tuo codice di sicurezza con WHO è cambiato.*"),
    ),
    "pt": (
        ("created", r"BY criou (?:o|este) grupo(?: [“\"]TO[”\"])?"),
        ("subject", r"BY (?:mudou|alterou) o (?:assunto|nome do grupo)(?: de [“\"].*?[”\"])? para [“\"]TO[”\"]"),
        ("description", r"BY (?:mudou|alterou) a descrição do grupo.*"),
        ("icon", r"BY (?:mudou|alterou) (?:a imagem|o ícone) .*grupo"),
        ("number", r"WHO mudou (?:de|para um novo|o seu) número.*"),
        ("added", r"BY adicionou WHO|WHO (?:foi|foram) adicionad[oa]s?"),
        ("removed", r"BY removeu WHO|WHO (?:foi|foram) removid[oa]s?"),
        ("joined", r"WHO entrou .*"), ("left", r"WHO saiu(?: do grupo)?"),
        ("security code", r"(?:O )?[Ss]eu código de segurança (?:partilhado )?com WHO mudou.*"),
    ),
    "nl": (
        ("created", r"BY heeft (?:de|deze) groep(?: [“‘\"]TO[”’\"])? (?:aangemaakt|gemaakt)"),
        ("subject", (
            r"BY (?:heeft|hebt) (?:het onderwerp|de groepsnaam)(?: van"
            r" [“‘\"].*?[”’\"])? gewijzigd (?:naar|in) [“‘\"]TO[”’\"]")),
        ("icon", r"BY (?:heeft|hebt) (?:de groepsafbeelding|het pictogram .*) gewijzigd"),
        ("number", r"WHO heeft (?:een nieuw|het|zijn) telefoonnummer.*"),
        ("added", r"BY (?:heeft|hebt) WHO toegevoegd|WHO is toegevoegd"),
        ("removed", r"BY (?:heeft|hebt) WHO verwijderd|WHO is verwijderd"),
        ("joined", r"WHO (?:is|bent) .*(?:toegetreden|deelgenomen|lid geworden).*"),
        ("left", r"WHO (?:heeft|hebt) de groep verlaten"),
        ("security code", r"(?:Uw|Je) beveiligingscode voor WHO is gewijzigd.*"),
    ),
    "ru": (
        ("created", r"BY создал(?:а|\(-а\)|и)? группу(?: [“«\"]TO[”»\"])?"),
        ("added", r"BY добавил(?:а|\(-а\)|и)? WHO|WHO добавлен(?:а|\(-а\)|ы)?"),
        ("removed", r"BY (?:удалил|исключил)(?:а|\(-а\)|и)? WHO"),
        ("left", r"WHO (?:покинул|вышел|вышла)(?:а|\(-а\)|и)?(?: из)?(?: группу| группы)?"),
        ("joined", r"WHO присоединил(?:ся|ась|\(-ась\)|ись) .*"), ("number", r"WHO сменил(?:а|\(-а\))? номер.*"),
        ("subject", r"BY изменил(?:а|\(-а\)|и)? (?:тему|название группы)(?: с [“«\"].*?[”»\"])? на [“«\"]TO[”»\"]"),
        ("security code", r"Ваш код безопасности с контактом WHO изменился.*"),
    ),
    "tr": (
        ("created", r"BY,? (?:[“\"]TO[”\"] )?(?:bu )?grubu(?:nu)? oluşturdu.*"),
        ("added", r"BY,? WHO kişisini ekledi|WHO eklendi"),
        ("removed", r"BY,? WHO kişisini çıkardı"),
        ("left", r"WHO (?:gruptan )?ayrıldı"),
        ("joined", r"WHO .*katıldı"),
    ),
    "id": (
        ("created", r"BY membuat grup(?: [“\"]TO[”\"])?"), ("added", r"BY menambahkan WHO|WHO ditambahkan"),
        ("removed", r"BY mengeluarkan WHO|WHO dikeluarkan"), ("left", r"WHO keluar"), ("joined", r"WHO bergabung .*"),
    ),
}


def _pattern(told: str) -> re.Pattern[str]:
    for word in ("BY", "WHO", "TO"):  # an alternative may name a person again, a pattern may not name a group again
        pieces = told.split(word)
        told = pieces[0] + "".join(f"(?P<{word.lower()}{n}>.{{1,200}}?){piece}" for n, piece in enumerate(pieces[1:]))
    return re.compile(f"(?:{told})\\.?", re.DOTALL)


TOLD: Final = {code: tuple((what, _pattern(told)) for what, told in of) for code, of in _TOLD.items()}
"""What a notice tells of and a pattern for the whole of it, by language; its groups begin with `by`, `who` and `to`."""
