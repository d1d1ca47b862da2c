"""The same messages in SQLite FTS5 and in tantivy, cut into the same words, and the same queries put to each.

Both number messages in the order of time, which is the best they can do for "newest first". Their files lie beside
the archive and are made once.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from backscroll.model.query import All, Asked, Either, Not, Term, Tree
from backscroll.model.words import normalise
from tests.benchmarks.askings import Asking

PAGE = 50
_PLAIN = re.compile("[0-9a-z]+")
_BLOCK = 20_000
Row = tuple[int, str, str, str, int, str]
"""Number in the order of time, chat, sender, id, seconds since 1970, text."""


class Rival(Protocol):
    """Another way to search the same messages: a page is the ids and texts of 50 of them."""

    name: str

    def newest(self, asked: Asking) -> list[str]:
        """The ids of the newest 50."""

    def best(self, asked: Asking) -> list[str]:
        """The ids of the 50 that rank highest of all."""


class Fts5:
    """SQLite's FTS5, with prefixes of two and three letters, beside a table of the messages."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(f"file:{folder / 'fts5.db'}?mode=ro", uri=True)
        self._connection.execute("PRAGMA mmap_size = 16000000000")

    @staticmethod
    def build(rows: Iterator[Row], folder: Path) -> None:
        """Fills the file."""
        made = folder / "fts5.part"
        made.unlink(missing_ok=True)
        connection = sqlite3.connect(made)
        connection.executescript("""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
            CREATE TABLE messages (n INTEGER PRIMARY KEY, chat TEXT, sender TEXT, id TEXT, sent INTEGER, body TEXT);
            CREATE VIRTUAL TABLE said USING fts5(words, content='', prefix='2 3', tokenize='unicode61');
        """)
        while block := list(islice(rows, _BLOCK)):
            connection.executemany("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)", block)
            said = [(row[0], _said(row[5])) for row in block]
            connection.executemany("INSERT INTO said (rowid, words) VALUES (?, ?)", said)
        connection.executescript("""
            CREATE INDEX by_chat ON messages (chat); CREATE INDEX by_sender ON messages (sender);
            CREATE INDEX by_time ON messages (sent);
            INSERT INTO said (said) VALUES ('optimize'); ANALYZE;
        """)
        connection.close()
        made.rename(folder / "fts5.db")

    def newest(self, asked: Asking) -> list[str]:
        return self._page(asked, "w.rowid DESC" if asked.tree else "m.n DESC")

    def best(self, asked: Asking) -> list[str]:
        return self._page(asked, "rank")

    def _page(self, asked: Asking, order: str) -> list[str]:
        joined, tests, values = "messages AS m", [], []
        if asked.tree:
            joined = "said AS w CROSS JOIN messages AS m ON m.n = w.rowid"
            tests.append("said MATCH ?")
            values.append(_match(asked.tree))
        for column, ids in (("chat", asked.chats), ("sender", asked.senders)):
            if ids:
                tests.append(f"m.{column} IN ({', '.join('?' * len(ids))})")
                values += map(str, ids)
        if asked.since and asked.until:
            tests.append("m.sent >= ? AND m.sent < ?")
            values += [int(asked.since.timestamp()), int(asked.until.timestamp())]
        query = f"SELECT m.id, m.body FROM {joined} WHERE {' AND '.join(tests)} ORDER BY {order} LIMIT {PAGE}"
        return [identity for identity, _ in self._connection.execute(query, values).fetchall()]


def _match(tree: Tree[Asked]) -> str:
    """Words in FTS5's language; it knows NOT beside something else alone."""
    match tree:
        case All(parts):
            wanted = " AND ".join(_match(part) for part in parts if not isinstance(part, Not))
            return f"({wanted}{''.join(f' NOT {_match(part.part)}' for part in parts if isinstance(part, Not))})"
        case Either(parts):
            return f"({' OR '.join(map(_match, parts))})"
        case Term(words, is_prefix):
            return f'"{" ".join(words)}"{" *" if is_prefix else ""}'
    raise NotImplementedError(type(tree).__name__)


