-- What became of each ticket, step by step. Written with the change itself, whoever makes it, so that nothing that
-- tells other systems, counts or looks back can miss one. `state` and `owner` are those after the step; `cause` is the
-- desk's word for it ("made", "taken", "lease_lost" …).
CREATE TABLE ticket_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    cause TEXT NOT NULL,
    department TEXT NOT NULL,
    owner INTEGER NOT NULL DEFAULT 0, -- 0 = nobody
    before TEXT NOT NULL DEFAULT '',  -- the state before it
    owner_before INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX ticket_event_ticket ON ticket_event (ticket, id);
CREATE INDEX ticket_event_at ON ticket_event (at_ms);

CREATE TRIGGER ticket_made AFTER INSERT ON ticket
BEGIN
    INSERT INTO ticket_event (ticket, at_ms, state, cause, department, owner)
    VALUES (new.id, new.changed_ms, new.state, 'made', new.department, coalesce(new.owner, 0));
END;

CREATE TRIGGER ticket_changed AFTER UPDATE OF state, owner, department ON ticket
WHEN old.state <> new.state OR old.owner IS NOT new.owner OR old.department <> new.department
BEGIN
    INSERT INTO ticket_event (ticket, at_ms, state, cause, department, owner, before, owner_before)
    VALUES (new.id, new.changed_ms, new.state, new.cause, new.department, coalesce(new.owner, 0), old.state,
            coalesce(old.owner, 0));
END;
