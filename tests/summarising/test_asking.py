"""A language model is asked over real HTTP: it streams, fails in every way, and is asked again where that helps."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest
import stamina

from backscroll.errors import AppError
from backscroll.settings import Settings
from backscroll.summarising.by_model.answers import Answer
from backscroll.summarising.by_model.asking import Model, Prompt
from backscroll.summarising.by_model.endpoint import Endpoint, endpoint_of
from tests.summarising.service import Behaviour, Raw, Says, Service, Silent, Status, serving

PROMPT = Prompt("Do this", "[1] Ana: words of the chat")
GOOD = Says("Ana found the keys.", usage=(31, 7))


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """What is asked again is asked again at once."""
    stamina.set_testing(True, attempts=4, cap=True)
    yield
    stamina.set_testing(False)


async def ask(service: Service, patience: float = 20, key: str | None = None) -> tuple[Answer, list[str]]:
    heard: list[str] = []
    async with Model(service.endpoint(key=key), patience=patience) as model:
        return await model.ask(PROMPT, heard.append), heard


async def test_an_answer_is_heard_as_it_comes_and_its_tokens_are_counted() -> None:
    async with serving(GOOD) as service:
        answer, heard = await ask(service, key="secret-key")
    assert answer == Answer("Ana found the keys.", 31, 7, True)
    assert heard == ["", "Ana ", "Ana found ", "Ana found the ", "Ana found the keys. "]
    (asked,) = service.asked
    assert (asked["model"], asked["stream"]) == ("test-1", True)
    assert [message["content"] for message in asked["messages"]] == [PROMPT.task, PROMPT.material]
    assert "POST /v1/chat/completions" in service.heads[0]
    assert "Bearer secret-key" in service.heads[0]


@pytest.mark.parametrize(
    "fault",
    [
        Status(429, "Retry-After: 7\r\n"),
        Status(500),
        Status(503),
        Says("Ana found", is_cut=True),
        Raw(b'data: {"choices": [{"delta": {"content": "Ana"}}]}\n\n'),
        Raw(b'data: {"error": {"message": "overloaded"}}\n\n'),
        Silent(),
    ],
)
async def test_after_a_fault_that_passes_it_is_asked_again(fault: Behaviour) -> None:
    async with serving(fault, fault, GOOD) as service:
        answer, heard = await ask(service, patience=0.3 if isinstance(fault, Silent) else 20)
    assert answer.text == "Ana found the keys."
    assert len(service.asked) == 3
    assert heard.count("") == 3
    assert heard[-1].strip() == answer.text, "what was heard before begins anew"


@pytest.mark.parametrize(
    ("fault", "code", "times"),
    [
        (Status(401), "model_refused", 1),
        (Status(404), "model_refused", 1),
        (Status(400), "model_refused", 1),
        (Status(307, "Location: http://example.org/\r\n"), "model_refused", 1),
        (Status(429), "model_busy", 4),
        (Status(500), "model_away", 4),
        (Says("half", is_cut=True), "model_away", 4),
        (Raw(b"<html>secret-key</html>", "text/html"), "bad_answer", 1),
        (Raw(b"data: {secret-key\n\n"), "bad_answer", 1),
        (Raw(b'data: {"choices": 5}\n\n'), "bad_answer", 1),
        (Raw(b"data: \xff\xfe\n\n"), "bad_answer", 1),
        (Raw(b"[]", "application/json"), "bad_answer", 1),
        (Raw(b"\0" * 1000, "application/octet-stream"), "bad_answer", 1),
        (Says(""), "bad_answer", 1),
        (Says("w" * 100_001), "bad_answer", 1),
    ],
)
async def test_a_fault_that_stays_says_what_to_do_and_nothing_secret(fault: Behaviour, code: str, times: int) -> None:
    async with serving(fault) as service:
        with pytest.raises(AppError) as raised:
            await ask(service, key="secret-key")
    assert (raised.value.code, len(service.asked)) == (code, times)
    told = f"{raised.value.title} {raised.value.hint}"
    assert raised.value.hint
    assert "secret-key" not in told
    assert "words of the chat" not in told


async def test_who_is_not_there_is_told_at_once() -> None:
    async with serving(GOOD) as service:
        pass
    with pytest.raises(AppError, match="Nobody answers at 127") as raised:
        await ask(service)
    assert raised.value.code == "model_away"


async def test_what_is_cancelled_leaves_the_service() -> None:
    async with serving(Silent()) as service:
        asking = asyncio.create_task(ask(service))
        await service.waiting.wait()
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        await asyncio.wait_for(service.left.wait(), 20)
    assert len(service.asked) == 1


async def test_other_ways_of_answering_are_understood() -> None:
    whole = Raw(b'{"choices": [{"message": {"content": "All at once."}, "finish_reason": "stop"}]}', "application/json")
    thoughtful = Says("<think> Who is Ana? </think> Ana found the keys.")
    async with serving(whole, thoughtful, Says("It ran out of", finish="length")) as service:
        at_once, _ = await ask(service)
        assert (at_once.text, at_once.tokens_in > 0, at_once.tokens_out) == ("All at once.", True, 4)
        thought, heard = await ask(service)
        assert thought.text == "Ana found the keys."
        assert not any("Who" in words for words in heard)
        assert not (await ask(service))[0].is_whole


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({}, "no_model"),
        ({"model_url": "http://x/v1"}, "no_model"),
        ({"model_url": "ftp://x/v1", "model": "m"}, "bad_setting"),
        ({"model_url": "http://x:port/v1", "model": "m"}, "bad_setting"),
        ({"model_url": "http://ana:hunter2@x/v1", "model": "m"}, "bad_setting"),
        ({"model_url": "http://x/v1", "model": "m", "model_key": "hunter2\n"}, "bad_setting"),
    ],
)
def test_settings_that_name_no_model_are_refused_without_their_secrets(settings: dict[str, str], code: str) -> None:
    with pytest.raises(AppError) as raised:
        endpoint_of(Settings(**settings))  # type: ignore[arg-type]
    assert raised.value.code == code
    assert "hunter2" not in f"{raised.value.title} {raised.value.hint}"


def test_an_endpoint_keeps_its_key_to_itself_and_knows_its_prices() -> None:
    named = Settings(model_url="https://example.org:8443/v1/", model="m", model_key="secret", model_price_in=2.0)
    found = endpoint_of(named)
    assert "secret" not in f"{named!r} {found!r}"
    assert (found.host, found.is_here, found.is_encrypted) == ("example.org:8443", False, True)
    assert found.price(1_500_000, 10) == 3.0
    assert Endpoint("http://[::1]:8080/v1", "m").is_here
    assert Endpoint("http://localhost/v1", "m").price(1, 1) is None
