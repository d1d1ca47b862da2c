"""Words around dates and times, as `calendars.plain` makes them: small letters, no blanks and full stops."""

from typing import Final, Literal

Half = Literal["morning", "afternoon", "midday", "night"]


def _halves(morning: str, afternoon: str, midday: str = "", night: str = "") -> dict[str, Half]:
    said: dict[Half, str] = {"morning": morning, "afternoon": afternoon, "midday": midday, "night": night}
    return {word: half for half, words in said.items() for word in words.split()}


# The marks of a 12-hour clock, those of one language together. Languages that are not here are in dateparser's tables.
HALVES: Final[tuple[dict[str, Half], ...]] = (
    _halves("am", "pm"),
    _halves("inthemorning", "intheafternoon intheevening", "noon", "atnight"),
    _halves("上午 凌晨 清晨 早上 早晨", "下午 傍晚", "中午", "晚上 半夜 午夜 夜里 深夜"),
    _halves("午前", "午後", "正午"),
    _halves("오전 새벽 아침", "오후 저녁", "낮 정오", "밤"),
    _halves("ص صباحا صباحًا صباحاً", "م مساء مساءً", "ظهرا ظهرًا"),
    _halves("قظ قبلازظهر", "بظ بعدازظهر"),
    _halves("قبلدوپہر", "بعددوپہر"),
    _halves("לפנה״צ לפנהצ לפנה\"צ", "אחה״צ אחהצ אחה\"צ"),
    _halves("πμ", "μμ"),
    _halves("ก่อนเที่ยง", "หลังเที่ยง"),
    _halves("sa", "ch"),
    _halves("öö", "ös"),
    _halves("de", "du"),
    _halves("পূর্বাহ্ণ পূর্বাহ্ন", "অপরাহ্ণ অপরাহ্ন"),
    _halves("పూర్వాహ్న", "అపరాహ్న"),
    _halves("ព្រឹក", "ល្ងាច"),
    _halves("damanhã", "datarde", "", "danoite"),
)

# What may stand between the date and the time; other words of letters are let pass there, these need no look-up.
AT: Final = frozenset((
    "klo", "kl", "à", "às", "ás", "alle", "alleore", "all'", "a", "ala", "alas", "um", "om", "at", "в", "о", "во", "у",
    "u", "ob", "kell", "plkst", "oggi", "pukul", "jam", "lúc", "saat", "الساعة", "στις", "o", "og", "ore", "la", "ora",
    "ساعت", "בשעה", "เวลา",
))

# What may stand after the time.
UNITS: Final = frozenset(("uhr", "ч", "год", "น", "h", "hs", "hrs", "godz", "val", "óra", "時", "点", "點"))
