"""What a person has set: from the command line, the environment, or the settings file, in that order."""

import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from platformdirs import user_config_path, user_data_path

from backscroll.errors import AppError

_VARIABLE: Final = "BACKSCROLL_"


def settings_file() -> Path:
    """Where the settings file is looked for; it need not exist."""
    return user_config_path("backscroll") / "settings.toml"


def usual_home() -> Path:
    """Where a person's archive lives, if nothing else is said."""
    return user_data_path("backscroll")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one run. Each is also an environment variable, BACKSCROLL_ and its name in capitals."""

    dsn: str | None = field(default=None, repr=False)
    """The database to open; None for the embedded server in `home`. May hold a password."""

    direct_dsn: str | None = field(default=None, repr=False)
    """The same database without a pooler between, for migrations; None where `dsn` is direct. May hold a password."""

    pooled: bool | None = None
    """Whether a transaction pooler stands before the database; None: told by `-pooler` in the host."""

    home: Path = field(default_factory=usual_home)
    """Where the embedded server and everything local lives."""

    theme: str = "textual-dark"
    """One of Textual's themes."""

    refresh: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 1.0
    """Seconds between two looks for what others added; 0: only on F5, so that a hosted server may sleep.

    With `syncing.following.EVERY` it decides how soon what is said in a followed source shows: within two seconds.
    """

    timezone: str | None = None
    """IANA name of the zone in which times are shown and wall-clock times of exports are read; None: the machine's."""

    reviewer: str = ""
    """Whose annotations and decisions are written, where several people code the same messages; '' for one's own."""

    model_url: str | None = None
    """Where an OpenAI-compatible language model is, as in https://example.org/v1; None: nothing is sent anywhere."""

    model_key: str | None = field(default=None, repr=False)
    """What it lets somebody in for; None where it asks for nothing."""

    model: str | None = None
    """Which of its models makes summaries."""

    model_tokens: Annotated[int, msgspec.Meta(ge=1_500, le=10_000_000)] = 8_000
    """Tokens that the model takes at once, its answer included."""

    model_price_in: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """What it costs to have it read a million tokens, in one's own currency; None: not known."""

    model_price_out: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """The same for a million tokens that it writes."""


_NAMES: Final = tuple(setting.name for setting in fields(Settings))


def load_settings(*, dsn: str | None = None, home: Path | None = None, reviewer: str | None = None) -> Settings:
    """The settings of this run; arguments that are not None win. Raises AppError where one cannot be used."""
    options = (("dsn", dsn), ("home", home), ("reviewer", reviewer))
    given = {name: value for name, value in options if value is not None}
    environment = {name: os.environ.get(_VARIABLE + name.upper()) for name in _NAMES}
    values = _in_file() | {name: value for name, value in environment.items() if value is not None} | given
    unknown = [name for name in values if name not in _NAMES]
    if unknown:
        raise _unusable(", ".join(unknown))
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_path)  # not strict: the environment is text
    except msgspec.ValidationError as error:
        place = re.search(r"\$\.(\w+)", str(error))
        raise _unusable(place[1] if place else "one of them") from None


def _in_file() -> dict[str, object]:
    try:
        return tomllib.loads(settings_file().read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise AppError(
            "The settings file cannot be read", f"{settings_file()} has to be TOML.", code="bad_setting"
        ) from None


def _path(kind: type, value: object) -> object:
    if kind is not Path or not isinstance(value, str | Path):
        raise NotImplementedError
    return Path(value)


def _unusable(names: str) -> AppError:
    return AppError(
        f"A setting cannot be used: {names}",
        f"Look at {settings_file()} and at the {_VARIABLE} variables.",
        code="bad_setting",
    )


def zone_named(name: str | None) -> tzinfo:
    """The time zone of an IANA name; None: the machine's. Raises AppError."""
    try:
        if name:
            return ZoneInfo(name)
        from tzlocal import get_localzone  # here: the browser starts without it

        return get_localzone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise AppError(
            f"There is no time zone {name or 'on this machine that can be told'}",
            "Name one as in Europe/Berlin, Asia/Tokyo or UTC: --timezone, or `timezone` in the settings.",
            code="bad_timezone",
        ) from None
