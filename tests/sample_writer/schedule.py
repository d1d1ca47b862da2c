"""Playing a script: which scene happens on which evening, and when each of its lines is sent."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from tests.sample_writer.script import Line, Scene, Script
from tests.sample_writer.slots import Filler, Occasion


@dataclass(slots=True)
class Post:
    """One message that was sent. `parent` is the place, in the chat's list, of the message that it answers."""

    at: datetime
    sender: str | None
    text: str
    line: Line
    parent: int | None = None
    reactions: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Player:
    """Plays one chat from its first day to its last; the same script gives the same chat."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._random = Random(f"backscroll {script.key}")
        self._filler = Filler(script, self._random)
        self._start = date.fromisoformat(script.settings["start"])
        self._end = date.fromisoformat(script.settings["end"])
        self._played: dict[str, int] = {}
        self._turns: dict[str, int] = {}
        self._posts: list[Post] = []

    def play(self) -> list[Post]:
        """Every message of the chat, in order."""
        for start, scene in self._programme():
            self._perform(scene, start)
        return self._posts

    def _programme(self) -> list[tuple[datetime, Scene]]:
        fixed = self._fixed()
        free = [scene for scene in self._script.scenes if scene.is_free]
        missing = int(self._script.settings["messages"]) - sum(len(scene.lines) for _, scene in fixed)
        mean = sum(len(scene.lines) for scene in free) / len(free)
        programme = list(fixed)
        for day in self._days(max(0, round(missing / mean))):
            scene = self._choose(free, day)
            if scene:
                programme.append((datetime.combine(day, self._hour(scene)), scene))
        return sorted(programme, key=lambda pair: pair[0])

    def _fixed(self) -> list[tuple[datetime, Scene]]:
        found = [(scene.moment, scene) for scene in self._script.scenes if scene.moment]
        yearly: dict[str, list[Scene]] = {}
        for scene in self._script.scenes:
            if "yearly" in scene.options:
                yearly.setdefault(scene.options["yearly"], []).append(scene)
        for year in range(self._start.year, self._end.year + 1):
            for day, scenes in yearly.items():
                scene = scenes[year % len(scenes)]
                when = datetime.combine(date.fromisoformat(f"{year}-{day}"), self._hour(scene))
                if self._start <= when.date() <= self._end:
                    found.append((when, scene))
        return [(when, scene) for when, scene in found if when]

    def _days(self, count: int) -> list[date]:
        settings = self._script.settings
        days = [self._start + timedelta(n) for n in range(1, (self._end - self._start).days)]
        weekday = [float(weight) for weight in settings.get("days", "1 1 1 1 1.2 1.6 1.6").split()]
        mood = {month: self._random.lognormvariate(0, 0.55) for month in sorted({f"{day:%Y-%m}" for day in days})}
        mood |= {month: mood[month] * 2.5 + 1 for month in settings.get("busy", "").split() if month in mood}
        mood |= dict.fromkeys(settings.get("quiet", "").split(), 0.0)
        weights = [
            mood[f"{day:%Y-%m}"] * weekday[day.weekday()] * self._random.choice((0, 0.4, 1, 1, 2.5)) for day in days
        ]
        return sorted(self._random.choices(days, weights, k=count))

    def _hour(self, scene: Scene) -> time:
        hours: list[int] = []
        for word in scene.options.get("hours", self._script.settings["hours"]).split():
            span, _, weight = word.partition(":")
            first, _, last = span.partition("-")
            hours += list(range(int(first), int(last or first) + 1)) * int(weight or 1)
        return time(self._random.choice(hours), self._random.randrange(60), self._random.randrange(60))

    def _choose(self, scenes: list[Scene], day: date) -> Scene | None:
        allowed = [s for s in scenes if self._may_play(s, day)]
        if not allowed:
            return None
        allowed.sort(key=lambda scene: self._played.get(scene.name, -1))
        fresh = sum(scene.name not in self._played for scene in allowed)
        scene = self._random.choice(allowed[: fresh or max(2, len(allowed) // 5)])
        self._played[scene.name] = max(self._played.values(), default=0) + 1
        return scene

    def _may_play(self, scene: Scene, day: date) -> bool:
        if "once" in scene.options and scene.name in self._played:
            return False
        absent = self._script.people.keys() - self._script.here(day, with_silent=True)
        return scene.allows(day) and not any(line.who in absent for line in scene.lines)

    def _perform(self, scene: Scene, start: datetime) -> None:
        turn = self._turns.get(scene.name, 0)
        self._turns[scene.name] = turn + 1
        occasion = Occasion(start.date(), self._cast(scene, start.date()), turn)
        head: int | None = None
        now = max(start, self._posts[-1].at + timedelta(minutes=self._random.randint(6, 55))) if self._posts else start
        for number, line in enumerate(scene.lines):
            if number:
                now += self._wait(line)
            text = self._filler.fill(line.text, occasion)
            sender = None if line.who is None else occasion.cast.get(line.who, line.who)
            sent = replace(line, flags=tuple(self._filler.fill(flag, occasion) for flag in line.flags))
            post = Post(now.replace(microsecond=0), sender, text, sent, head if line.is_answer else None)
            post.reactions = self._react(line, sender, now.date())
            if not line.is_answer:
                head = len(self._posts)
            self._posts.append(post)

    def _cast(self, scene: Scene, day: date) -> dict[str, str]:
        people = self._script.people
        here = self._script.here(day)
        named = {line.who for line in scene.lines if line.who in people}
        names = [name for name in people if name not in named and name in here]
        roles = sorted(scene.roles)
        if len(roles) > len(names):
            raise ValueError(f"{self._script.key}: scene {scene.name} needs more people than there are")
        cast: dict[str, str] = {}
        for role in roles:
            name = self._random.choices(names, [people[name] for name in names])[0]
            names.remove(name)
            cast[role] = name
        return cast

    def _wait(self, line: Line) -> timedelta:
        if line.pause:
            return timedelta(seconds=line.pause * 60 * self._random.uniform(0.85, 1.15))
        slow = float(self._script.settings.get("pace", "1"))
        seconds = min(self._random.lognormvariate(3.4, 0.9), 900) + len(line.text) * 0.12
        return timedelta(seconds=3 + seconds * slow)

    def _react(self, line: Line, sender: str | None, day: date) -> list[tuple[str, tuple[str, ...]]]:
        others = [name for name in self._script.people if name != sender and name in self._script.here(day)]
        found = []
        for flag in line.flags:
            if flag.startswith("react:"):
                _, emoji, count = flag.split(":")
                found.append((emoji, tuple(self._random.sample(others, min(int(count), len(others))))))
        return found


def play(script: Script) -> list[Post]:
    """Every message of the chat that the script describes, in order."""
    return Player(script).play()
