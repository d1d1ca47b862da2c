"""A summary by a language model: all of a stretch is read, part by part, and nothing is sent that ought not to be."""

import re
from pathlib import Path
from typing import Any

import pytest

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.model.message import Kind
from backscroll.model.summary import Cost, Method, Scope, Status, Stretch
from backscroll.settings import Settings
from backscroll.summarising.by_model.consent import Consent, told
from backscroll.summarising.by_model.endpoint import Endpoint
from backscroll.summarising.by_model.modelling import Modelling, Plan
from backscroll.summarising.by_model.tokens import tokens_of
from backscroll.summarising.leads import leads
from tests.making import START, chat, chat_id, store
from tests.summarising.service import Says, serving
from tests.summarising.service import Status as Refused

NUMBERED = re.compile(r"^\[(\d+)\]", re.MULTILINE)


def reader(question: dict[str, Any]) -> Says:
    """A model that says of each part which messages it read first and last, and of summaries how they begin."""
    material = question["messages"][1]["content"]
    numbers = NUMBERED.findall(material)
    if numbers:
        return Says(f"It went from one thing [{numbers[0]}] to another. [{numbers[-1]}] That is all.", usage=(1000, 10))
    parts = material.split("\n\n")
    return Says(f"{parts[0].split(' That')[0]} {parts[-1].split(' That')[0]}", usage=(500, 20))


async def long_chat(archive: Archive, count: int = 120) -> list[str]:
    texts = [f"message {n} about keys, cats and what there is for dinner tonight" for n in range(count)]
    await store(archive, chat("c", texts))
    return texts


async def test_a_long_chat_is_read_in_parts_each_message_once(archive: Archive) -> None:
    texts = await long_chat(archive)
    heard: list[str] = []
    told_of: list[tuple[int, int]] = []
    async with serving(reader) as service:
        endpoint = service.endpoint(limit=1_500, price_in=2.0, price_out=10.0)
        modelling = Modelling(archive, endpoint, None, is_masked=False)
        plan = await modelling.plan(Stretch(chat_id("c")))
        assert service.asked == [], "to plan sends nothing"
        summary = await modelling.make(Stretch(chat_id("c")), lambda *done: told_of.append(done), heard.append)
    material = [asked["messages"][1]["content"] for asked in service.asked]
    sent = [line for part in material for line in part.splitlines() if NUMBERED.match(line)]
    assert [line.partition(": ")[2] for line in sent] == texts
    assert sent[1] == f"[2] 2024-03-12 09:01 Bo: {texts[1]}"
    assert all(tokens_of(part) < 1_500 - 150 for part in material)
    assert (plan.messages, plan.requests) == (120, len(material))
    assert told_of[-1] == (plan.requests, plan.requests)
    asked_for_parts = sum(bool(NUMBERED.search(part)) for part in material)
    assert asked_for_parts > 2
    assert summary is not None
    first, last = [(await archive.messages.after(chat_id("c"), limit=200))[n].cursor for n in (0, -1)]
    assert (summary.links[0].cursor, summary.links[-1].cursor) == (first, last)
    assert "[" not in summary.text
    assert leads(summary)[0].text == "It went from one thing to another."
    tokens_in = asked_for_parts * 1000 + (len(material) - asked_for_parts) * 500
    assert summary.cost is not None
    assert (summary.cost.tokens_in, summary.cost.price) == (
        tokens_in,
        endpoint.price(tokens_in, summary.cost.tokens_out),
    )
    assert (summary.method, summary.model, summary.message_count) == (Method.MODEL, "test-1", 120)
    assert heard[0] == ""
    assert any(words.startswith("It went from one thing to") for words in heard)


async def test_a_mask_hides_people_on_the_way_and_not_in_the_summary(archive: Archive) -> None:
    records: list[Record] = [Chat("c", "Secret Club"), Person("c", "a", "Ana Silva"), Person("c", "b", "Bo Berg")]
    said = [("a", "Bo, call me: 0170 1234567"), ("b", "silva, write to bo@example.org"), ("b", "")]
    records += [Entry("c", START, who, text, external_id=str(n)) for n, (who, text) in enumerate(said)]
    records += [Entry("c", START, None, "Ana Silva joined", kind=Kind.SYSTEM, external_id="s")]
    await store(archive, records)
    async with serving(Says("P1 gave PHONE1 [1]. P2 gave MAIL1 [2] P9.", finish="length")) as service:
        modelling = Modelling(archive, service.endpoint(), None, is_masked=True)
        heard: list[str] = []
        summary = await modelling.make(Stretch(chat_id("c")), lambda *_: None, heard.append)
    (asked,) = service.asked
    sent = asked["messages"][1]["content"].casefold()
    for hidden in ("ana", "silva", "bo", "berg", "1234567", "example.org", "secret", "joined"):
        assert hidden not in sent
    assert summary is not None
    bo, ana = sorted(summary.participants, reverse=True)
    assert {bo, ana} == {"Ana Silva", "Bo Berg"}
    assert summary.text in {
        f"{one} gave 0170 1234567. {other} gave bo@example.org P9." for one, other in [(bo, ana), (ana, bo)]
    }
    assert heard[-1].strip() == summary.text
    assert (summary.is_masked, summary.status) == (True, Status.PARTIAL)
    assert summary.cost == Cost(
        summary.cost.tokens_in if summary.cost else 0, summary.cost.tokens_out if summary.cost else 0
    )


async def test_what_fails_leaves_no_summary_and_nothing_is_asked_for_nothing(archive: Archive) -> None:
    await store(archive, [*chat("c", ["one", "two"]), Chat("empty", "Empty")])
    async with serving(Refused(401)) as service:
        modelling = Modelling(archive, service.endpoint(), None, is_masked=False)
        with pytest.raises(AppError, match="does not accept the key"):
            await modelling.make(Stretch(chat_id("c")), lambda *_: None, lambda _: None)
        assert await modelling.make(Stretch(chat_id("empty")), lambda *_: None, lambda _: None) is None
        nothing = Stretch(chat_id("c"), Scope.STRETCH, until=START)
        assert await modelling.plan(nothing) == Plan()
        assert len(service.asked) == 1


def test_what_will_be_sent_is_told_and_agreed_to_once(tmp_path: Path) -> None:
    far, here = Endpoint("https://example.org/v1", "m", price_in=2.0), Endpoint("http://localhost:80/v1", "m")
    lines = " ".join(told(Plan(1234, 3, 45_000, 2_100), far, is_masked=False))
    assert "1,234 messages go to example.org (encrypted)" in lines
    assert "in clear" in lines
    assert "45,000 tokens in 3 requests" in lines
    assert "0.0900 by your prices" in lines
    lines = " ".join(told(Plan(1, 1, 100, 100), here, is_masked=True))
    assert "(on this machine)" in lines
    assert "are masked" in lines
    assert "prices" not in lines
    assert "NOT encrypted" in told(Plan(), Endpoint("http://example.org/v1", "m"), is_masked=True)[0]
    settings = Settings(home=tmp_path / "home")
    Consent(settings).give(far, is_masked=True)
    assert Consent(settings).is_given(far, is_masked=True)
    assert not Consent(settings).is_given(far, is_masked=False)
    assert not Consent(settings).is_given(here, is_masked=True)
    Consent(settings).give(far, is_masked=False)
    Consent(settings).give(far, is_masked=True)
    assert Consent(settings).is_given(far, is_masked=False)
    (tmp_path / "home" / "model-consent.json").write_text("[")
    assert not Consent(settings).is_given(far, is_masked=True)
