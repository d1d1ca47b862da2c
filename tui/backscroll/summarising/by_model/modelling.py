"""Makes a summary by a language model: of each part that it takes at once, then one of the summaries of the parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from backscroll.archive.opening import Archive
from backscroll.model.ids import new_id
from backscroll.model.summary import Method, Status, Stretch, Summary
from backscroll.summarising.by_model.answers import Heard
from backscroll.summarising.by_model.asking import Model, Prompt
from backscroll.summarising.by_model.citing import cited, uncited
from backscroll.summarising.by_model.endpoint import Endpoint
from backscroll.summarising.by_model.masking import Mask
from backscroll.summarising.by_model.parts import Parts, packed
from backscroll.summarising.by_model.prompts import of_part, of_summaries
from backscroll.summarising.gathering import Tell
from backscroll.text import safe

_TASK: Final = 300
"""Tokens of what the model is told to do."""
_EVERYBODY: Final = 100_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What summaries will take: messages that are sent, requests, and tokens there and, about, back."""

    messages: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: "Plan") -> "Plan":
        return Plan(
            self.messages + other.messages,
            self.requests + other.requests,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
        )


class Modelling:
    """Makes summaries of one archive by one model, where that is wanted of masked messages."""

    def __init__(self, archive: Archive, endpoint: Endpoint, zone: tzinfo | None, *, is_masked: bool) -> None:
        self.endpoint = endpoint
        self.is_masked = is_masked
        self._archive = archive
        self._zone = zone
        self._answer = max(150, min(700, endpoint.limit // 8))
        self._room = max(500, endpoint.limit - self._answer - _TASK)

    async def plan(self, stretch: Stretch) -> Plan:
        """What a summary of a stretch will take, told by reading it; nothing is sent. Raises AppError."""
        parts = await self._parts(stretch)
        sent = requests = tokens = 0
        async for lines in parts.read():
            sent, requests, tokens = sent + len(lines), requests + 1, tokens + of_part(lines).tokens
        summaries, together = requests, max(2, self._room // self._answer)
        while summaries > 1:
            tokens += summaries * self._answer + _TASK
            summaries = -(-summaries // together)
            requests += summaries
        return Plan(sent, requests, tokens, requests * self._answer)

    async def make(self, stretch: Stretch, tell: Tell, heard: Heard) -> Summary | None:
        """A summary of a stretch, not stored yet; None where there is nothing to send. Raises AppError.

        `tell` is told how many of how many requests are answered, `heard` given what is being written.
        """
        planned = await self.plan(stretch)
        if not planned.requests:
            return None
        parts = await self._parts(stretch)
        async with Model(self.endpoint) as model:
            asking = _Asking(model, planned.requests, tell, lambda text: heard(self._shown(parts, text)))
            written = [await asking.ask(of_part(lines)) async for lines in parts.read()]
            while len(written) > 1:
                written = [await asking.ask(of_summaries(some)) for some in packed(written, self._room)]
        whole = cited(safe(parts.mask.show(written[0]) if parts.mask else written[0]), parts.cursors)
        return Summary(
            new_id(),
            stretch,
            whole.text,
            parts.gathered.count,
            parts.gathered.participants,
            Method.MODEL,
            datetime.now(UTC),
            Status.COMPLETED if asking.is_whole else Status.PARTIAL,
            self.endpoint.model,
            parts.gathered.newest,
            self.endpoint.cost(asking.tokens_in, asking.tokens_out),
            self.is_masked,
            whole.links,
        )

    async def _parts(self, stretch: Stretch) -> Parts:
        mask = None
        if self.is_masked:
            people = await self._archive.conversations.participants(stretch.conversation_id, limit=_EVERYBODY)
            mask = Mask(person.name for person in people)
        return Parts(self._archive, stretch, self._zone, mask, self._room)

    @staticmethod
    def _shown(parts: Parts, text: str) -> str:
        return safe(parts.mask.show_begun(uncited(text)) if parts.mask else uncited(text))


class _Asking:
    """Asks one thing after another, and counts what that takes."""

    def __init__(self, model: Model, requests: int, tell: Tell, heard: Callable[[str], None]) -> None:
        self.tokens_in = 0
        self.tokens_out = 0
        self.is_whole = True
        self._model = model
        self._requests = requests
        self._tell = tell
        self._heard = heard
        self._done = 0
        tell(0, requests)

    async def ask(self, prompt: Prompt) -> str:
        """The text of an answer."""
        answer = await self._model.ask(prompt, self._heard)
        self.tokens_in += answer.tokens_in
        self.tokens_out += answer.tokens_out
        self.is_whole &= answer.is_whole
        self._done += 1
        self._tell(self._done, max(self._done, self._requests))
        return answer.text
