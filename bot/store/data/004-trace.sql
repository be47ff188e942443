-- A trace is found by its event, not by its conversation: rows are then written one after the other, so that those
-- of all conversations in a group share a page. By conversation, every turn changed a page of its own.
ALTER TABLE question_trace RENAME TO question_trace_before;

CREATE TABLE question_trace (
    event INTEGER PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    question INTEGER NOT NULL DEFAULT 0, -- 0 = not kept (so far): the words below make it
    lang TEXT NOT NULL,
    fold TEXT NOT NULL,
    text TEXT NOT NULL,
    entry TEXT NOT NULL,
    confidence REAL NOT NULL,
    edition INTEGER NOT NULL,
    thumb INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO question_trace
    SELECT e.id, t.outcome, t.question, t.lang, t.fold, t.text, t.entry, t.confidence, t.edition, t.thumb
    FROM question_trace_before t JOIN event e ON e.conversation = t.conversation AND e.seq = t.seq
    ORDER BY e.id;
DROP TABLE question_trace_before;
