-- Statistics of chats: counted once a month of a chat, kept, and counted anew only where its messages have changed since.

-- Nothing is rewritten: what is there changed, as far as statistics know, now.
ALTER TABLE backscroll.conversation_days ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE backscroll.conversation_days ALTER COLUMN changed_at SET DEFAULT clock_timestamp();
COMMENT ON COLUMN backscroll.conversation_days.changed_at IS 'When a message of that day was last added, changed or taken away; what is kept of its month is older or as it is now.';

CREATE TABLE backscroll.statistics_jobs (
    id           uuid        PRIMARY KEY,
    kind         text        NOT NULL CHECK (kind IN ('conversation', 'archive')),
    state        text        NOT NULL CHECK (state IN ('scheduled', 'running', 'done', 'failed', 'cancelled')),
    parameters   jsonb       NOT NULL,
    done         bigint      NOT NULL DEFAULT 0,
    total        bigint      NOT NULL DEFAULT 0,
    attempts     integer     NOT NULL DEFAULT 0,
    error        text,
    scheduled_at timestamptz NOT NULL DEFAULT now(),
    started_at   timestamptz,
    completed_at timestamptz
);
CREATE INDEX statistics_jobs_newest ON backscroll.statistics_jobs (scheduled_at DESC, id);
-- A job of one kind about one thing is open once: whoever comes next goes on with it.
CREATE UNIQUE INDEX statistics_jobs_open ON backscroll.statistics_jobs (kind, parameters) WHERE completed_at IS NULL;
COMMENT ON TABLE  backscroll.statistics_jobs              IS 'Each time that statistics were counted, of one chat or of all.';
COMMENT ON COLUMN backscroll.statistics_jobs.id           IS 'UUIDv7.';
COMMENT ON COLUMN backscroll.statistics_jobs.kind         IS 'Whether it counts one conversation or the archive.';
COMMENT ON COLUMN backscroll.statistics_jobs.state        IS 'scheduled, running, done, failed or cancelled; one whose program was killed stays running until the next one goes on with it.';
COMMENT ON COLUMN backscroll.statistics_jobs.parameters   IS '{"time_zone": name} and, for one conversation, "conversation": id.';
COMMENT ON COLUMN backscroll.statistics_jobs.done         IS 'Messages counted so far, in the present attempt.';
COMMENT ON COLUMN backscroll.statistics_jobs.total        IS 'Messages to count, in the present attempt.';
COMMENT ON COLUMN backscroll.statistics_jobs.attempts     IS 'How many programs have worked on it.';
COMMENT ON COLUMN backscroll.statistics_jobs.error        IS 'Title of the error that ended it.';
COMMENT ON COLUMN backscroll.statistics_jobs.scheduled_at IS 'When it was asked for.';
COMMENT ON COLUMN backscroll.statistics_jobs.started_at   IS 'When the present attempt began.';
COMMENT ON COLUMN backscroll.statistics_jobs.completed_at IS 'When it ended, well or not; null while it is open.';

