"""A chat of generated messages as Telegram Desktop exports it: one JSON document, however large."""

import json
from pathlib import Path
from uuid import UUID

from backscroll.model.instants import moment_at
from tests.benchmarks.corpus import Corpus


def exported(folder: Path, size: int) -> Path:
    """The export of a chat of that many messages in eight years, in the order of time; written if it is not there."""
    path = folder / f"telegram {size}" / "result.json"
    if path.exists():
        return path
    corpus = Corpus(size, chats=1)
    names = dict(corpus.chats[0].people)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write('{"name": "Generated", "type": "private_supergroup", "id": 1, "messages": [')
        number = 0
        for quarter in corpus.quarters:
            for message in corpus.messages(quarter):
                assert message.sender_id is not None
                moment = moment_at(message.sent_at)
                said = {
                    "id": number,
                    "type": "message",
                    "date": f"{moment:%Y-%m-%dT%H:%M:%S}",
                    "date_unixtime": str(int(moment.timestamp())),
                    "from": names[UUID(bytes=message.sender_id)],
                    "from_id": f"user{int.from_bytes(message.sender_id[:6])}",
                    "text": message.body,
                    "text_entities": [{"type": "plain", "text": message.body}],
                }
                file.write(("," if number else "") + json.dumps(said, ensure_ascii=False, indent=1))
                number += 1
        file.write("]}\n")
    return unfinished.rename(path)
