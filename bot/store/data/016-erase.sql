-- What erasing a visitor's chats needs.

-- The last questions that a conversation's traces name: whether anybody else has asked the same. Without the answered
-- ones, which are most.
CREATE INDEX question_trace_question ON question_trace (question) WHERE question <> 0;

-- Requests to erase that were carried out, by a hash of the browser's token and the request's own id: what is sent
-- again must not take along what was said in between. Kept for some days.
CREATE TABLE erasure (
    request BLOB PRIMARY KEY CHECK (length(request) = 32),
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that are deleted leave traces in the index of words and in the log until both are written anew: how often that
-- was wanted, and up to which time it has been done.
CREATE TABLE scrub (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    wanted INTEGER NOT NULL,
    done INTEGER NOT NULL
) STRICT;
INSERT INTO scrub VALUES (1, 0, 0);
