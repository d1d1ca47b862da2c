CREATE TABLE zerver_userprofile (id serial PRIMARY KEY, full_name varchar(100) NOT NULL, delivery_email varchar(254), email varchar(254), is_bot boolean NOT NULL DEFAULT false, realm_id integer NOT NULL DEFAULT 1);
CREATE TABLE zerver_recipient (id serial PRIMARY KEY, type_id integer NOT NULL, type smallint NOT NULL, UNIQUE (type, type_id));
CREATE TABLE zerver_stream (id serial PRIMARY KEY, name varchar(60) NOT NULL, description varchar(1024) NOT NULL DEFAULT '', invite_only boolean NOT NULL DEFAULT false, realm_id integer NOT NULL DEFAULT 1, recipient_id integer);
CREATE TABLE zerver_message (
    id serial PRIMARY KEY, subject varchar(60) NOT NULL, content text NOT NULL, rendered_content text, date_sent timestamptz NOT NULL,
    last_edit_time timestamptz, edit_history text, has_attachment boolean NOT NULL DEFAULT false, has_image boolean NOT NULL DEFAULT false,
    has_link boolean NOT NULL DEFAULT false, search_tsvector tsvector, recipient_id integer NOT NULL, sender_id integer NOT NULL,
    sending_client_id integer NOT NULL DEFAULT 1, realm_id integer NOT NULL DEFAULT 1, is_channel_message boolean NOT NULL DEFAULT true
);
CREATE INDEX zerver_message_recipient_date ON zerver_message (recipient_id, date_sent);
CREATE TABLE zerver_reaction (id serial PRIMARY KEY, message_id integer NOT NULL, user_profile_id integer NOT NULL, emoji_name text NOT NULL, emoji_code text NOT NULL, reaction_type varchar(30) NOT NULL);
CREATE TABLE zerver_attachment (id serial PRIMARY KEY, file_name text NOT NULL, path_id text NOT NULL, size integer, content_type text, realm_id integer NOT NULL DEFAULT 1);
CREATE TABLE zerver_attachment_messages (id serial PRIMARY KEY, attachment_id integer NOT NULL, message_id integer NOT NULL);
CREATE TABLE zerver_subscription (id serial PRIMARY KEY, active boolean NOT NULL DEFAULT true, recipient_id integer NOT NULL, user_profile_id integer NOT NULL);
CREATE TABLE zerver_usertopic (id serial PRIMARY KEY, topic_name varchar(60) NOT NULL, stream_id integer NOT NULL, user_profile_id integer NOT NULL, visibility_policy smallint NOT NULL DEFAULT 1, last_updated timestamptz);
