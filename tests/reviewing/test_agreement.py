"""Figures of agreement are those that were published, and behave as such figures must."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.reviewing.agreement import Values, alpha, interval, kappa, pairable, percent

Coders = Mapping[str, Values]


def _coders(*rows: str) -> Coders:
    """A coder a row, a unit a letter; a dot is missing."""
    return {f"coder {n}": {u: said for u, said in enumerate(row) if said != "."} for n, row in enumerate(rows)}


PUBLISHED = [
    # Krippendorff 2011, A: binary, two observers.
    (_coders("0100000010", "1110010000"), 0.095),
    # Krippendorff 2011, B: nominal, two observers.
    (_coders("aabbdcccedda", "babbbccceddd"), 0.692),
    # Krippendorff 2011, C: nominal, four observers, with missing values.
    (_coders("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    # The worked example of three coders and fifteen units that Wikipedia took from Krippendorff.
    (_coders(".....34121133.3", "1.213343.......", "..21344.21133.4"), 0.691),
]

# Hayes & Krippendorff 2007, table 1: the tone of forty articles, five observers; nominal alpha .4765.
NEWS = _coders(
    "112.001122.01311211000201001111223222221",
    "1130000.21102311121000302102111122222221",
    "203000222100221123001.30.1012202.2232.21",
    ".13....0.10022...31.103021122..122...12.",
    "2..0001.2....3112..0.0..2.0..20.2.2222.1",
)


@pytest.mark.parametrize(("coders", "published"), PUBLISHED)
def test_alpha_is_what_krippendorff_computed(coders: Coders, published: float) -> None:
    assert alpha(coders) == pytest.approx(published, abs=0.0006)


def test_alpha_is_what_hayes_and_krippendorff_computed() -> None:
    assert alpha(NEWS) == pytest.approx(0.4765, abs=0.00005)


def test_kappa_is_what_cohen_computed() -> None:
    # Cohen 1960: two judges, 200 cases, po = .70, pc = .41.
    table = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    said = [(a, b) for a, row in enumerate(table) for b, times in enumerate(row) for _ in range(times)]
    one, other = (dict(enumerate(values)) for values in zip(*said, strict=True))
    assert kappa(one, other) == pytest.approx(0.492, abs=0.0005)
    assert percent({"one": one, "other": other}) == 70


def test_figures_that_are_not_defined_are_none() -> None:
    same = _coders("aaa", "aaa")
    assert (alpha(same), interval(same, seed=1), kappa(*same.values()), percent(same)) == (None, None, None, 100)
    apart = _coders("ab..", "..ab")
    assert (alpha(apart), interval(apart, seed=1), kappa(*apart.values()), percent(apart)) == (None,) * 4
    assert pairable(apart) == 0


def test_an_interval_is_that_of_drawing_units_one_by_one() -> None:
    chance = Random(3)
    rows = ["".join(chance.choices("ab", (4, 1), k=200)) for _ in range(2)]
    third = "".join(said if chance.random() < 0.8 else "." for said in rows[0])
    coders = _coders(*rows, third)
    drawn = []
    for _ in range(400):
        units = chance.choices(range(200), k=200)
        again = {name: {n: v[u] for n, u in enumerate(units) if u in v} for name, v in coders.items()}
        drawn.append(alpha(again) or 0.0)
    low, high = interval(coders, seed=7) or (0, 0)
    drawn.sort()
    assert low == pytest.approx(drawn[10], abs=0.04)
    assert high == pytest.approx(drawn[-11], abs=0.04)
    assert interval(coders, seed=7) == (low, high) != interval(coders, seed=8)


values = st.dictionaries(st.integers(0, 12), st.sampled_from("abc"), max_size=12)
several = st.dictionaries(st.sampled_from(["ana", "bo", "cy", "di"]), values, min_size=2)


@given(several, st.randoms(use_true_random=False))
def test_who_says_what_and_what_it_is_called_changes_nothing(coders: Coders, chance: Random) -> None:
    names = list(coders)
    chance.shuffle(names)
    other = {name: {u: v.upper() for u, v in coders[old].items()} for name, old in zip("wxyz", names, strict=False)}
    assert alpha(other) == (pytest.approx(alpha(coders)) if alpha(coders) is not None else None)
    assert percent(other) == percent(coders)
    assert interval(other, seed=5, rounds=20) == interval(coders, seed=5, rounds=20)


@given(several)
def test_full_agreement_is_one_and_nothing_is_above(coders: Coders) -> None:
    found = alpha(coders)
    assert found is None or found <= 1
    truth = {unit: said for values in coders.values() for unit, said in values.items()}
    agreeing = {name: {unit: truth[unit] for unit in values} for name, values in coders.items()}
    assert alpha(agreeing) in (None, 1)
    assert percent(agreeing) in (None, 100)
    one, other, *_ = agreeing.values()
    assert kappa(one, other) in (None, 1)


@given(values, values)
def test_kappa_is_the_same_from_both_sides(one: Values, other: Values) -> None:
    found = kappa(one, other)
    assert found == kappa(other, one)
    assert found is None or -1 <= found <= 1
