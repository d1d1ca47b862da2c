CREATE TABLE contacts (
    id bigserial PRIMARY KEY, name varchar DEFAULT '', email varchar, phone_number varchar, identifier varchar, account_id integer NOT NULL DEFAULT 1,
    additional_attributes jsonb DEFAULT '{}', custom_attributes jsonb DEFAULT '{}', created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE inboxes (id bigserial PRIMARY KEY, name varchar NOT NULL, channel_type varchar, account_id integer NOT NULL DEFAULT 1);
CREATE TABLE users (id bigserial PRIMARY KEY, name varchar NOT NULL, display_name varchar, email varchar);
CREATE TABLE labels (id bigserial PRIMARY KEY, title varchar, description text, color varchar);
CREATE TABLE conversations (
    id serial PRIMARY KEY, account_id integer NOT NULL DEFAULT 1, inbox_id integer NOT NULL, status integer NOT NULL DEFAULT 0, assignee_id integer,
    contact_id bigint, display_id integer NOT NULL, cached_label_list text, additional_attributes jsonb DEFAULT '{}',
    last_activity_at timestamp NOT NULL DEFAULT now(), created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE messages (
    id serial PRIMARY KEY, content text, account_id integer NOT NULL DEFAULT 1, inbox_id integer NOT NULL DEFAULT 1,
    conversation_id integer NOT NULL, message_type integer NOT NULL, created_at timestamp NOT NULL, updated_at timestamp NOT NULL,
    private boolean NOT NULL DEFAULT false, status integer DEFAULT 0, source_id varchar, content_type integer NOT NULL DEFAULT 0,
    content_attributes json DEFAULT '{}', sender_type varchar, sender_id bigint, external_source_ids jsonb DEFAULT '{}',
    additional_attributes jsonb DEFAULT '{}', processed_message_content text, sentiment jsonb DEFAULT '{}'
);
CREATE INDEX index_messages_on_conversation_id ON messages (conversation_id);
CREATE INDEX index_messages_on_created_at ON messages (created_at);
CREATE TABLE attachments (
    id serial PRIMARY KEY, file_type integer DEFAULT 0, external_url varchar, coordinates_lat double precision DEFAULT 0,
    coordinates_long double precision DEFAULT 0, message_id integer NOT NULL, account_id integer NOT NULL DEFAULT 1, fallback_title varchar,
    extension varchar, created_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE active_storage_attachments (id bigserial PRIMARY KEY, name varchar NOT NULL, record_type varchar NOT NULL, record_id bigint NOT NULL, blob_id bigint NOT NULL);
CREATE TABLE active_storage_blobs (id bigserial PRIMARY KEY, key varchar NOT NULL, filename varchar NOT NULL, content_type varchar, byte_size bigint NOT NULL);
