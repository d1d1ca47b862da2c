"""Asks a language model over HTTP: tried again where that may help, and with errors that say what to do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backscroll.errors import AppError
from backscroll.summarising.by_model.answers import Answer, Heard, UnansweredError, read
from backscroll.summarising.by_model.endpoint import Endpoint
from backscroll.summarising.by_model.tokens import tokens_of

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

_ATTEMPTS: Final = 4
_PATIENCE: Final = 180.0
"""Seconds without a word: a large model on a small machine reads that long before it begins to write."""
_CONNECTED_IN: Final = 15.0
_LONGEST_WAIT: Final = 60.0
_AGAIN: Final = {0, 408, 409, 425, 429, 500, 502, 503, 504, 529}
"""Statuses after which it may help to ask again; 0: the answer broke off."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told to do, and what to do it with."""

    task: str
    material: str

    @property
    def tokens(self) -> int:
        """About how many tokens it takes."""
        return tokens_of(self.task) + tokens_of(self.material)


class Model:
    """The language model behind an endpoint, to be asked until the block ends."""

    def __init__(self, endpoint: Endpoint, *, patience: float = _PATIENCE) -> None:
        """`patience` is for how many seconds it may be silent."""
        self._endpoint = endpoint
        self._patience = patience
        self._client: AsyncClient | None = None

    async def __aenter__(self) -> "Model":
        try:
            import httpx
        except ImportError:
            raise AppError(
                "What asks a language model is not installed", "pip install 'backscroll[model]'", code="no_model"
            ) from None
        key = self._endpoint.key
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(self._patience, connect=_CONNECTED_IN),
            trust_env=not self._endpoint.is_here,  # what stays on this machine passes no proxy
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def ask(self, prompt: Prompt, heard: Heard) -> Answer:
        """The answer to a prompt; `heard` is given it as it comes. Raises AppError."""
        import httpx
        import stamina
        import stamina.instrumentation

        # Its default hooks write warnings to stderr, which would land in the middle of a screen.
        stamina.instrumentation.set_on_retry_hooks([])
        try:
            async for attempt in stamina.retry_context(
                on=_again, attempts=_ATTEMPTS, timeout=None, wait_initial=1.0, wait_max=20.0
            ):
                with attempt:
                    heard("")
                    return await self._once(prompt, heard)
        except httpx.HTTPError as error:
            raise _unreached(self._endpoint.host, error) from None
        except UnansweredError as error:
            raise _refused(self._endpoint.host, error.status) from None
        raise AssertionError("retry_context ends by returning or raising")

    async def _once(self, prompt: Prompt, heard: Heard) -> Answer:
        if self._client is None:
            raise AssertionError("a model is asked inside its block")
        body = {
            "model": self._endpoint.model,
            "messages": [
                {"role": "system", "content": prompt.task},
                {"role": "user", "content": prompt.material},
            ],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        address = f"{self._endpoint.address}/chat/completions"
        async with self._client.stream("POST", address, json=body) as response:
            if response.status_code != 200:
                raise UnansweredError(response.status_code, _asked_to_wait(response))
            return await read(response, prompt.tokens, heard)


def _again(error: Exception) -> bool | float:
    """Whether it may help to ask again, or after how many seconds."""
    import httpx

    if isinstance(error, UnansweredError):
        return error.status in _AGAIN and (error.wait or True)
    return isinstance(error, httpx.TimeoutException | httpx.ReadError | httpx.WriteError | httpx.RemoteProtocolError)


def _asked_to_wait(response: "Response") -> float | None:
    """How many seconds a busy service asks to be left alone; no more than a person would wait."""
    said = response.headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isascii() and said.isdigit() else None


def _unreached(host: str, error: Exception) -> AppError:
    import httpx

    if isinstance(error, httpx.TimeoutException):
        title = f"The language model at {host} takes too long"
    elif isinstance(error, httpx.ConnectError):
        title = f"Nobody answers at {host}"
    else:
        title = f"The connection to {host} broke off"
    return AppError(title, "Look whether it runs, and at model_url; then try again.", code="model_away")


def _refused(host: str, status: int) -> AppError:
    """What a status means. The service's own words are left out: they may repeat the key, or what was sent."""
    if status in {401, 403}:
        return AppError(f"{host} does not accept the key", "Look at model_key.", code="model_refused")
    if status == 404 or 300 <= status < 400:
        hint = "Look at model and model_url."
        return AppError(f"{host} does not know this model or address", hint, code="model_refused")
    if status == 429:
        hint = "Wait, or look at what your account allows."
        return AppError(f"{host} has had enough requests", hint, code="model_busy")
    if not status:
        return AppError(f"The answer of {host} broke off", "Try again.", code="model_away")
    if status in _AGAIN:
        return AppError(f"{host} is in trouble (status {status})", "Try again later.", code="model_away")
    hint = "Perhaps it takes fewer tokens at once than model_tokens says, or is not OpenAI-compatible."
    return AppError(f"{host} refused the request (status {status})", hint, code="model_refused")
