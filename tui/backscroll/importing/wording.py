"""Gives the messages of a batch what search knows of them: words, and stems in the language of their chat."""

from collections.abc import Mapping
from uuid import UUID

from backscroll.archive.batch import Batch
from backscroll.importing.languages import Ballot
from backscroll.importing.lexicon import Lexicon
from backscroll.model.stems import has_stems


class Wording:
    """Words the batches of one source, in their order.

    `languages` are those of chats that the archive has (None: a person said that a chat has none). The others are
    told from the texts of the first batch that suffices; a chat with too few of them goes on voting in the next.
    """

    def __init__(self, languages: Mapping[UUID, str | None] | None = None) -> None:
        self._languages = {chat.bytes: language for chat, language in (languages or {}).items()}
        self._ballots: dict[bytes, Ballot] = {}
        self._lexicon = Lexicon()

    def hear(self, batch: Batch) -> None:
        """Lets the texts vote in chats without a language; comes before `word`.

        What the archive has votes too, so that an import which is begun again comes to the same as the first time.
        """
        for message in batch.messages.values():
            chat = message.conversation_id
            if chat in self._languages:
                continue
            ballot = self._ballots.get(chat)
            if ballot is None:
                ballot = self._ballots[chat] = Ballot()
            if not ballot.is_over:
                ballot.add(message.body)

    def word(self, batch: Batch) -> None:
        """Fills in the messages' words and stems, and the batch's languages and new words."""
        stemmed: dict[bytes, str | None] = {}  # chats, with the language whose stems their messages get
        plain: list[str] = []  # texts that search knows as they are
        look_up = self._lexicon.look_up
        for message in batch.messages.values():
            chat, body = message.conversation_id, message.body
            if chat not in stemmed:
                language = batch.languages[UUID(bytes=chat)] = self._language(chat)
                stemmed[chat] = language if language is not None and has_stems(language) else None
            language = stemmed[chat]
            if language is None and body.isascii():
                plain.append(body)
            else:
                message.search_text, message.stems = look_up(body, language)
        self._lexicon.note(plain)
        batch.words = self._lexicon.take_words()

    def _language(self, chat: bytes) -> str | None:
        ballot = self._ballots.get(chat)
        if ballot is not None and ballot.language is not None:
            self._languages[chat] = ballot.language
            del self._ballots[chat]
        return self._languages.get(chat)
