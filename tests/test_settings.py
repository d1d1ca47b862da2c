"""Settings come from the command line, the environment and the file, in that order, and keep their secrets."""

from pathlib import Path

import pytest

from backscroll.errors import AppError
from backscroll.settings import load_settings, settings_file


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_the_nearer_setting_wins(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().dsn is None
    file.write_text('dsn = "postgresql://file/x"\ntheme = "nord"\n')
    monkeypatch.setenv("BACKSCROLL_DSN", "postgresql://environment/x")
    found = load_settings()
    assert found.theme == "nord"
    assert found.dsn is not None
    assert found.dsn == "postgresql://environment/x"
    given = load_settings(dsn="postgresql://given/x").dsn
    assert given is not None
    assert given == "postgresql://given/x"


@pytest.mark.parametrize("text", ["dsn = ", 'pooled = "canary-4711"', 'nonsense = "canary-4711"'])
def test_a_bad_file_is_named_without_what_is_in_it(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(AppError) as raised:
        load_settings()
    assert "settings.toml" in raised.value.hint
    assert "canary" not in raised.value.title + raised.value.hint


def test_a_password_is_not_in_the_settings_repr(file: Path) -> None:
    del file
    assert "canary" not in repr(load_settings(dsn="postgresql://ana:canary-4711@host/x"))
