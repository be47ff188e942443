-- The people behind the counter: what each may hold, how they prove who they are, where they are logged in.
ALTER TABLE user ADD COLUMN capacity INTEGER NOT NULL DEFAULT 0 CHECK (capacity BETWEEN 0 AND 20); -- 0 = the setting
ALTER TABLE user ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE user ADD COLUMN picture_version INTEGER NOT NULL DEFAULT 0; -- 0 = none
ALTER TABLE user ADD COLUMN totp_secret BLOB; -- NULL = passwords alone
ALTER TABLE user ADD COLUMN totp_begun BLOB;  -- shown as a QR code, no code of it seen yet
ALTER TABLE user ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0; -- the last that was used

CREATE TABLE user_picture (
    user INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Each stands in for one code of the telephone and is gone then.
CREATE TABLE recovery_code (
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;

ALTER TABLE session ADD COLUMN made_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0; -- the last request, or sign of an open socket
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
UPDATE session SET made_ms = CAST(strftime('%s', 'now') AS INTEGER) * 1000,
                   seen_ms = CAST(strftime('%s', 'now') AS INTEGER) * 1000;

-- Browsers in which somebody has logged in: their tries are counted apart from those of strangers.
CREATE TABLE device (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    seen_ms INTEGER NOT NULL,
    UNIQUE (user, hash)
) STRICT;

ALTER TABLE audit ADD COLUMN address TEXT NOT NULL DEFAULT ''; -- "" with user 0: the command line
CREATE INDEX audit_user ON audit (user, id);
