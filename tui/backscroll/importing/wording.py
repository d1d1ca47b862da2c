"""Gives the messages of a batch what search knows of them: words, and stems in the language of their chat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from backscroll.archive.batch import Batch, MessageRow
from backscroll.importing.languages import Ballot
from backscroll.importing.lexicon import Lexicon


class Wording:
    """Words the batches of one source, in their order.

    `languages` are those of chats that the archive has (None: a person said that a chat has none). The others are
    told from the texts of the first batch that suffices; a chat with too few of them goes on voting in the next.
    """

    def __init__(self, languages: Mapping[UUID, str | None] | None = None) -> None:
        self._languages = dict(languages or {})
        self._ballots: dict[UUID, Ballot] = {}
        self._lexicon = Lexicon()

    def word(self, batch: Batch) -> None:
        """Fills in the messages' words and stems, and the batch's languages and new words."""
        chats: defaultdict[bytes, list[MessageRow]] = defaultdict(list)
        for message in batch.messages.values():
            chats[message.conversation_id].append(message)
        look_up = self._lexicon.look_up
        for key, messages in chats.items():
            chat = UUID(bytes=key)
            language = batch.languages[chat] = self._language(chat, messages)
            for message in messages:
                message.search_text, message.stems = look_up(message.body, language)
        batch.words = self._lexicon.take_words()

    def _language(self, chat: UUID, messages: Iterable[MessageRow]) -> str | None:
        if chat in self._languages:
            return self._languages[chat]
        ballot = self._ballots.setdefault(chat, Ballot())
        for message in messages:
            if ballot.is_over:
                break
            ballot.add(message.body)
        if ballot.language is not None:
            self._languages[chat] = ballot.language
            del self._ballots[chat]
        return self._languages.get(chat)
