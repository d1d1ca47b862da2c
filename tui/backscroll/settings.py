"""What a person has set: from the command line, the environment, or the settings file, in that order."""

from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from tzlocal import get_localzone

from backscroll.errors import AppError


def settings_file() -> Path:
    """Where the settings file is looked for; it need not exist."""
    return user_config_path("backscroll") / "settings.toml"


def usual_home() -> Path:
    """Where a person's archive lives, if nothing else is said."""
    return user_data_path("backscroll")


class Settings(BaseSettings):
    """The settings of one run; frozen. Each is also an environment variable, BACKSCROLL_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="BACKSCROLL_", frozen=True, extra="forbid", hide_input_in_errors=True)

    dsn: SecretStr | None = None
    """The database to open; None for the embedded server in `home`."""

    direct_dsn: SecretStr | None = None
    """The same database without a pooler between, for migrations; None where `dsn` is direct."""

    pooled: bool | None = None
    """Whether a transaction pooler stands before the database; None: told by `-pooler` in the host."""

    home: Path = Field(default_factory=usual_home)
    """Where the embedded server and everything local lives."""

    theme: str = "textual-dark"
    """One of Textual's themes."""

    refresh: float = Field(default=2.0, ge=0, le=3600)
    """Seconds between two looks for what others added; 0: only on F5, so that a hosted server may sleep."""

    timezone: str | None = None
    """IANA name of the zone in which times are shown and wall-clock times of exports are read; None: the machine's."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (named by the base class)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line wins over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def load_settings(*, dsn: str | None = None, home: Path | None = None) -> Settings:
    """The settings of this run; arguments that are not None win. Raises AppError where one cannot be used."""
    given: dict[str, object] = {"dsn": dsn, "home": home}
    try:
        return Settings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        names = ", ".join(".".join(map(str, e["loc"])) for e in error.errors(include_input=False))
        raise AppError(
            f"A setting cannot be used: {names}",
            f"Look at {settings_file()} and at the BACKSCROLL_ variables.",
            code="bad_setting",
        ) from None
    except ValueError:
        raise AppError(
            "The settings file cannot be read", f"{settings_file()} has to be TOML.", code="bad_setting"
        ) from None


def zone_named(name: str | None) -> tzinfo:
    """The time zone of an IANA name; None: the machine's. Raises AppError."""
    try:
        return ZoneInfo(name) if name else get_localzone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise AppError(
            f"There is no time zone {name or 'on this machine that can be told'}",
            "Name one as in Europe/Berlin, Asia/Tokyo or UTC: --timezone, or `timezone` in the settings.",
            code="bad_timezone",
        ) from None
