"""Program text in messages is coloured, keeps its indentation, and hits stay lit on top of it."""

from dataclasses import replace

from msgspec import structs
from textual.color import Color
from textual.style import Style

from backscroll.searching.language import parse
from backscroll.ui.widgets.look import STYLE_NAMES, Setting, Styles
from backscroll.ui.widgets.message_lines import Drawn, draw
from backscroll.ui.widgets.message_words import ADDRESS, CHUNK
from tests.ui.test_reading_drawing import LOOK, MESSAGE

STYLES = {name: Style(foreground=Color(number + 1, 9, 9)) for number, name in enumerate(STYLE_NAMES)}
COLOURED = replace(LOOK, styles=Styles(**STYLES))


def drawn(text: str, query: str = "", width: int = 60) -> Drawn:
    return draw(
        structs.replace(MESSAGE, text=text),
        Setting(),
        replace(COLOURED, width=width, query=parse(query) if query else None),
    )


def having(lines: Drawn, name: str) -> list[str]:
    """The parts of the lines that are drawn last in a style."""
    wanted = STYLES[name].foreground
    return [text for line in lines.lines for text, style in line.content.render(end="") if style.foreground == wanted]


def test_a_fence_shows_its_language_and_its_words_in_colours() -> None:
    lines = drawn("so:\n```python\ndef f():\n    return 'x'\n```\nok")
    assert [line.plain.strip() for line in lines.lines][1:] == ["python", "def f():", "return 'x'", "ok"]
    assert having(lines, "keyword") == ["def", "return"]
    assert having(lines, "definition") == ["f"]
    assert "".join(having(lines, "literal")) == "'x'"


def test_an_unknown_language_an_open_fence_and_a_long_program_are_not_coloured() -> None:
    for text in ("```nosuch\ndef f():\n```", "```python\ndef f():", f"```python\n{'def f(): 1' * 1000}\n```"):
        assert having(drawn(text), "keyword") == []
    assert "```python" in drawn("```python\ndef f():").lines[0].plain, "an open fence is shown as it is"


def test_hits_are_lit_where_they_stand_also_in_programs() -> None:
    lines = drawn("the relay\n```python\nrelay = 1  # relay\n```\nand `relay`", "relay")
    assert having(lines, "hit") == ["relay"] * 4
    assert having(drawn("```python\nx\n```", "python"), "hit") == ["python"]


def test_a_broken_line_goes_on_under_its_indentation() -> None:
    first, second, *_ = drawn("```\n    " + "x" * 60 + "\n```").lines
    start = LOOK.indent
    assert first.plain[start:].startswith("    xxx")
    assert second.plain[start:].startswith("    xxx")


def test_markup_in_programs_stays_text() -> None:
    lines = drawn("```python\n'[@click=app.quit]x[/]' # [red]\n```\n`[b]`")
    assert "[@click=app.quit]x[/]" in lines.lines[1].plain
    assert not any("@click" in style.meta for line in lines.lines for _, style in line.content.render(end=""))


def test_a_link_knows_where_it_leads_on_every_line_that_it_takes() -> None:
    address = "https://example.org/" + "a" * 90
    parts = [part for line in drawn(address).lines for part in line.content.render(end="")]
    metas = [style.meta.get(ADDRESS) for text, style in parts if "a" * 9 in text]
    assert metas == [address] * 3


def test_a_program_that_is_cut_is_still_one() -> None:
    lines = drawn("```\n" + "x = 1\n" * CHUNK + "```")
    assert lines.is_folded
    assert "```" not in "".join(line.plain for line in lines.lines)
