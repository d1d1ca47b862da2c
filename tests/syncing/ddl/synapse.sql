CREATE TABLE events (
    topological_ordering bigint NOT NULL, event_id text NOT NULL UNIQUE, type text NOT NULL, room_id text NOT NULL, content text, depth bigint NOT NULL DEFAULT 0,
    origin_server_ts bigint, received_ts bigint, sender text, contains_url boolean, instance_name text, stream_ordering bigint UNIQUE, state_key text,
    rejection_reason text
);
CREATE TABLE event_json (event_id text NOT NULL UNIQUE, room_id text NOT NULL, internal_metadata text NOT NULL DEFAULT '{}', json text NOT NULL, format_version integer);
CREATE TABLE event_relations (event_id text NOT NULL UNIQUE, relates_to_id text NOT NULL, relation_type text NOT NULL, aggregation_key text);
CREATE TABLE room_stats_state (room_id text PRIMARY KEY, name text, canonical_alias text, join_rules text, encryption text, avatar text, is_federatable boolean, topic text, room_type text);
CREATE TABLE room_memberships (event_id text NOT NULL UNIQUE, user_id text NOT NULL, sender text NOT NULL, room_id text NOT NULL, membership text NOT NULL, display_name text, avatar_url text);
CREATE TABLE redactions (event_id text NOT NULL UNIQUE, redacts text NOT NULL, have_censored boolean NOT NULL DEFAULT false, received_ts bigint);
CREATE INDEX redactions_redacts ON redactions (redacts);
CREATE TABLE profiles (user_id text UNIQUE, displayname text, avatar_url text);
CREATE TABLE receipts_linearized (stream_id bigint NOT NULL, room_id text NOT NULL, receipt_type text NOT NULL, user_id text NOT NULL, event_id text NOT NULL, data text NOT NULL DEFAULT '{}');
