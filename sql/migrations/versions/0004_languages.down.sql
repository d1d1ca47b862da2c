-- Takes away what search knows of languages; every message's words are made anew, which rewrites all of them.
DROP TABLE backscroll.words;
ALTER TABLE backscroll.conversations DROP COLUMN stemmed, DROP COLUMN is_language_set, DROP COLUMN language;
DROP FUNCTION backscroll.search_vector(text, text, text);
ALTER TABLE backscroll.messages DROP COLUMN search;
ALTER TABLE backscroll.messages ADD COLUMN search tsvector GENERATED ALWAYS AS (
    to_tsvector('pg_catalog.simple',
        regexp_replace(left(coalesce(search_text, body), 200000), '[./_@:<>&+''-]', ' ', 'g'))
) STORED;
CREATE INDEX messages_search ON backscroll.messages USING gin (search);
COMMENT ON COLUMN backscroll.messages.search IS 'The words of the message, for full-text search.';
