-- What search needs to know of languages: each chat's, the stems of its words, and the words of the archive.
--
-- Nothing is rewritten here: messages that are there keep the words that they have, without stems, until the language
-- of their chat is told (`backscroll db languages`).

-- From now on the importer fills the column, because stems are made in Python, the same for rows and queries. A plain
-- column can be given them without a rewrite of every message, and what it was made of need not be kept beside it.
ALTER TABLE backscroll.messages ALTER COLUMN search DROP EXPRESSION;
ALTER TABLE backscroll.messages ALTER COLUMN search SET NOT NULL;
COMMENT ON COLUMN backscroll.messages.search IS 'The words of the message and the stems that its chat''s language has for them, for full-text search: search_vector().';

-- The server's parser takes a URL, an address or a path for one word, and drops what looks like a tag; with these
-- characters made blank, every part of them is a word; translate() would take as long as the parser itself. The cap
-- keeps the vector under its limit of 1 MB. Stems have no places: a phrase is made of exact words.
CREATE FUNCTION backscroll.search_vector(body text, search_text text, stems text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN stems IS NULL
    THEN to_tsvector('pg_catalog.simple', regexp_replace(left(coalesce(search_text, body), 200000), '[./_@:<>&+''-]', ' ', 'g'))
    ELSE to_tsvector('pg_catalog.simple', regexp_replace(left(coalesce(search_text, body), 200000), '[./_@:<>&+''-]', ' ', 'g'))
         || array_to_tsvector(string_to_array(stems, ' '))
END;
COMMENT ON FUNCTION backscroll.search_vector(text, text, text) IS 'What search knows of a message: its words, and its stems (marked with their language, apart by single blanks; null: none).';

ALTER TABLE backscroll.conversations
    ADD COLUMN language        text    CHECK (language ~ '^[a-z]{2,3}$'),
    ADD COLUMN is_language_set boolean NOT NULL DEFAULT false,
    ADD COLUMN stemmed         text;
COMMENT ON COLUMN backscroll.conversations.language        IS 'ISO 639-1 code of the language that is spoken in it; null where it is not known, or where a person said that it has none.';
COMMENT ON COLUMN backscroll.conversations.is_language_set IS 'Whether a person chose the language; else it was detected.';
COMMENT ON COLUMN backscroll.conversations.stemmed         IS 'The language whose stems all of its messages have; null where none or not all have any.';

CREATE TABLE backscroll.words (
    word text COLLATE "C" PRIMARY KEY
);
COMMENT ON TABLE  backscroll.words      IS 'Words that messages are made of, to tell near spellings and parts of words from; a word stays when its messages go.';
COMMENT ON COLUMN backscroll.words.word IS 'A word as search knows it, of 3 to 30 characters with a letter among them.';
