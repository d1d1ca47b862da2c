CREATE TABLE "user" (id varchar PRIMARY KEY, name varchar, email varchar, role varchar, created_at bigint);
CREATE TABLE folder (id text PRIMARY KEY, parent_id text, user_id text, name text, created_at bigint, updated_at bigint);
CREATE TABLE chat (
    id varchar PRIMARY KEY, user_id varchar, title text, share_id text UNIQUE, chat json, archived boolean, pinned boolean, meta json DEFAULT '{}',
    folder_id text, created_at bigint, updated_at bigint
);
CREATE TABLE feedback (id text PRIMARY KEY, user_id text, version bigint, type text, data json, meta json, snapshot json, created_at bigint, updated_at bigint);
