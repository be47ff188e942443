-- A callback with an owner is an appointment: it stands in no line until it is given back. The indexes carry what the
-- view asks, so that neither an assignment nor a count of places reads the tickets themselves.
DROP VIEW queue_waiting;
CREATE VIEW queue_waiting AS
    SELECT id, conversation, enqueue_seq, department, lang, state
    FROM ticket WHERE state IN ('waiting', 'callback', 'offered') AND (state <> 'callback' OR owner IS NULL);
DROP INDEX ticket_waiting;
DROP INDEX ticket_lane;
CREATE INDEX ticket_waiting ON ticket (enqueue_seq, department, lang, state, owner)
    WHERE state IN ('waiting', 'callback', 'offered');
CREATE INDEX ticket_lane ON ticket (department, lang, enqueue_seq, state, owner)
    WHERE state IN ('waiting', 'callback', 'offered');
