CREATE TABLE IF NOT EXISTS chats (
    jid VARCHAR(255) PRIMARY KEY, name VARCHAR(500), is_group BOOLEAN NOT NULL DEFAULT FALSE, metadata JSONB DEFAULT '{}',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE IF NOT EXISTS messages (
    id BIGSERIAL PRIMARY KEY, message_id VARCHAR(255) NOT NULL UNIQUE, jid VARCHAR(255) NOT NULL REFERENCES chats(jid) ON DELETE CASCADE,
    content TEXT, sender VARCHAR(255), is_from_me BOOLEAN NOT NULL DEFAULT FALSE, media_type VARCHAR(50), media_url TEXT,
    timestamp BIGINT NOT NULL, metadata JSONB DEFAULT '{}', created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS idx_messages_jid ON messages(jid);
CREATE INDEX IF NOT EXISTS idx_messages_timestamp ON messages(timestamp DESC);
CREATE INDEX IF NOT EXISTS idx_messages_sender ON messages(sender);
CREATE INDEX IF NOT EXISTS idx_messages_media_type ON messages(media_type) WHERE media_type IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_messages_content_fts ON messages USING gin(to_tsvector('english', coalesce(content, '')));
CREATE TABLE IF NOT EXISTS chat_tracking_state (
    jid VARCHAR(255) PRIMARY KEY REFERENCES chats(jid) ON DELETE CASCADE, is_excluded BOOLEAN NOT NULL DEFAULT FALSE, excluded_at TIMESTAMP,
    last_processed_message_id VARCHAR(255), last_processed_timestamp BIGINT,
    resume_mode VARCHAR(20) DEFAULT 'from_last' CHECK (resume_mode IN ('from_last', 'from_now')), updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE IF NOT EXISTS processing_state (
    id INTEGER PRIMARY KEY DEFAULT 1 CHECK (id = 1), is_paused BOOLEAN NOT NULL DEFAULT FALSE, paused_at TIMESTAMP, resumed_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS media_files (
    id BIGSERIAL PRIMARY KEY, minio_url TEXT NOT NULL, deeplens_url TEXT, message_id VARCHAR(255) REFERENCES messages(message_id) ON DELETE SET NULL,
    jid VARCHAR(255) REFERENCES chats(jid) ON DELETE CASCADE, media_type VARCHAR(50) NOT NULL CHECK (media_type IN ('photo', 'video', 'audio', 'document')),
    file_size BIGINT, mime_type VARCHAR(255), upload_status VARCHAR(50) DEFAULT 'uploaded', metadata JSONB DEFAULT '{}',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
