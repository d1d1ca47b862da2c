-- Searches that a person keeps by a name, and the queries that she asked lately.

-- What a search was narrowed to may go; what somebody wrote stays, so nothing refers to conversations.
CREATE TABLE backscroll.saved_searches (
    id              uuid        PRIMARY KEY,
    user_id         uuid        NOT NULL REFERENCES backscroll.users (id),
    name            text        NOT NULL CHECK (name <> '' AND length(name) <= 200),
    query           text        NOT NULL CHECK (length(query) <= 2000),
    hit_order       text        NOT NULL DEFAULT 'newest' CHECK (hit_order IN ('newest', 'oldest', 'rank')),
    conversation_id uuid,
    thread_id       uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    used_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, name),
    CHECK (thread_id IS NULL OR conversation_id IS NOT NULL)
);
COMMENT ON TABLE  backscroll.saved_searches                 IS 'Searches that a person keeps by a name.';
COMMENT ON COLUMN backscroll.saved_searches.id              IS 'UUIDv7, made by the client.';
COMMENT ON COLUMN backscroll.saved_searches.user_id         IS 'Whose it is.';
COMMENT ON COLUMN backscroll.saved_searches.name            IS 'What this person calls it.';
COMMENT ON COLUMN backscroll.saved_searches.query           IS 'The query as it was typed; names and dates in it are read anew each time.';
COMMENT ON COLUMN backscroll.saved_searches.hit_order       IS 'Which hits come first: newest, oldest or rank (the best).';
COMMENT ON COLUMN backscroll.saved_searches.conversation_id IS 'The one conversation that is searched; null for all.';
COMMENT ON COLUMN backscroll.saved_searches.thread_id       IS 'The one thread of the conversation that is searched; null for all of it.';
COMMENT ON COLUMN backscroll.saved_searches.created_at      IS 'When it was saved.';
COMMENT ON COLUMN backscroll.saved_searches.used_at         IS 'When it was last asked.';

CREATE TABLE backscroll.search_history (
    user_id  uuid        NOT NULL REFERENCES backscroll.users (id),
    query    text        NOT NULL CHECK (length(query) <= 2000),
    asked_at timestamptz NOT NULL DEFAULT now()
);
-- The digest, because a query may be longer than what an index can hold.
CREATE UNIQUE INDEX search_history_once   ON backscroll.search_history (user_id, md5(query));
CREATE INDEX        search_history_newest ON backscroll.search_history (user_id, asked_at DESC);
COMMENT ON TABLE  backscroll.search_history          IS 'The newest 200 queries of each person, each once.';
COMMENT ON COLUMN backscroll.search_history.user_id  IS 'Who asked.';
COMMENT ON COLUMN backscroll.search_history.query    IS 'The query as it was typed.';
COMMENT ON COLUMN backscroll.search_history.asked_at IS 'When it was last asked.';
