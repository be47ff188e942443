-- Browsers that are told when their page is not open. A subscription belongs to the login it was made in: it goes with
-- the session, so that a device that is logged out shows nothing. `presence` is what its user chose last.
CREATE TABLE push (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    session BLOB NOT NULL REFERENCES session (token_hash) ON DELETE CASCADE,
    endpoint TEXT NOT NULL UNIQUE CHECK (length(endpoint) BETWEEN 1 AND 1024),
    p256dh TEXT NOT NULL CHECK (length(p256dh) <= 100),
    auth TEXT NOT NULL CHECK (length(auth) <= 32),
    lang TEXT NOT NULL,
    presence INTEGER NOT NULL DEFAULT 1,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX push_user ON push (user, id);
CREATE INDEX push_session ON push (session);
