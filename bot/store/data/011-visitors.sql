-- What visitors say of the help they had, and what they consented to when they left their address.
CREATE TABLE satisfaction (
    conversation INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    ticket INTEGER NOT NULL DEFAULT 0, -- the last one that a person had, 0 = the assistant alone
    user INTEGER NOT NULL DEFAULT 0,   -- who had it
    value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
    text TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX satisfaction_at ON satisfaction (at_ms);

ALTER TABLE ticket ADD COLUMN consent TEXT NOT NULL DEFAULT ''; -- version of the text, '' = none was asked
