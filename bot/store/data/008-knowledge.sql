-- What agents keep, teach and announce.

-- An agent's own canned replies.
CREATE TABLE snippet (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    text TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    UNIQUE (user, name)
) STRICT;

-- What an agent said a question is about: with `entry` it is a wording of that one, without it `answer` is a draft of a
-- new one. The same agent's later word replaces the earlier.
CREATE TABLE taught (
    question INTEGER NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    entry TEXT NOT NULL,
    answer TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (question, user, entry)
) STRICT, WITHOUT ROWID;

-- Dated notices. `user`: who wrote it last; no reference, as in audit.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    department TEXT NOT NULL, -- '' = the whole site
    from_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL CHECK (until_ms > from_ms),
    changed_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_until ON notice (until_ms);

CREATE TABLE notice_text (
    notice INTEGER NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    line TEXT NOT NULL,
    text TEXT NOT NULL,     -- of the answer; '' = the line
    wordings TEXT NOT NULL, -- one a line
    PRIMARY KEY (notice, lang)
) STRICT, WITHOUT ROWID;
