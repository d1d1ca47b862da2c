"""A language model on this machine that answers, or fails, as it is told: real HTTP over a real socket."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from backscroll.summarising.by_model.endpoint import Endpoint


@dataclass(frozen=True)
class Says:
    """Streams a text, by words, and ends as it says; cut: the connection goes in the middle."""

    text: str
    finish: str = "stop"
    usage: tuple[int, int] | None = None
    is_cut: bool = False


@dataclass(frozen=True)
class Status:
    """Refuses."""

    code: int
    headers: str = ""


@dataclass(frozen=True)
class Raw:
    """Answers with this."""

    body: bytes
    kind: str = "text/event-stream"


@dataclass(frozen=True)
class Silent:
    """Begins to answer, and then says nothing more."""

    text: str = ""


Behaviour: TypeAlias = Says | Status | Raw | Silent
Turn: TypeAlias = Behaviour | Callable[[dict[str, Any]], Behaviour]
"""What is answered, or what makes it of the question."""


@dataclass
class Service:
    """What was asked, in its order; `turns` are taken one after another, the last one again and again."""

    turns: list[Turn]
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    def endpoint(self, **more: Any) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.port}/v1", "test-1", **more)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")
        )
        question = json.loads(await reader.readexactly(length))
        self.heads.append(head)
        self.asked.append(question)
        turn = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
        await self._answer(reader, writer, turn(question) if callable(turn) else turn)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turn: Behaviour) -> None:
        if isinstance(turn, Status):
            _begin(writer, f"{turn.code} Status", "text/plain", turn.headers)
            _chunk(writer, b"secret-key and words of the chat")
        elif isinstance(turn, Silent):
            await self._say(writer, Says(turn.text, is_cut=True))
            await writer.drain()
            self.waiting.set()
            await reader.read()  # until the other side leaves
            self.left.set()
            return
        elif isinstance(turn, Raw):
            _begin(writer, "200 OK", turn.kind)
            _chunk(writer, turn.body)
        else:
            await self._say(writer, turn)
            if turn.is_cut:
                return
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def _say(self, writer: asyncio.StreamWriter, says: Says) -> None:
        _begin(writer, "200 OK", "text/event-stream; charset=utf-8")
        for word in says.text.split(" ") if says.text else []:
            _event(writer, {"choices": [{"delta": {"content": f"{word} "}, "finish_reason": None}]})
            await writer.drain()
        if not says.is_cut:
            _event(writer, {"choices": [{"delta": {}, "finish_reason": says.finish}]})
            usage = says.usage and {"prompt_tokens": says.usage[0], "completion_tokens": says.usage[1]}
            _event(writer, {"choices": [], "usage": usage})
            _chunk(writer, b"data: [DONE]\n\n")


def _begin(writer: asyncio.StreamWriter, status: str, kind: str, more: str = "") -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n{more}\r\n"
    writer.write(head.encode())


def _event(writer: asyncio.StreamWriter, row: dict[str, Any]) -> None:
    _chunk(writer, b": a remark\n\ndata: " + json.dumps(row).encode() + b"\n\n")


def _chunk(writer: asyncio.StreamWriter, body: bytes) -> None:
    if body:
        writer.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")


@asynccontextmanager
async def serving(*turns: Turn) -> AsyncIterator[Service]:
    """A service that answers so, until the block ends."""
    service = Service(list(turns))
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
