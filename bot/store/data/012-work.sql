-- What people put to a ticket while they work on it, and what a hand-off brings along.
ALTER TABLE ticket ADD COLUMN slots TEXT NOT NULL DEFAULT '';      -- collected by the assistant: lines of name TAB value
ALTER TABLE ticket ADD COLUMN page_title TEXT NOT NULL DEFAULT ''; -- of the page the visitor is on
ALTER TABLE ticket ADD COLUMN identity TEXT NOT NULL DEFAULT '';   -- the site's own id of a visitor it has signed in
ALTER TABLE ticket ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;   -- 0 = no time is set
CREATE INDEX ticket_identity ON ticket (identity, id) WHERE identity <> '';

-- For colleagues only. cid is the writer's: what is sent again is stored once.
CREATE TABLE ticket_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    user INTEGER NOT NULL REFERENCES user (id),
    at_ms INTEGER NOT NULL,
    cid TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (ticket, user, cid)
) STRICT;

CREATE TABLE ticket_tag (
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (ticket, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_tag_tag ON ticket_tag (tag, ticket);

-- Colleagues who were asked to look at it: they see it whatever their departments.
CREATE TABLE ticket_invite (
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    PRIMARY KEY (ticket, user)
) STRICT, WITHOUT ROWID;

-- By which an agent who comes back is told what became of the chats.
CREATE INDEX ticket_event_owner ON ticket_event (owner_before, id) WHERE before = 'claimed';
