"""The pictures of the README: each shows its own screen, and none is missing or left over."""

import re
from pathlib import Path

from screenshots.capture import PICTURES, WELCOME
from screenshots.drawing import HERE, words
from screenshots.mirrored import MIRRORED

README = Path(__file__).parents[1] / "README.md"


def test_every_picture_shows_its_own_screen() -> None:
    scenes = {**PICTURES, "welcome": WELCOME, **{name: one.scene for name, one in MIRRORED.items()}}
    drawn = {path.stem: words(path.read_text("utf-8")) for path in HERE.glob("*.svg")}
    assert set(drawn) == set(scenes)
    assert [name for name, scene in scenes.items() if scene.shows not in drawn[name]] == []
    assert len(set(drawn.values())) == len(drawn), "two pictures are alike"


def test_the_readme_shows_every_picture_and_no_other() -> None:
    named = re.findall(r"screenshots/([\w-]+)\.svg", README.read_text("utf-8"))
    assert set(named) == {*PICTURES, *MIRRORED, "welcome"}
