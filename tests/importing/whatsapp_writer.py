"""Writes chats as WhatsApp does on a phone of any language and settings."""

from dataclasses import dataclass
from datetime import datetime

from hypothesis import strategies as st

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
    "tr": "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्तूबर नवंबर दिसंबर",
}
# Marks of the morning and the afternoon, and whether they stand after the time.
HALVES = [
    *(("AM", "PM", True), ("am", "pm", True), ("a.\u00a0m.", "p.\u00a0m.", True), ("上午", "下午", False)),
    *(
        ("오전", "오후", False),
        ("午前", "午後", False),
        ("ص", "م", True),
        ("ق.ظ.", "ب.ظ.", True),
        ("π.μ.", "μ.μ.", True),
    ),
    *(("לפנה״צ", "אחה״צ", True), ("ก่อนเที่ยง", "หลังเที่ยง", True), ("SA", "CH", True), ("ÖÖ", "ÖS", False)),
    *(("de.", "du.", False), ("ap.", "ip.", True), ("dop.", "odp.", True), ("पूर्वाह्न", "अपराह्न", True)),
]


@dataclass(frozen=True)
class Phone:
    """How one phone writes its headers; `order` is of day, month and year."""

    shape: str
    order: str
    short_year: bool
    separator: str
    tail: str
    months: str
    years_more: int
    between: str
    time_first: bool
    point: str
    has_seconds: bool
    halves: tuple[str, str, bool] | None
    blank: str
    digits: dict[int, int] | None
    mark: str

    def header(self, moment: datetime) -> str:
        """The header of a message of that moment."""
        first, last = self._date(moment), self._time(moment)
        if self.time_first:
            first, last = last, first
        both = f"{first}{self.between}{last}"
        both = both.translate(self.digits) if self.digits else both
        return {"bracket": f"{self.mark}[{both}] ", "dash": f"{both} - ", "colon": f"{both}: "}[self.shape]

    def _date(self, moment: datetime) -> str:
        if self.months:
            month = MONTHS[self.months].split()[moment.month - 1]
            day, year = moment.day, moment.year
            return f"{day} {month} {year}" if self.order == "dmy" else f"{month} {day}, {year}"
        year = str(moment.year + self.years_more)
        numbers = {"d": f"{moment.day:02}", "m": str(moment.month), "y": year[-2:] if self.short_year else year}
        mark = self.mark if self.digits else ""
        return f"{mark}{self.separator}{mark}".join(numbers[part] for part in self.order) + self.tail

    def _time(self, moment: datetime) -> str:
        hour = moment.hour
        if self.halves is not None:
            hour = hour % 12 or 12
        time = f"{hour}{self.point}{moment:%M}" + (f"{self.point}{moment:%S}" if self.has_seconds else "")
        if self.halves is None:
            return time
        morning, afternoon, after = self.halves
        half = afternoon if moment.hour >= 12 else morning
        return f"{time}{self.blank}{half}" if after else f"{half}{self.blank}{time}"


@st.composite
def phones(draw: st.DrawFn) -> Phone:
    """Phones of any language and settings that occur."""
    shape = draw(st.sampled_from(["bracket", "dash", "dash", "colon"]))
    time_first = shape != "colon" and draw(st.booleans())
    order = draw(st.sampled_from(["dmy", "mdy", "ymd"]))
    months = draw(st.sampled_from(["", "", "", *MONTHS])) if order != "ymd" else ""
    # Where all is dots, nothing tells which comes first.
    separator = draw(st.sampled_from(["/", "-", "/ "] if time_first else ["/", ".", "-", ". ", "/ "]))
    return Phone(
        shape=shape,
        order=order,
        short_year=order != "ymd" and draw(st.booleans()),
        separator=separator,
        tail=draw(st.sampled_from(["", ".", " г."])) if not time_first else "",
        months=months,
        years_more=draw(st.sampled_from([0, 0, 543])),
        between=draw(st.sampled_from([", ", " ", "، ", *([] if time_first else [" klo ", " à ", " a las "])])),
        time_first=time_first,
        point=draw(st.sampled_from([":", ":", "."])),
        has_seconds=shape != "dash" or draw(st.booleans()),
        halves=draw(st.sampled_from([None, None, *HALVES])),
        blank=draw(st.sampled_from([" ", "\u202f", "\u00a0"])),
        digits=draw(st.sampled_from([None, None, ARABIC, PERSIAN])),
        mark=draw(st.sampled_from(["", "\u200e", "\u200f"])),
    )
