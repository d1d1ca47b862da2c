"""Filling a scene's slots so that the same words seldom come back soon."""

import re
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.sample_writer.script import Bank, Script

_SLOT = re.compile(r"\{([A-Za-z_]+\d?|[a-z]+:\d+-\d+|[^{}]*\|[^{}]*)\}")


@dataclass(slots=True)
class Occasion:
    """One playing of a scene: its day, who plays whom, how often it was played before, and the words already taken."""

    day: date
    cast: dict[str, str]
    turn: int
    chosen: dict[str, str] = field(default_factory=dict)


class Filler:
    """Deals the values of a chat's banks like cards: each once before any comes back."""

    def __init__(self, script: Script, random: Random) -> None:
        self._random = random
        self._banks = {name: bank for bank in script.banks for name in bank.names}
        self._decks: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._start = date.fromisoformat(script.settings["start"])

    def fill(self, text: str, occasion: Occasion) -> str:
        """The text with its slots filled, in the words that the occasion already has where it has them."""
        while True:
            match = _SLOT.search(text)
            if match is None:
                return text
            text = text[: match.start()] + self._value(match[1], occasion) + text[match.end() :]

    def _value(self, slot: str, occasion: Occasion) -> str:
        if "|" in slot:
            options = slot.split("|")
            return options[occasion.turn % len(options)]  # first goes with first: a scene stays coherent
        if ":" in slot:
            return self._number(slot, occasion.chosen)
        if slot in occasion.cast:
            return occasion.cast[slot]
        name = slot[0].lower() + slot[1:]
        if name not in occasion.chosen:
            self._draw(name, occasion)
        value = occasion.chosen[name]
        return value if name == slot else value[0].upper() + value[1:]

    def _number(self, slot: str, chosen: dict[str, str]) -> str:
        kind, _, span = slot.partition(":")
        low, high = map(int, span.split("-"))
        value = self._random.randint(low, high)
        if kind == "time":
            return f"{value}:{self._random.choice(('00', '15', '30', '45'))}"
        if kind == "n":
            return str(value)
        return chosen.setdefault(kind, str(value))  # a number with a name stays the same in its scene

    def _draw(self, name: str, occasion: Occasion) -> None:
        suffix = name[len(name.rstrip("0123456789")) :]
        bank = self._banks[name.removesuffix(suffix)]
        row = self._monthly(bank, occasion.day, suffix) if bank.is_monthly else self._card(bank)
        for column, value in zip(bank.names, row, strict=True):
            occasion.chosen[column + suffix] = value

    def _monthly(self, bank: Bank, day: date, suffix: str) -> tuple[str, ...]:
        months = (day.year - self._start.year) * 12 + day.month - self._start.month
        return bank.rows[(months + (1 if suffix else 0)) % len(bank.rows)]

    def _card(self, bank: Bank) -> tuple[str, ...]:
        deck = self._decks.setdefault(bank.names, [])
        if bank.is_counter:
            bank.rows = [(str(int(bank.rows[0][0]) + self._random.randint(1, 5)),)]
            return bank.rows[0]
        if not deck:
            deck.extend(self._random.sample(bank.rows, len(bank.rows)))
        return deck.pop()
