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
    """What came of one message: what each reviewer who coded it thinks now, and the result where there is one.

    The result is what was adjudicated, else what all who coded the message agree on. `flagged_by` are those who marked
    it to be talked about, also where they left it open.
    """

    position: int
    reviewers: Reviewers
    result: Decision | None
    flagged_by: tuple[str, ...] = ()

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
    coded: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.made_in is made_in and decision.is_coded:
            coded.setdefault(decision.author, []).append(decision)
    names = tuple(sorted(coded))
    groups = [names, *combinations(names, 2)] if len(names) > 2 else [names]
    used = codes or list(dict.fromkeys(code for name in names for decision in coded[name] for code in decision.codes))
    return [_figures(coded, code, group) for code in (None, *used) for group in groups if len(group) > 1]


def _figures(coded: Mapping[str, Sequence[Decision]], code: UUID | None, names: tuple[str, ...]) -> Figures:
    said = {name: _values(coded[name], code) for name in names}
    return Figures(
        code,
        names,
        pairable(said),
        percent(said),
        kappa(*said.values()) if len(names) == 2 else None,
        alpha(said),
        interval(said, seed=len(said)) if len(names) == len(coded) else None,
    )


def _values(coded: Sequence[Decision], code: UUID | None) -> Values:
    return {d.position: frozenset(d.codes) if code is None else code in d.codes for d in coded}


def outcomes(decisions: Iterable[Decision]) -> list[Outcome]:
    """What came of each message that somebody coded or flagged, in the order of the queue.

    What a reviewer decided in the second pass takes the place of what they decided in the first; of several results
    the last one holds.
    """
    by_position: dict[int, list[Decision]] = {}
    for decision in sorted(decisions, key=lambda d: (d.position, d.author, d.made_in, d.decided_at)):
        by_position.setdefault(decision.position, []).append(decision)
    found = (_outcome(position, made) for position, made in by_position.items())
    return [outcome for outcome in found if outcome.reviewers or outcome.result or outcome.flagged_by]


def _outcome(position: int, made: Sequence[Decision]) -> Outcome:
    coded = [decision for decision in made if decision.is_coded]
    reviewers = {decision.author: decision for decision in coded if decision.made_in is not Pass.RESULT}
    settled = [decision for decision in coded if decision.made_in is Pass.RESULT]
    flagged_by = tuple(dict.fromkeys(decision.author for decision in made if decision.is_flagged))
    result = max(settled, key=lambda decision: decision.decided_at, default=None)
    outcome = Outcome(position, reviewers, result, flagged_by)
    if result is None and reviewers and not outcome.is_disagreed:
        outcome = replace(outcome, result=next(iter(reviewers.values())))
    return outcome


def disagreements(decisions: Iterable[Decision]) -> list[Outcome]:
    """The messages on which reviewers differ, in the order of the queue; those with a result as well."""
    return [outcome for outcome in outcomes(decisions) if outcome.is_disagreed]


def to_talk_about(decisions: Iterable[Decision]) -> list[Outcome]:
    """Disagreements, and what somebody flagged."""
    return [outcome for outcome in outcomes(decisions) if outcome.is_disagreed or outcome.flagged_by]
