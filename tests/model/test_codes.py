"""The rules of a codebook: a tree stays a tree, names and keys stay unlike, and every change can be taken back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.errors import AppError
from backscroll.model.code import Codebook
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import (
    ChangeCode,
    CodeWrite,
    MakeCode,
    MergeCode,
    MoveCode,
    Part,
    RestoreCode,
    RetireCode,
    SplitCode,
    opposite,
)

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def code(number: int) -> UUID:
    return UUID(int=number)


def after(book: Codebook, *writes: CodeWrite) -> Codebook:
    for step, write in enumerate(writes):
        book = effect(book, write, NOON + timedelta(seconds=len(book) + step)).on(book)
    return book


def paths(book: Codebook) -> list[str]:
    return [book.path(one) for _, one in book.walk()]


def refused(book: Codebook, write: CodeWrite) -> str:
    with pytest.raises(AppError) as raised:
        effect(book, write, NOON)
    assert raised.value.hint
    return raised.value.code


BOOK = after(
    Codebook(),
    MakeCode(code(1), "Feeling", key="1"),
    MakeCode(code(2), "Joy", code(1), key="j"),
    MakeCode(code(3), "Anger", code(1)),
    MakeCode(code(4), "Plan"),
)


def test_codes_stand_in_the_order_in_which_they_were_made_or_put() -> None:
    assert paths(BOOK) == ["Feeling", "Feeling/Joy", "Feeling/Anger", "Plan"]
    assert paths(after(BOOK, MakeCode(code(5), "Fear", code(1), position=0)))[1:3] == ["Feeling/Fear", "Feeling/Joy"]
    assert paths(after(BOOK, MoveCode(code(3), code(1), 0)))[1:3] == ["Feeling/Anger", "Feeling/Joy"]
    assert not effect(BOOK, MoveCode(code(3), code(1), 1), NOON).changes


def test_a_code_moves_with_all_below_it_but_never_below_itself() -> None:
    assert paths(after(BOOK, MoveCode(code(1), code(4)))) == [
        "Plan",
        "Plan/Feeling",
        "Plan/Feeling/Joy",
        "Plan/Feeling/Anger",
    ]
    assert refused(BOOK, MoveCode(code(1), code(3))) == "code_cycle"
    assert refused(BOOK, MergeCode(code(1), code(2))) == "code_cycle"


@pytest.mark.parametrize(
    ("write", "error"),
    [
        (MakeCode(code(5), " joy ", code(1)), "code_exists"),
        (MakeCode(code(5), "Other", key="j"), "key_taken"),
        (MakeCode(code(5), "  "), "bad_code"),
        (MakeCode(code(5), "a\x1b[2J"), "bad_code"),
        (MakeCode(code(5), "a", colour="red"), "bad_code"),
        (MakeCode(code(5), "a", key="ab"), "bad_code"),
        (MakeCode(code(5), "a", code(99)), "no_such_code"),
        (ChangeCode(code(3), {"name": "Anger"}, {"name": "JOY"}), "code_exists"),
        (ChangeCode(code(3), {"key": ""}, {"key": "1"}), "key_taken"),
        (MoveCode(code(99), None), "no_such_code"),
        (RestoreCode(code(1)), "code_in_use"),
        (SplitCode(code(4), (Part(code(5), "a"), Part(code(6), "A"))), "code_exists"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(write: CodeWrite, error: str) -> None:
    assert refused(BOOK, write) == error


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused_and_one_beside_it_is_not() -> None:
    book = after(BOOK, ChangeCode(code(2), {"name": "Joy"}, {"name": "Delight"}))
    assert refused(book, ChangeCode(code(2), {"name": "Joy"}, {"name": "Fun"})) == "code_conflict"
    joy = after(book, ChangeCode(code(2), {"description": ""}, {"description": "smiles"})).get(code(2))
    assert joy is not None
    assert (joy.name, joy.description, joy.version) == ("Delight", "smiles", 3)


def test_a_merged_code_gives_what_stood_below_it_to_the_other_one() -> None:
    book = after(BOOK, MergeCode(code(1), code(4)))
    assert paths(book) == ["Plan", "Plan/Joy", "Plan/Anger"]
    assert book.living(code(1)) == book.get(code(4))


def test_a_split_code_has_its_parts_below_it_or_in_its_place() -> None:
    parts = (Part(code(5), "Hot"), Part(code(6), "Cold"))
    kept = after(BOOK, SplitCode(code(3), parts, is_kept=True))
    assert paths(kept)[2:5] == ["Feeling/Anger", "Feeling/Anger/Hot", "Feeling/Anger/Cold"]
    instead = after(BOOK, SplitCode(code(1), (Part(code(5), "Feeling"), Part(code(6), "Mood"))))
    assert paths(instead) == ["Feeling", "Mood", "Plan", "Joy", "Anger"]


def test_a_code_is_retired_with_its_branch_and_comes_back_with_it_and_without_a_key_that_is_taken() -> None:
    book = after(BOOK, RetireCode(code(3)), RetireCode(code(1)))
    assert paths(book) == ["Plan"]
    assert refused(book, MakeCode(code(5), "x", code(1))) == "code_retired"
    book = after(book, MakeCode(code(5), "Just", key="j"), RestoreCode(code(1)))
    assert paths(book) == ["Feeling", "Feeling/Joy", "Plan", "Just"]
    assert [one.key for _, one in book.walk()] == ["1", "", "", "j"]
    assert refused(after(book, RetireCode(code(2)), MakeCode(code(6), "joy", code(1))), RestoreCode(code(2)))


def _write(draw: st.DrawFn, step: int) -> CodeWrite:
    one, other = (code(draw(st.integers(1, step))) for _ in range(2))
    above = draw(st.sampled_from([None, other]))
    place = draw(st.sampled_from([None, 0, 1, 7]))
    name = draw(st.sampled_from("abc"))
    new, second = code(step), code(step + 1000)
    return draw(
        st.sampled_from([
            MakeCode(new, name, above, key=draw(st.sampled_from(["", "1", "2"])), position=place),
            MoveCode(one, above, place),
            MergeCode(one, other),
            SplitCode(one, (Part(new, name), Part(second, f"{name}2")), is_kept=draw(st.booleans())),
            RetireCode(one),
            RestoreCode(one),
        ])
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[CodeWrite]:
    return [_write(draw, step) for step in range(1, draw(st.integers(3, 14)))]


def _shape(book: Codebook) -> set[tuple[object, ...]]:
    return {
        (one.id, one.parent_id, one.name, one.is_alive, one.merged_into) for one in map(book.get, _ids(book)) if one
    }


def _ids(book: Codebook) -> list[UUID]:
    return [one.id for _, one in book.walk(with_retired=True)]


@given(histories())
def test_whatever_is_done_every_code_stays_in_the_tree_and_names_and_keys_stay_unlike(writes: list[CodeWrite]) -> None:
    book = Codebook()
    for step, write in enumerate(writes):
        try:
            book = effect(book, write, NOON + timedelta(seconds=step)).on(book)
        except AppError:
            continue
        alive = [one for _, one in book.walk()]
        assert len(_ids(book)) == len(book)
        assert len(alive) == sum(one.is_alive for one in map(book.get, _ids(book)) if one)
        assert len({(one.parent_id, one.name.casefold()) for one in alive}) == len(alive)
        keys = [one.key for one in alive if one.key]
        assert len(set(keys)) == len(keys)


@given(histories())
def test_the_opposite_of_a_write_brings_back_what_was(writes: list[CodeWrite]) -> None:
    book = Codebook()
    for step, write in enumerate(writes):
        now = NOON + timedelta(seconds=10 * step)
        try:
            done = effect(book, write, now).on(book)
        except AppError:
            continue
        undone = done
        for back in opposite(book, write):
            undone = effect(undone, back, now + timedelta(seconds=1)).on(undone)
        again = effect(undone, write, now + timedelta(seconds=2)).on(undone)  # as redo writes it
        assert paths(again) == paths(done)
        if not isinstance(write, RestoreCode):  # a code comes back where there is a place for it now
            new = {one.id for one in map(undone.get, _ids(undone)) if one and one.id not in book}
            assert {row for row in _shape(undone) if row[0] not in new} == _shape(book)
            assert paths(undone) == paths(book)
        book = done
