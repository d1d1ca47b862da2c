"""Reads what an OpenAI-compatible service answers, streamed or at once."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from backscroll.errors import AppError
from backscroll.summarising.by_model.tokens import tokens_of

if TYPE_CHECKING:
    from httpx import Response

Heard: TypeAlias = Callable[[str], None]
"""Is given all of an answer that has come so far; where it is asked for again, that begins anew with nothing."""

_THOUGHT: Final = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
"""What some models write to themselves before they answer."""
_MOST: Final = 100_000
"""Characters of an answer; who writes more does not answer what was asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote, and the tokens of question and answer; `is_whole` is False where it ran into its limit."""

    text: str
    tokens_in: int
    tokens_out: int
    is_whole: bool


class UnansweredError(Exception):
    """A service did not answer as it should: its HTTP status, 0 where its answer broke off.

    `wait` is how long it asks to be left alone, in seconds.
    """

    def __init__(self, status: int = 0, wait: float | None = None) -> None:
        super().__init__()
        self.status = status
        self.wait = wait


class _Words(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Words | None = None
    message: _Words | None = None
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Piece(msgspec.Struct):
    """A line of a streamed answer, or an answer that comes at once."""

    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: object = None


async def read(response: "Response", tokens_in: int, heard: Heard) -> Answer:
    """The answer in a response, `heard` as it comes; `tokens_in` is what the question takes where the service does not
    say. Raises UnansweredError where it broke off, and AppError where it is none."""
    text, ended, usage = "", None, None
    async for piece in _pieces(response):
        if piece.error is not None:
            raise UnansweredError(500)
        usage = piece.usage or usage
        for choice in piece.choices[:1]:
            words = choice.delta or choice.message
            ended = ended or choice.finish_reason
            if words is not None and words.content:
                text += words.content
                heard(_THOUGHT.sub("", text))
        if len(text) > _MOST:
            raise _nonsense()
    if ended is None:
        raise UnansweredError
    said = _THOUGHT.sub("", text).strip()
    if not said:
        raise _nonsense()
    told = usage or _Usage()
    return Answer(said, told.prompt_tokens or tokens_in, told.completion_tokens or tokens_of(text), ended != "length")


async def _pieces(response: "Response") -> AsyncIterator[_Piece]:
    kind = response.headers.get("content-type", "")
    if kind.startswith("application/json"):  # it does not stream
        yield _piece(await response.aread())
        return
    if not kind.startswith("text/event-stream"):
        raise _nonsense()
    async for line in response.aiter_lines():
        if line.startswith("data:"):
            data = line[5:].strip()
            if data == "[DONE]":
                yield _Piece([_Choice(finish_reason="stop")])
                return
            yield _piece(data)


def _piece(data: str | bytes) -> _Piece:
    try:
        return msgspec.json.decode(data, type=_Piece)
    except (msgspec.DecodeError, UnicodeError):
        raise _nonsense() from None


def _nonsense() -> AppError:
    return AppError(
        "The service does not answer as a language model does",
        "Look at model_url: it is the address that ends before /chat/completions.",
        code="bad_answer",
    )