-- The months are those of a time zone, so that days, hours and months are what people call so. A row for each person who
-- wrote in a month, and one for everybody, who has the id of nobody.
CREATE TABLE backscroll.month_statistics (
    conversation_id uuid        NOT NULL REFERENCES backscroll.conversations (id) ON DELETE CASCADE,
    time_zone       text        NOT NULL,
    participant_id  uuid        NOT NULL,
    month           date        NOT NULL,
    job_id          uuid        NOT NULL,
    messages        bigint      NOT NULL,
    letters         bigint      NOT NULL,
    days            smallint[]  NOT NULL,
    day_messages    integer[]   NOT NULL,
    hours           smallint[]  NOT NULL,
    hour_messages   integer[]   NOT NULL,
    kinds           jsonb       NOT NULL,
    hosts           jsonb       NOT NULL,
    emoji           jsonb       NOT NULL,
    reactions       jsonb       NOT NULL,
    replies         smallint[]  NOT NULL,
    reply_messages  integer[]   NOT NULL,
    answers         jsonb       NOT NULL,
    words           text[]      NOT NULL,
    word_messages   integer[]   NOT NULL,
    sampled         bigint      NOT NULL,
    keywords        jsonb       NOT NULL DEFAULT '[]',
    known_messages  bigint,
    known_at        timestamptz,
    counted_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (conversation_id, time_zone, participant_id, month)
) PARTITION BY RANGE (month);
COMMENT ON TABLE  backscroll.month_statistics                 IS 'What was counted of one chat and person in one month. Partitioned by the month; partitions are made by what counts (month_statistics_2024m03, ...).';
COMMENT ON COLUMN backscroll.month_statistics.conversation_id IS 'The conversation.';
COMMENT ON COLUMN backscroll.month_statistics.time_zone       IS 'Whose days, hours and months they are (IANA name).';
COMMENT ON COLUMN backscroll.month_statistics.participant_id  IS 'The person; 00000000-0000-0000-0000-000000000000 for everybody, system messages included.';
COMMENT ON COLUMN backscroll.month_statistics.month           IS 'First day of the month.';
COMMENT ON COLUMN backscroll.month_statistics.job_id          IS 'The job that counted it last.';
COMMENT ON COLUMN backscroll.month_statistics.messages        IS 'Messages.';
COMMENT ON COLUMN backscroll.month_statistics.letters         IS 'Characters of their texts.';
COMMENT ON COLUMN backscroll.month_statistics.days            IS 'Days of the month with messages, ascending, counted from 0.';
COMMENT ON COLUMN backscroll.month_statistics.day_messages    IS 'Messages of each of these days.';
COMMENT ON COLUMN backscroll.month_statistics.hours           IS 'Hours of the week with messages, ascending, counted from 0, Monday from midnight to one.';
COMMENT ON COLUMN backscroll.month_statistics.hour_messages   IS 'Messages of each of these hours.';
COMMENT ON COLUMN backscroll.month_statistics.kinds           IS 'What they are made of: {kind: messages}.';
COMMENT ON COLUMN backscroll.month_statistics.hosts           IS 'Where their links lead: {host: links}.';
COMMENT ON COLUMN backscroll.month_statistics.emoji           IS 'Emoji in their texts: {emoji: times}.';
COMMENT ON COLUMN backscroll.month_statistics.reactions       IS 'Emoji left on messages of the month: {emoji: times}; only in the row of everybody.';
COMMENT ON COLUMN backscroll.month_statistics.replies         IS 'How soon somebody else was answered, as numbers of stretches of time, ascending (model/statistics.py).';
COMMENT ON COLUMN backscroll.month_statistics.reply_messages  IS 'Answers of each of these stretches.';
COMMENT ON COLUMN backscroll.month_statistics.answers         IS 'Who was answered: {participant id: answers}; empty in the row of everybody.';
COMMENT ON COLUMN backscroll.month_statistics.words           IS 'The 500 words that most messages have, as search knows them; only in the row of everybody.';
COMMENT ON COLUMN backscroll.month_statistics.word_messages   IS 'Messages that have each of these words, among those that were sampled.';
COMMENT ON COLUMN backscroll.month_statistics.sampled         IS 'Messages whose words were counted: those with the lowest ids, about 1,000.';
COMMENT ON COLUMN backscroll.month_statistics.keywords        IS 'Words that this month has twice as often as the others of the chat, the most telling first: [[word, messages among the sampled, weight], ...].';
COMMENT ON COLUMN backscroll.month_statistics.known_messages  IS 'Messages of the month and two days around it, by the day index, when it was counted; only in the row of everybody.';
COMMENT ON COLUMN backscroll.month_statistics.known_at        IS 'The latest changed_at of these days when it was counted; only in the row of everybody.';
COMMENT ON COLUMN backscroll.month_statistics.counted_at      IS 'When it was counted.';

CREATE TABLE backscroll.month_statistics_before PARTITION OF backscroll.month_statistics FOR VALUES FROM (MINVALUE) TO ('1990-01-01');
CREATE TABLE backscroll.month_statistics_after  PARTITION OF backscroll.month_statistics FOR VALUES FROM ('2100-01-01') TO (MAXVALUE);
COMMENT ON TABLE backscroll.month_statistics_before IS 'Statistics of months before 1990.';
COMMENT ON TABLE backscroll.month_statistics_after  IS 'Statistics of months from 2100 on.';
