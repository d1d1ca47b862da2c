"""How far coders agree: in percent, by Cohen's kappa and by Krippendorff's alpha, for values without an order.

Kappa: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960).
Alpha: K. Krippendorff, Computing Krippendorff's alpha-reliability, University of Pennsylvania (2011).
Its interval draws units anew: A. Zapf et al., Measuring inter-rater reliability for nominal data - which coefficients
and confidence intervals are appropriate?, BMC Medical Research Methodology 16:93 (2016).
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from random import Random
from typing import Final, TypeAlias

Values: TypeAlias = Mapping[int, Hashable]
"""What one coder said, by the number of the unit; what was left open is missing."""
Unit: TypeAlias = frozenset[tuple[Hashable, int]]
"""What was said of one unit: how often each value, whoever said it."""

ROUNDS: Final = 2000
"""How often the units are drawn anew for an interval."""
LEVEL: Final = 0.95
_PLACES: Final = 32
"""Binary places of a probability."""


def percent(coders: Mapping[str, Values]) -> float | None:
    """The share (0 to 100) of pairs of coders, over all units, who said the same; None where no unit has a pair."""
    agreed = pairs = 0
    for unit, times in _units(coders).items():
        said = sum(count for _, count in unit)
        pairs += times * said * (said - 1)
        agreed += times * sum(count * (count - 1) for _, count in unit)
    return 100 * agreed / pairs if pairs else None


def kappa(one: Values, other: Values) -> float | None:
    """Cohen's kappa of two coders over the units that both coded.

    None where it is not defined: there are no such units, or both said the same single value of all of them.
    """
    both = one.keys() & other.keys()
    n = len(both)
    agreed = sum(one[unit] == other[unit] for unit in both)
    ones, others = Counter(one[unit] for unit in both), Counter(other[unit] for unit in both)
    by_chance = sum(count * others[value] for value, count in ones.items())
    return (n * agreed - by_chance) / (n * n - by_chance) if n * n != by_chance else None


def alpha(coders: Mapping[str, Values]) -> float | None:
    """Krippendorff's alpha over the units that two or more coded.

    None where it is not defined: there are no such units, or all that was said of them is one value.
    """
    return _alpha(_units(coders))


def interval(coders: Mapping[str, Values], *, seed: int, rounds: int = ROUNDS) -> tuple[float, float] | None:
    """The bounds between which alpha lies with a confidence of `LEVEL`; the same seed gives the same bounds.

    None where alpha is not defined. A draw in which it is not (all that was drawn is one value) is left out.
    """
    units, chance = _units(coders), Random(seed)  # noqa: S311  (statistics)
    if _alpha(units) is None:
        return None
    drawn = sorted(found for _ in range(rounds) if (found := _alpha(_drawn(units, chance))) is not None)
    if not drawn:
        return None
    outside = int(len(drawn) * (1 - LEVEL) / 2)
    return drawn[outside], drawn[-1 - outside]


def pairable(coders: Mapping[str, Values]) -> int:
    """How many units two or more coded: those that the figures are about."""
    return _units(coders).total()


def _units(coders: Mapping[str, Values]) -> Counter[Unit]:
    """The units that two or more coded; those of which the same was said are counted together, in their order."""
    numbers = sorted({number for values in coders.values() for number in values})
    said = ([values[number] for values in coders.values() if number in values] for number in numbers)
    return Counter(frozenset(Counter(values).items()) for values in said if len(values) > 1)


def _alpha(units: Mapping[Unit, int]) -> float | None:
    differing, totals = 0.0, Counter[Hashable]()
    for unit, times in units.items():
        said = sum(count for _, count in unit)
        differing += times * sum(count * (said - count) for _, count in unit) / (said - 1)
        for value, count in unit:
            totals[value] += times * count
    n = totals.total()
    expected = sum(count * (n - count) for count in totals.values())
    return 1 - (n - 1) * differing / expected if expected else None


def _drawn(units: Counter[Unit], chance: Random) -> dict[Unit, int]:
    """As many units as there are, each drawn from all of them."""
    # Drawn by their kinds, of which there are few: one by one, thousands of units would take minutes.
    drawn, wanted, left = {}, units.total(), units.total()
    for unit, times in units.items():
        drawn[unit] = wanted if times == left else _hits(wanted, times, left, chance)
        wanted, left = wanted - drawn[unit], left - times
    return drawn


def _hits(draws: int, times: int, among: int, chance: Random) -> int:
    """How many of some draws hit, each with the probability times / among: a bit each, all drawn at once.

    A bit is set with the probability 0.b1b2b3... when, from the last binary place to the first, a coin is joined to
    it by OR where the place is 1, by AND where it is 0.
    """
    if not draws:
        return 0
    probability, bits = (times << _PLACES) // among, 0
    for place in range(_PLACES):
        coins = chance.getrandbits(draws)
        bits = bits | coins if probability >> place & 1 else bits & coins
    return bits.bit_count()
