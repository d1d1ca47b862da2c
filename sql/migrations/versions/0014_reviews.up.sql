-- Review sessions: a sample of messages as a queue, what each reviewer decided, and how disagreements were settled.

CREATE TABLE backscroll.reviews (
    id          uuid        PRIMARY KEY,
    user_id     uuid        NOT NULL REFERENCES backscroll.users (id),
    title       text        NOT NULL CHECK (title <> ''),
    query       text        NOT NULL DEFAULT '',
    sample      jsonb       NOT NULL DEFAULT '{}',
    codes       uuid[]      NOT NULL DEFAULT '{}',
    is_blind    boolean     NOT NULL DEFAULT true,
    size        integer     NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL DEFAULT now(),
    closed_at   timestamptz
);
CREATE INDEX reviews_newest ON backscroll.reviews (created_at DESC, id DESC);
COMMENT ON TABLE  backscroll.reviews            IS 'Review sessions: messages that several reviewers code one after another.';
COMMENT ON COLUMN backscroll.reviews.id         IS 'UUIDv7.';
COMMENT ON COLUMN backscroll.reviews.user_id    IS 'Who began it.';
COMMENT ON COLUMN backscroll.reviews.title      IS 'What it is called.';
COMMENT ON COLUMN backscroll.reviews.query      IS 'The search that its messages are from; empty: all messages.';
COMMENT ON COLUMN backscroll.reviews.sample     IS 'How they were chosen: kind (all, random, stratified), size, seed, and by what strata.';
COMMENT ON COLUMN backscroll.reviews.codes      IS 'The codes that are used; empty: the whole codebook.';
COMMENT ON COLUMN backscroll.reviews.is_blind   IS 'Whether a reviewer sees the others'' codes only in the second pass.';
COMMENT ON COLUMN backscroll.reviews.size       IS 'Its messages.';
COMMENT ON COLUMN backscroll.reviews.created_at IS 'When it was begun.';
COMMENT ON COLUMN backscroll.reviews.closed_at  IS 'When it was ended; null while it goes on.';

CREATE TABLE backscroll.review_items (
    review_id       uuid        NOT NULL REFERENCES backscroll.reviews (id) ON DELETE CASCADE,
    position        integer     NOT NULL,
    conversation_id uuid        NOT NULL,
    message_sent_at timestamptz NOT NULL,
    message_id      uuid        NOT NULL,
    quoted_sender   text,
    quoted_text     text        NOT NULL,
    stratum         text        NOT NULL DEFAULT '',
    PRIMARY KEY (review_id, position)
);
CREATE UNIQUE INDEX review_items_message ON backscroll.review_items (conversation_id, message_id, review_id);
COMMENT ON TABLE  backscroll.review_items                 IS 'The queue of a review, fixed when it was begun.';
COMMENT ON COLUMN backscroll.review_items.review_id       IS 'The review.';
COMMENT ON COLUMN backscroll.review_items.position        IS 'Its place in the queue, from 0.';
COMMENT ON COLUMN backscroll.review_items.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.review_items.message_sent_at IS 'sent_at of the message.';
COMMENT ON COLUMN backscroll.review_items.message_id      IS 'The message.';
COMMENT ON COLUMN backscroll.review_items.quoted_sender   IS 'Who wrote the message, kept in case that it goes.';
COMMENT ON COLUMN backscroll.review_items.quoted_text     IS 'The message''s text as it was, at most 400 characters.';
COMMENT ON COLUMN backscroll.review_items.stratum         IS 'The part of a stratified sample that it stands for; empty otherwise.';

CREATE TABLE backscroll.review_decisions (
    review_id  uuid        NOT NULL,
    position   integer     NOT NULL,
    author     text        NOT NULL,
    pass       smallint    NOT NULL CHECK (pass IN (1, 2, 3)),
    user_id    uuid        NOT NULL REFERENCES backscroll.users (id),
    codes      uuid[]      NOT NULL DEFAULT '{}',
    state      text        NOT NULL CHECK (state IN ('coded', 'skipped')),
    is_flagged boolean     NOT NULL DEFAULT false,
    remark     text        NOT NULL DEFAULT '',
    seconds    real        NOT NULL DEFAULT 0,
    version    integer     NOT NULL DEFAULT 1,
    decided_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (review_id, position, author, pass),
    FOREIGN KEY (review_id, position) REFERENCES backscroll.review_items (review_id, position) ON DELETE CASCADE
);
CREATE INDEX review_decisions_author ON backscroll.review_decisions (review_id, author, pass, position);
COMMENT ON TABLE  backscroll.review_decisions            IS 'What a reviewer decided on a message of a review.';
COMMENT ON COLUMN backscroll.review_decisions.review_id  IS 'The review.';
COMMENT ON COLUMN backscroll.review_decisions.position   IS 'Which message of its queue.';
COMMENT ON COLUMN backscroll.review_decisions.author     IS 'The reviewer''s name.';
COMMENT ON COLUMN backscroll.review_decisions.pass       IS '1: alone; 2: again, with the others'' codes in sight; 3: the adjudicated result.';
COMMENT ON COLUMN backscroll.review_decisions.user_id    IS 'Who connected.';
COMMENT ON COLUMN backscroll.review_decisions.codes      IS 'The codes given; none: none of them applies.';
COMMENT ON COLUMN backscroll.review_decisions.state      IS 'Whether it was coded, or left open by the reviewer.';
COMMENT ON COLUMN backscroll.review_decisions.is_flagged IS 'Marked to be talked about.';
COMMENT ON COLUMN backscroll.review_decisions.remark     IS 'A remark of the reviewer.';
COMMENT ON COLUMN backscroll.review_decisions.seconds    IS 'How long the message was looked at.';
COMMENT ON COLUMN backscroll.review_decisions.version    IS 'Grows with every change.';
COMMENT ON COLUMN backscroll.review_decisions.decided_at IS 'When it was last decided.';
