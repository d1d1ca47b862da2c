"""The wheel holds all that the program needs, and works outside the repository."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory with what the wheel installs."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(place / "site")
    return place / "site"


def test_the_wheel_carries_sql_styles_and_the_sample(installed: Path) -> None:
    package = installed / "backscroll"
    for kind, source in (("*.sql", ROOT / "sql"), ("*.tcss", ROOT / "tui"), ("notes.json", ROOT / "tui")):
        assert len(list(package.rglob(kind))) == len(list(source.rglob(kind))) > 0
    assert len(list((package / "sample" / "exports").iterdir())) >= 8
    assert (package / "py.typed").exists()


def test_the_wheel_opens_an_archive_outside_the_repository(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    code = (
        f"import backscroll; assert backscroll.__file__.startswith({str(installed)!r});"
        "from backscroll.cli.main import main; main()"
    )
    command = [sys.executable, "-c", code, "--home", str(tmp_path / "home"), "chats", "--json"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
