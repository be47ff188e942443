-- What flows need beyond a conversation's memory: webhooks under way, and what visitors are remembered by.

-- A webhook that a turn asked for and that has not answered yet: stored with the turn, dropped with the turn that
-- hears the answer. `id` is the call's own, the same whenever it is tried again.
CREATE TABLE call (
    conversation INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- What flows keep of a visitor for the next conversation ("visitor.name").
CREATE TABLE visitor_value (
    visitor INTEGER NOT NULL REFERENCES visitor (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    PRIMARY KEY (visitor, name)
) STRICT, WITHOUT ROWID;
