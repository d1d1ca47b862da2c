"""The markup of a scene file: a chat's settings, its banks of words, and its scenes.

    title: Family                   settings come first, one a line
    $dish = soup | pie              a bank: `{dish}` takes one of its values, `{dish2}` another, `{Dish}` with a capital
    $book/author = A/B | C/D        banks that belong together
    $$book/author = A/B | C/D       the same, but one value a month, in this order
    $#ticket = 1042                 a number that grows from one use to the next
    == keys hours=7-9 months=5-8    a scene, and when it may happen (see `Scene`)
    Ana: Has {anyone|somebody} seen my keys?  #edited #react:eyes:2
    A: one capital is somebody, the same person all through the scene; `{A}` is their name
    > B: an answer in the thread of the last line without `>`
      two blanks continue a message on its next line, and `~` there is an empty line
    ... 90                          minutes of silence before the next line
    * {A} changed the group icon    a notice that nobody wrote
    // a remark for whoever reads the scene file

`{a|b|c}` takes one of the words, `{n:2-9}` a number, `{time:17-20}` a time of day. Flags follow two blanks.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

SCENES = Path(__file__).parent / "scenes"
_LINE = re.compile(r"(> )?([^:]{1,40}): ?(.*)", re.DOTALL)
_ROLE = re.compile(r"\{([A-Z])\}")
_FLAGS = re.compile(r" {2}((?:#[\w:.+/{}|-]+ ?)+)$")


@dataclass(slots=True)
class Line:
    """One message as written: who says it (None is the system), after how many minutes of silence, with which flags."""

    who: str | None
    text: str
    is_answer: bool = False
    pause: int = 0
    flags: tuple[str, ...] = ()

    def flag(self, name: str) -> str | None:
        """What follows the flag's name (`a.png` of `#file:a.png`), empty for a bare flag, None where it is not set."""
        for flag in self.flags:
            word, _, rest = flag.partition(":")
            if word == name:
                return rest
        return None


@dataclass(slots=True)
class Scene:
    """Lines that belong together, and when they may happen.

    Options: `months=11-2`, `hours=7-9`, `days=weekend|weekday|sun`, `from=` and `to=` a date; `once`; `on=` a minute,
    for a scene that happens exactly then; `yearly=12-31`, for one of every year (those of one day take turns).
    """

    name: str
    options: dict[str, str]
    lines: list[Line] = field(default_factory=list)

    def allows(self, day: date) -> bool:
        """Whether the scene may happen on this day."""
        option = self.options.get
        if not _within(day.month, option("months"), 12):
            return False
        weekend = {"weekend": day.weekday() >= 5, "weekday": day.weekday() < 5, "sun": day.weekday() == 6}
        if not weekend.get(option("days", ""), True):
            return False
        return option("from", "0000") <= day.isoformat() <= option("to", "9999")

    @property
    def roles(self) -> set[str]:
        """The single capitals that speak or are named."""
        spoken = {line.who for line in self.lines if line.who and len(line.who) == 1}
        return spoken | {role for line in self.lines for role in _ROLE.findall(line.text)}

    @property
    def moment(self) -> datetime | None:
        """The minute that the scene is tied to."""
        return datetime.fromisoformat(self.options["on"]) if "on" in self.options else None

    @property
    def is_free(self) -> bool:
        """Whether the scene may be played on any day that it allows."""
        return "on" not in self.options and "yearly" not in self.options


@dataclass(slots=True)
class Bank:
    """Rows of values for the slots in `names`; a monthly bank gives one row a month, in order; a counter counts on."""

    names: tuple[str, ...]
    rows: list[tuple[str, ...]]
    is_monthly: bool
    is_counter: bool


@dataclass(slots=True)
class Script:
    """A chat before it has happened."""

    key: str
    settings: dict[str, str]
    banks: list[Bank]
    scenes: list[Scene]

    @property
    def people(self) -> dict[str, float]:
        """Everybody in the chat, with how much they speak (`Ana*3, Bo`)."""
        pairs = (name.strip().partition("*") for name in self.settings["people"].split(","))
        return {name: float(weight or 1) for name, _, weight in pairs}

    def here(self, day: date, *, with_silent: bool = False) -> set[str]:
        """Who is in the chat on this day (`since: Lena 2020-01-05`), without those who only speak by name (`bot*0`)."""
        late = dict(row.strip().rsplit(" ", 1) for row in self.settings.get("since", "").split(",") if row)
        gone = dict(row.strip().rsplit(" ", 1) for row in self.settings.get("until", "").split(",") if row)
        return {
            name
            for name, weight in self.people.items()
            if (weight or with_silent) and late.get(name, "0000") <= day.isoformat() <= gone.get(name, "9999")
        }


def read_script(key: str) -> Script:
    """The scene file of one chat. Raises ValueError, with the line, where the markup is broken."""
    script = Script(key, {}, [], [])
    pause = 0
    for number, row in enumerate((SCENES / f"{key}.txt").read_text("utf-8").splitlines(), 1):
        if not row.strip() or row.startswith("//"):
            continue
        if row.startswith("..."):
            pause = int(row[3:] or 60)
            continue
        try:
            _take(script, row, pause)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{key}.txt:{number}: {row}") from error
        pause = 0
    for scene in script.scenes:
        for line in scene.lines:
            _split_flags(line)
    return script


def _take(script: Script, row: str, pause: int) -> None:
    if row.startswith("$"):
        script.banks.append(_bank(row))
    elif row.startswith("=="):
        name, *words = row[2:].split()
        pairs = (word.partition("=") for word in words)
        script.scenes.append(Scene(name, {key: value for key, _, value in pairs}))
    elif not script.scenes:
        key, _, value = row.partition(": ")
        script.settings[key] = value
    elif row.startswith("  "):
        script.scenes[-1].lines[-1].text += "\n" + ("" if row.strip() == "~" else row[2:])
    elif row.startswith("* "):
        script.scenes[-1].lines.append(Line(None, row[2:], pause=pause))
    else:
        match = _LINE.fullmatch(row)
        if match is None:
            raise ValueError("neither a message nor anything else")
        script.scenes[-1].lines.append(Line(match[2], match[3], bool(match[1]), pause))


def _bank(row: str) -> Bank:
    head, _, rest = row.partition(" = ")
    names = tuple(head.lstrip("$#").split("/"))
    values = [value.strip() for value in rest.split(" | ")]
    rows = [tuple(value.split("/")) if len(names) > 1 else (value,) for value in values]
    if any(len(cells) != len(names) for cells in rows):
        raise ValueError("a row of the bank has another number of values than of names")
    return Bank(names, rows, row.startswith("$$"), row.startswith("$#"))


def _split_flags(line: Line) -> None:
    match = _FLAGS.search(line.text)
    if match:
        line.flags = tuple(flag[1:] for flag in match[1].split())
        line.text = line.text[: match.start()]


def _within(value: int, span: str | None, around: int) -> bool:
    if span is None:
        return True
    first, _, last = span.partition("-")
    low, high = int(first), int(last or first)
    return (value - low) % around <= (high - low) % around
