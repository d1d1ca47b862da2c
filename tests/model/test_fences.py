"""Program text is found where people put it, and what is never closed stays plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.model.fences import fences, inline


def found(text: str, *, goes_on: bool = False) -> list[tuple[str, str]]:
    return [(text[slice(*f.language)], text[slice(*f.inside)]) for f in fences(text, goes_on=goes_on)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("a\n```py\nx = 1\n  y\n```\nb", [("py", "x = 1\n  y")]),
        ("```\nx\n```\n```\ny\n```", [("", "x"), ("", "y")]),
        ("```first line\nlast```", [("", "first line\nlast")]),
        ("```\nx```", [("", "x")]),
        ("````\n```\n````", [("", "```")]),
        ("```\n```", [("", "")]),
        ("```py\nnever closed", []),
        ("```one line```", []),
        ("    ```\nx\n```", []),
        ("no program", []),
    ],
)
def test_blocks_stand_between_their_fences(text: str, blocks: list[tuple[str, str]]) -> None:
    assert found(text) == blocks


def test_where_the_text_goes_on_an_open_block_counts_as_closed() -> None:
    assert found("a\n```py\nx\ny", goes_on=True) == [("py", "x\ny")]


@pytest.mark.parametrize(
    ("text", "runs"),
    [("use `x` and ``a`b``", ["`x`", "``a`b``"]), ("`a\nb`", []), ("it`s", []), ("```x```", ["```x```"]), ("``", [])],
)
def test_runs_stand_between_equal_backticks_on_one_line(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end in inline(text)] == runs


@given(
    st.lists(st.sampled_from(["```", "````", "`", "\n", "py", " ", "x", "```\n", "\n```\n"]), max_size=30).map("".join)
)
def test_blocks_are_in_order_and_inside_the_text(text: str) -> None:
    for goes_on in (False, True):
        end = 0
        for block in fences(text, goes_on=goes_on):
            assert end <= block.whole[0] <= block.whole[1] <= len(text)
            assert block.whole[0] <= block.inside[0] <= block.inside[1] <= max(block.whole[1], block.inside[0])
            assert text[slice(*block.inside)].count("\n") <= text[slice(*block.whole)].count("\n")
            end = block.whole[1]


def test_a_hundred_thousand_open_fences_take_no_time() -> None:
    assert fences("```a\n" * 100_000) == []
