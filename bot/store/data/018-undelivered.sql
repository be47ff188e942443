-- The delivery that was to bring an agent's answer to whoever left the message, and was given up: until another answer
-- goes out, the ticket is closed, or it arrives after all. 0 = none.
ALTER TABLE ticket ADD COLUMN undelivered INTEGER NOT NULL DEFAULT 0;

-- Notes may be the program's own: they have no user. SQLite takes a NOT NULL away only by making the table anew.
CREATE TABLE ticket_note_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    user INTEGER REFERENCES user (id), -- NULL = the program
    at_ms INTEGER NOT NULL,
    cid TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (ticket, user, cid)
) STRICT;
INSERT INTO ticket_note_anew (id, ticket, user, at_ms, cid, text)
    SELECT id, ticket, user, at_ms, cid, text FROM ticket_note ORDER BY id;
DROP TABLE ticket_note; -- its trigger goes with it
ALTER TABLE ticket_note_anew RENAME TO ticket_note;
CREATE TRIGGER search_noted AFTER INSERT ON ticket_note
    WHEN (SELECT state FROM ticket WHERE id = new.ticket) = 'closed'
BEGIN
    INSERT OR IGNORE INTO search_due VALUES (new.ticket);
END;