class Tantivy:
    """tantivy as it merges by itself, ordered by a fast field."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._engine = tantivy
        self._schema = _schema()
        self._searcher = tantivy.Index.open(str(folder / "tantivy")).searcher()

    @staticmethod
    def build(rows: Iterator[Row], folder: Path) -> None:
        """Fills the directory."""
        import tantivy

        made = folder / "tantivy.part"
        made.mkdir(exist_ok=True)
        writer = tantivy.Index(_schema(), path=str(made), reuse=False).writer(400_000_000, 2)
        for n, chat, sender, identity, sent, body in rows:
            document = tantivy.Document()
            document.add_integer("n", n)
            document.add_integer("sent", sent)
            for name, text in (("chat", chat), ("sender", sender), ("words", _said(body))):
                document.add_text(name, text)
            document.add_bytes("id", identity.encode())
            document.add_bytes("body", body.encode())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        made.rename(folder / "tantivy")

    def newest(self, asked: Asking) -> list[str]:
        return self._page(asked, order_by_field="n")

    def best(self, asked: Asking) -> list[str]:
        return self._page(asked)

    def _page(self, asked: Asking, **order: str) -> list[str]:
        occur, query = self._engine.Occur, self._engine.Query
        wanted = [self._query(asked.tree)] if asked.tree else []
        for name, ids in (("chat", asked.chats), ("sender", asked.senders)):
            if ids:
                wanted.append(query.term_set_query(self._schema, name, list(map(str, ids))))
        if asked.since and asked.until:
            bounds = int(asked.since.timestamp()), int(asked.until.timestamp())
            wanted.append(
                query.range_query(self._schema, "sent", self._engine.FieldType.Integer, *bounds, include_upper=False)
            )
        joined = query.boolean_query([(occur.Must, part) for part in wanted]) if len(wanted) > 1 else wanted[0]
        found = self._searcher.search(joined, limit=PAGE, count=False, **order).hits
        pages = [self._searcher.doc(address) for _, address in found]
        return [bytes(page["id"][0]).decode() for page in pages if page["body"]]

    def _query(self, tree: Tree[Asked]) -> Any:
        occur, query = self._engine.Occur, self._engine.Query
        match tree:
            case All(parts):
                return query.boolean_query([self._part(part) for part in parts])
            case Either(parts):
                return query.boolean_query([(occur.Should, self._query(part)) for part in parts])
            case Term((word,), True):
                return query.regex_query(self._schema, "words", f"{word}.*")
            case Term((word,), False):
                return query.term_query(self._schema, "words", word)
            case Term(words, False):
                return query.phrase_query(self._schema, "words", list(words))
        raise NotImplementedError(tree)

    def _part(self, tree: Tree[Asked]) -> tuple[Any, Any]:
        if isinstance(tree, Not):
            return self._engine.Occur.MustNot, self._query(tree.part)
        return self._engine.Occur.Must, self._query(tree)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("n", fast=True)
    builder.add_integer_field("sent", indexed=True, fast=True)
    for name in ("chat", "sender"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("id", stored=True)
    builder.add_bytes_field("body", stored=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def rivals(dsn: str, folder: Path) -> Sequence[Rival]:
    """Both, ready to be asked; what is not there is built first, which takes minutes at ten million."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        raise SystemExit("tantivy is not installed: pip install 'backscroll[benchmarks]'") from None
    folder.mkdir(exist_ok=True)
    for rival, file in ((Fts5, "fts5.db"), (Tantivy, "tantivy")):
        if not (folder / file).exists():
            print(f"Building {rival.name}", flush=True)
            rival.build(_rows(dsn), folder)
    return Fts5(folder), Tantivy(folder)


def _rows(dsn: str) -> Iterator[Row]:
    """All messages in the order of time, then id."""
    asked = sql.SQL("""
        COPY (SELECT conversation_id, sender_id, id, extract(epoch FROM date_trunc('second', sent_at))::bigint, body
              FROM backscroll.{} ORDER BY sent_at, id) TO STDOUT""")
    number = 0
    with psycopg.connect(dsn) as connection:
        parts = connection.execute("""
            SELECT c.relname FROM pg_catalog.pg_inherits AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'backscroll.messages'::regclass
            ORDER BY c.relname = 'messages_after', c.relname <> 'messages_before', c.relname""").fetchall()
        for (part,) in parts:
            with connection.cursor().copy(asked.format(sql.Identifier(part))) as copy:
                for chat, sender, identity, sent, body in copy.rows():
                    number += 1
                    yield number, chat, sender, identity, int(sent), body


def _said(body: str) -> str:
    """The words of a text, as the archive cuts them."""
    return " ".join(_PLAIN.findall(body.lower())) if body.isascii() else normalise(body)
