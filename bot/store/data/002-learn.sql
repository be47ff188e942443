-- What visitors asked and did not get, kept so that an editor may learn from it. Nothing here names a
-- visitor but question_trace, which goes with its conversation.

-- One row for one question as it reads without case, accents and signs. `id` is the number that
-- editors see; `leader` is the number of the group of like questions it was put into, 0 = none yet.
CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lang TEXT NOT NULL,
    fold TEXT NOT NULL,
    text TEXT NOT NULL, -- as it was written the first time
    leader INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'refused')),
    entry TEXT NOT NULL DEFAULT '',   -- the entry it was accepted for
    wording TEXT NOT NULL DEFAULT '', -- what was written there; '' = settled along with its group
    why TEXT NOT NULL DEFAULT '',     -- it was refused
    edition INTEGER NOT NULL DEFAULT 0, -- live when it was settled
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    settled_ms INTEGER NOT NULL DEFAULT 0,
    UNIQUE (lang, fold)
) STRICT;
CREATE INDEX question_open ON question (id) WHERE state = 'open';
CREATE INDEX question_leader ON question (leader) WHERE leader <> 0;

-- How often what came of it, by whom it was noticed and with which entry.
CREATE TABLE question_note (
    question INTEGER NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    source TEXT NOT NULL,
    entry TEXT NOT NULL,
    count INTEGER NOT NULL,
    confidence REAL NOT NULL, -- the last one
    edition INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    PRIMARY KEY (question, outcome, source, entry)
) STRICT, WITHOUT ROWID;

-- Which question a message of the assistant was about: for the thumb and the pick that may follow.
CREATE TABLE question_trace (
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    question INTEGER NOT NULL DEFAULT 0, -- 0 = not kept (so far): the words below make it
    lang TEXT NOT NULL,
    fold TEXT NOT NULL,
    text TEXT NOT NULL,
    entry TEXT NOT NULL,
    confidence REAL NOT NULL,
    edition INTEGER NOT NULL,
    thumb INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

-- open: rows of `question` in that state. missed: askings that were not kept because there were too many.
CREATE TABLE question_count (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    open INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    missed_ms INTEGER NOT NULL
) STRICT;
INSERT INTO question_count VALUES (1, 0, 0, 0);

-- The files of the site as the last listing saw them: one that has changed since is not written to.
CREATE TABLE question_file (
    path TEXT PRIMARY KEY,
    hash INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
