"""The language model that a person has configured: where it is, how much it takes at once, and what it costs."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from backscroll.errors import AppError
from backscroll.model.summary import Cost
from backscroll.settings import Settings, settings_file

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible service. `limit` is in tokens, answer included; prices are those of a million tokens."""

    address: str = field(repr=False)
    model: str
    key: str | None = field(default=None, repr=False)
    limit: int = 8_000
    price_in: float | None = None
    price_out: float | None = None

    @property
    def host(self) -> str:
        """Who gets what is sent, with the port; nothing secret."""
        parts = urlsplit(self.address)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine."""
        return _is_here(urlsplit(self.address).hostname or "")

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read what is sent."""
        return urlsplit(self.address).scheme == "https"

    def price(self, tokens_in: int, tokens_out: int) -> float | None:
        """What tokens cost; None where the prices are not known."""
        if self.price_in is None and self.price_out is None:
            return None
        return (tokens_in * (self.price_in or 0.0) + tokens_out * (self.price_out or 0.0)) / _MILLION

    def cost(self, tokens_in: int, tokens_out: int) -> Cost:
        """Tokens, and what they cost."""
        return Cost(tokens_in, tokens_out, self.price(tokens_in, tokens_out))


def endpoint_of(settings: Settings) -> Endpoint:
    """The model that the settings name. Raises AppError where they name none, or one that cannot be asked."""
    if not settings.model_url or not settings.model:
        raise AppError(
            "No language model is configured",
            f"Set model_url and model in {settings_file()}. Without one, the chat's own sentences make summaries.",
            code="no_model",
        )
    parts = _parts(settings.model_url)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise AppError("model_url is no address of a service", "As in https://example.org/v1.", code="bad_setting")
    if parts.username or parts.password:
        raise AppError(
            "model_url holds a name or a password", "What is secret goes into model_key.", code="bad_setting"
        )
    key = settings.model_key
    if key is not None and not (key.isascii() and key.isprintable()):
        raise AppError("model_key cannot be a key", "It has a character that no key has.", code="bad_setting")
    return Endpoint(
        settings.model_url.rstrip("/"),
        settings.model,
        key,
        settings.model_tokens,
        settings.model_price_in,
        settings.model_price_out,
    )


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # says so where it is none
    except ValueError:
        return None
    return parts


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
