-- Files that visitors and agents exchange: what is known of each. The bytes lie in DATA/files/ID.

-- `id` is 128 random bits and part of the file's address. Who uploaded it is a visitor's token or a user; `seq` is the
-- message that it was sent with, NULL until then. Agents' files belong to a conversation from the beginning. A file goes
-- with its message, and with its conversation.
CREATE TABLE file (
    id TEXT PRIMARY KEY CHECK (length(id) = 32),
    token_hash BLOB CHECK (token_hash IS NULL OR length(token_hash) = 32),
    user INTEGER REFERENCES user (id),
    conversation INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
    seq INTEGER,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    width INTEGER NOT NULL DEFAULT 0, -- of a picture, in pixels
    height INTEGER NOT NULL DEFAULT 0,
    made_ms INTEGER NOT NULL,
    CHECK ((token_hash IS NULL) <> (user IS NULL)),
    CHECK (seq IS NULL OR conversation IS NOT NULL),
    FOREIGN KEY (conversation, seq) REFERENCES event (conversation, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX file_conversation ON file (conversation, seq);
CREATE INDEX file_unsent ON file (token_hash, user, made_ms) WHERE seq IS NULL;
CREATE INDEX file_made ON file (made_ms);

-- Whose bytes are still to be removed, after the commit: so that whoever deletes rows, in whatever way, need not know of
-- the disk, and a crash in between forgets nothing.
CREATE TABLE file_gone (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The bytes of all files together.
CREATE TABLE file_total (
    bytes INTEGER NOT NULL
) STRICT;
INSERT INTO file_total VALUES (0);

CREATE TRIGGER file_added AFTER INSERT ON file
BEGIN
    UPDATE file_total SET bytes = bytes + new.size;
END;
CREATE TRIGGER file_deleted AFTER DELETE ON file
BEGIN
    UPDATE file_total SET bytes = bytes - old.size;
    INSERT OR IGNORE INTO file_gone VALUES (old.id);
END;
