CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email varchar(255) NOT NULL UNIQUE, password_hash varchar(255) NOT NULL,
    full_name varchar(255), preferences jsonb, created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL DEFAULT now(),
    last_login timestamp, is_active boolean NOT NULL DEFAULT true, deleted_at timestamp
);
CREATE INDEX idx_users_active ON users(is_active) WHERE deleted_at IS NULL;
CREATE TABLE roles (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(100) NOT NULL UNIQUE, description varchar(255),
    created_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE permissions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), resource varchar(100) NOT NULL, action varchar(100) NOT NULL, description varchar(255)
);
CREATE TABLE user_roles (
    user_id uuid NOT NULL REFERENCES users(id), role_id uuid NOT NULL REFERENCES roles(id), assigned_at timestamp NOT NULL DEFAULT now(),
    expires_at timestamp, PRIMARY KEY (user_id, role_id)
);
CREATE TABLE role_permissions (
    role_id uuid NOT NULL REFERENCES roles(id), permission_id uuid NOT NULL REFERENCES permissions(id), PRIMARY KEY (role_id, permission_id)
);
CREATE TABLE conversations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner_id uuid NOT NULL REFERENCES users(id), source_type varchar(50) NOT NULL,
    title varchar(255) NOT NULL, metadata jsonb, started_at timestamp, ended_at timestamp, imported_at timestamp NOT NULL DEFAULT now(),
    message_count bigint NOT NULL DEFAULT 0, status varchar(50) NOT NULL DEFAULT 'ready', deleted_at timestamp
);
CREATE INDEX idx_conversations_active ON conversations(owner_id) WHERE deleted_at IS NULL;
CREATE TABLE participants (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), conversation_id uuid NOT NULL REFERENCES conversations(id), phone_number varchar(50),
    display_name varchar(255), avatar_url varchar(500), is_business boolean NOT NULL DEFAULT false, metadata jsonb,
    first_message_at timestamp, last_message_at timestamp, message_count bigint NOT NULL DEFAULT 0
);
CREATE INDEX idx_participants_conversation ON participants(conversation_id);
-- "Range partitioning by sent_at": the key needs the column, and what hangs on a message has no foreign key to it.
CREATE TABLE messages (
    id uuid NOT NULL DEFAULT gen_random_uuid(), conversation_id uuid NOT NULL REFERENCES conversations(id),
    sender_id uuid NOT NULL REFERENCES participants(id), message_id varchar(255), content text, message_type varchar(50) NOT NULL DEFAULT 'text',
    metadata jsonb, sent_at timestamp NOT NULL, is_deleted boolean NOT NULL DEFAULT false, is_edited boolean NOT NULL DEFAULT false,
    processed_at timestamp, search_vector tsvector, PRIMARY KEY (id, sent_at), UNIQUE (message_id, sent_at)
) PARTITION BY RANGE (sent_at);
CREATE TABLE messages_2024_03 PARTITION OF messages FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
CREATE TABLE messages_2024_04 PARTITION OF messages FOR VALUES FROM ('2024-04-01') TO ('2025-01-01');
CREATE INDEX idx_messages_conversation_sent ON messages(conversation_id, sent_at);
CREATE INDEX idx_messages_search ON messages USING GIN(search_vector);
CREATE TABLE message_attachments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), message_id uuid NOT NULL, attachment_type varchar(50), file_name varchar(255),
    storage_path varchar(500), file_size bigint, mime_type varchar(100), metadata jsonb
);
CREATE TABLE message_entities (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), message_id uuid NOT NULL, entity_type varchar(50), entity_value varchar(255),
    start_position integer, end_position integer, confidence_score double precision
);
CREATE TABLE message_sentiment (
    message_id uuid PRIMARY KEY, polarity double precision, subjectivity double precision, sentiment_label varchar(50),
    emotion_scores jsonb, analyzed_at timestamp
);
CREATE TABLE bookmarks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES users(id),
    conversation_id uuid NOT NULL REFERENCES conversations(id), message_id uuid, title varchar(255), notes text,
    created_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE annotations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES users(id),
    conversation_id uuid NOT NULL REFERENCES conversations(id), message_id uuid, content text NOT NULL, category varchar(100), tags jsonb,
    created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE analytics_jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), job_type varchar(50), status varchar(50), parameters jsonb, scheduled_at timestamp,
    started_at timestamp, completed_at timestamp, error_message text
);
CREATE TABLE conversation_analytics (
    id uuid NOT NULL DEFAULT gen_random_uuid(), conversation_id uuid NOT NULL REFERENCES conversations(id),
    job_id uuid REFERENCES analytics_jobs(id), analysis_date date NOT NULL, daily_stats jsonb, participant_stats jsonb,
    keyword_frequencies jsonb, response_times jsonb, sentiment_trends jsonb, created_at timestamp NOT NULL DEFAULT now(),
    PRIMARY KEY (id, analysis_date)
) PARTITION BY RANGE (analysis_date);
CREATE TABLE conversation_analytics_2024 PARTITION OF conversation_analytics FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX idx_analytics_conversation_date ON conversation_analytics(conversation_id, analysis_date);
CREATE TABLE export_jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES users(id),
    conversation_id uuid NOT NULL REFERENCES conversations(id), export_format varchar(50), filters jsonb, status varchar(50),
    requested_at timestamp, completed_at timestamp, error_message text
);
CREATE TABLE export_files (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), job_id uuid NOT NULL REFERENCES export_jobs(id), file_name varchar(255),
    storage_path varchar(500), file_size bigint, expires_at timestamp
);
CREATE TABLE audit_logs (
    id uuid NOT NULL DEFAULT gen_random_uuid(), user_id uuid, action varchar(100) NOT NULL, resource_type varchar(100), resource_id uuid,
    changes jsonb, ip_address varchar(45), user_agent varchar(500), created_at timestamp NOT NULL DEFAULT now(), PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE audit_logs_all PARTITION OF audit_logs FOR VALUES FROM ('2024-01-01') TO ('2124-01-01');
CREATE INDEX idx_audit_logs_user_created ON audit_logs(user_id, created_at);
CREATE INDEX idx_audit_logs_resource ON audit_logs(resource_type, resource_id);
