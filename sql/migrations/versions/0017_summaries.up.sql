-- What a summary is about, up to where it was made, what it cost, and the messages that its sentences lean on.
ALTER TABLE backscroll.summaries
    ADD COLUMN scope          text    NOT NULL DEFAULT 'stretch'
        CHECK (scope IN ('chat', 'thread', 'day', 'week', 'stretch', 'unread', 'search')),
    ADD COLUMN query          text    NOT NULL DEFAULT '',
    ADD COLUMN newest_sent_at timestamptz,
    ADD COLUMN newest_id      uuid,
    ADD COLUMN tokens_in      bigint,
    ADD COLUMN tokens_out     bigint,
    ADD COLUMN price          double precision,
    ADD COLUMN is_masked      boolean NOT NULL DEFAULT false;
UPDATE backscroll.summaries SET
    scope = CASE WHEN thread_id IS NOT NULL THEN 'thread'
                 WHEN period_start IS NULL AND period_end IS NULL THEN 'chat' ELSE 'stretch' END,
    status = CASE WHEN status IN ('completed', 'partial') THEN status ELSE 'failed' END;
ALTER TABLE backscroll.summaries ADD CONSTRAINT summaries_status_check CHECK (status IN ('completed', 'partial', 'failed'));
COMMENT ON COLUMN backscroll.summaries.scope          IS 'What it is about: chat, thread, day, week, stretch, unread (since somebody last read) or search.';
COMMENT ON COLUMN backscroll.summaries.query          IS 'The search that its messages are from; empty: all of its stretch.';
COMMENT ON COLUMN backscroll.summaries.newest_sent_at IS 'sent_at of the newest message that it was made from; null where nobody knows.';
COMMENT ON COLUMN backscroll.summaries.newest_id      IS 'That message.';
COMMENT ON COLUMN backscroll.summaries.tokens_in      IS 'Tokens that the language model read; null without one.';
COMMENT ON COLUMN backscroll.summaries.tokens_out     IS 'Tokens that it wrote.';
COMMENT ON COLUMN backscroll.summaries.price          IS 'What that cost by the prices of the settings, in their currency; null where there were none.';
COMMENT ON COLUMN backscroll.summaries.is_masked      IS 'Whether names, numbers, addresses and links were masked before the model saw the messages.';
COMMENT ON COLUMN backscroll.summaries.period_start   IS 'Beginning of the stretch, inclusive; null for its whole.';
COMMENT ON COLUMN backscroll.summaries.period_end     IS 'End of the stretch, exclusive; null for its whole.';
COMMENT ON COLUMN backscroll.summaries.message_count  IS 'Messages of its stretch when it was made.';
COMMENT ON COLUMN backscroll.summaries.status         IS 'completed, partial (an answer that broke off), or failed (a source says so).';

CREATE TABLE backscroll.summary_links (
    conversation_id uuid        NOT NULL,
    summary_id      uuid        NOT NULL,
    position        integer     NOT NULL,
    starts_at       integer     NOT NULL,
    ends_at         integer     NOT NULL,
    message_sent_at timestamptz NOT NULL,
    message_id      uuid        NOT NULL,
    PRIMARY KEY (conversation_id, summary_id, position),
    FOREIGN KEY (conversation_id, summary_id) REFERENCES backscroll.summaries (conversation_id, id) ON DELETE CASCADE,
    CHECK (starts_at >= 0 AND starts_at < ends_at)
);
COMMENT ON TABLE  backscroll.summary_links                 IS 'Which message a part of a summary leans on.';
COMMENT ON COLUMN backscroll.summary_links.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.summary_links.summary_id      IS 'The summary.';
COMMENT ON COLUMN backscroll.summary_links.position        IS 'Its place among the links of the summary, from 0, in the order of the text.';
COMMENT ON COLUMN backscroll.summary_links.starts_at       IS 'Where the part begins in the summary''s text, in characters from 0.';
COMMENT ON COLUMN backscroll.summary_links.ends_at         IS 'Where it ends, exclusive.';
COMMENT ON COLUMN backscroll.summary_links.message_sent_at IS 'sent_at of the message.';
COMMENT ON COLUMN backscroll.summary_links.message_id      IS 'The message; it may have been taken out since.';
