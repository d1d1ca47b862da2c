CREATE TYPE channel_type AS ENUM ('P', 'G', 'O', 'D');
CREATE TABLE teams (id varchar(26) PRIMARY KEY, createat bigint, displayname varchar(64), name varchar(64) UNIQUE);
CREATE TABLE users (
    id varchar(26) PRIMARY KEY, createat bigint, updateat bigint, deleteat bigint, username varchar(64) UNIQUE, email varchar(128), nickname varchar(64),
    firstname varchar(64), lastname varchar(64), position varchar(128)
);
CREATE TABLE channels (
    id varchar(26) PRIMARY KEY, createat bigint, updateat bigint, deleteat bigint, teamid varchar(26), type channel_type, displayname varchar(64),
    name varchar(64), header varchar(1024), purpose varchar(250), creatorid varchar(26)
);
CREATE TABLE channelmembers (
    channelid varchar(26), userid varchar(26), roles varchar(256), lastviewedat bigint, msgcount bigint, mentioncount bigint, PRIMARY KEY (channelid, userid)
);
CREATE TABLE posts (
    id varchar(26) PRIMARY KEY, createat bigint, updateat bigint, deleteat bigint, userid varchar(26), channelid varchar(26), rootid varchar(26),
    originalid varchar(26), message varchar(65535), type varchar(26), props jsonb, hashtags varchar(1000), filenames varchar(4000),
    fileids varchar(300), hasreactions boolean, editat bigint, ispinned boolean, remoteid varchar(26)
);
CREATE INDEX idx_posts_update_at ON posts (updateat);
CREATE INDEX idx_posts_channel_id_delete_at_create_at ON posts (channelid, deleteat, createat);
CREATE TABLE reactions (
    userid varchar(26), postid varchar(26), emojiname varchar(64), createat bigint, updateat bigint, deleteat bigint, PRIMARY KEY (postid, userid, emojiname)
);
CREATE TABLE fileinfo (
    id varchar(26) PRIMARY KEY, creatorid varchar(26), postid varchar(26), createat bigint, deleteat bigint, path varchar(512), name varchar(256),
    extension varchar(64), size bigint, mimetype varchar(256)
);
CREATE TABLE preferences (userid varchar(26), category varchar(32), name varchar(32), value text, PRIMARY KEY (userid, category, name));
