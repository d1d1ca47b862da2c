-- Saved searches keep what they were narrowed to.

ALTER TABLE backscroll.saved_searches
    ADD COLUMN narrowed_to jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(narrowed_to) = 'array');
COMMENT ON COLUMN backscroll.saved_searches.narrowed_to IS 'What was chosen of its facets, in order: objects with facet (year, time, chat, sender or kind), value (its name), and id of the chat, or since and until of the time.';
