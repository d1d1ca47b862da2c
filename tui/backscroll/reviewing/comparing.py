"""What reviewers decided side by side: how far they agree by code and pair, where they do not, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias
from uuid import UUID

from backscroll.model.code import Codebook
from backscroll.model.review import Decision, Pass
from backscroll.reviewing.agreement import Values, alpha, interval, kappa, pairable, percent

Reviewers: TypeAlias = Mapping[str, Decision]
"""What each reviewer decided on one message, by name."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How far some reviewers agree whether one code applies; code None: on all the codes of a message at once.

    `messages` is how many two or more of them coded; the figures are as in `agreement`, None where not defined. Kappa
    is that of two reviewers, the interval of alpha that of all reviewers.
    """

    code: UUID | None
    reviewers: tuple[str, ...]
    messages: int
    percent: float | None
    kappa: float | None
    alpha: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one message: what each reviewer thinks now, and the result where there is one.

    The result is what was adjudicated, else what all who coded the message agree on.
    """

    position: int
    reviewers: Reviewers
    result: Decision | None

    @property
    def is_disagreed(self) -> bool:
        """Whether two reviewers think of it differently."""
        return len({frozenset(decision.codes) for decision in self.reviewers.values()}) > 1


def in_use(decisions: Iterable[Decision], book: Codebook) -> list[Decision]:
    """The same with the codes that are in use: one that was merged stands for the code that took over."""

    def living(codes: tuple[UUID, ...]) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(found.id if (found := book.living(code)) else code for code in codes))

    return [replace(decision, codes=living(decision.codes)) for decision in decisions]


def figures(decisions: Iterable[Decision], codes: Sequence[UUID], *, made_in: Pass = Pass.ALONE) -> list[Figures]:
    """How far reviewers agree in one pass: all of them and each pair, on all codes at once and on each code.

    No codes: those that were given to something, in order of their first use. The interval's chance is the same each
    time.
    """
    coded = [decision for decision in decisions if decision.made_in is made_in and decision.is_coded]
    names = sorted({decision.author for decision in coded})
    groups = [tuple(names), *combinations(names, 2)] if len(names) > 2 else [tuple(names)]
    used = codes or list(dict.fromkeys(code for decision in coded for code in decision.codes))
    return [_figures(coded, code, group) for code in (None, *used) for group in groups if len(group) > 1]


def _figures(coded: Sequence[Decision], code: UUID | None, names: tuple[str, ...]) -> Figures:
    said: dict[str, Values] = {name: _values(coded, code, name) for name in names}
    is_pair, is_all = len(names) == 2, len(names) == len({decision.author for decision in coded})
    return Figures(
        code,
        names,
        pairable(said),
        percent(said),
        kappa(*said.values()) if is_pair else None,
        alpha(said),
        interval(said, seed=len(coded)) if is_all else None,
    )


def _values(coded: Sequence[Decision], code: UUID | None, author: str) -> Values:
    own = (decision for decision in coded if decision.author == author)
    return {d.position: frozenset(d.codes) if code is None else code in d.codes for d in own}


def outcomes(decisions: Iterable[Decision]) -> list[Outcome]:
    """What came of each message that somebody coded, in the order of the queue.

    What a reviewer decided in the second pass takes the place of what they decided in the first; of several results
    the last one holds.
    """
    reviewers: dict[int, dict[str, Decision]] = {}
    results: dict[int, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.position, d.made_in, d.decided_at)):
        if not decision.is_coded:
            continue
        if decision.made_in is Pass.RESULT:
            results[decision.position] = decision
        else:
            reviewers.setdefault(decision.position, {})[decision.author] = decision
    found = []
    for position in sorted(reviewers.keys() | results.keys()):
        outcome = Outcome(position, dict(sorted(reviewers.get(position, {}).items())), results.get(position))
        if outcome.result is None and not outcome.is_disagreed:
            outcome = Outcome(position, outcome.reviewers, next(iter(outcome.reviewers.values())))
        found.append(outcome)
    return found


def disagreements(decisions: Iterable[Decision]) -> list[Outcome]:
    """The messages on which reviewers differ, in the order of the queue; those with a result as well."""
    return [outcome for outcome in outcomes(decisions) if outcome.is_disagreed]
