-- Closed chats by their words, and what the reports count.

-- Words of a closed ticket's chat: row id = ticket. No trigger writes here (the connection does not trust the schema with
-- virtual tables): search_due says which tickets are still to be read, and the store's thread reads them a few at a time.
CREATE VIRTUAL TABLE search_words USING fts5 (
    number, name, words, tokenize = "unicode61 remove_diacritics 2", prefix = '3 4'
);
CREATE TABLE search_due (
    ticket INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE
) STRICT;
INSERT INTO search_due SELECT id FROM ticket WHERE state = 'closed';
CREATE TRIGGER search_closed AFTER UPDATE OF state ON ticket WHEN new.state = 'closed' AND old.state <> 'closed'
BEGIN
    INSERT OR IGNORE INTO search_due VALUES (new.id);
END;
CREATE TRIGGER search_made_closed AFTER INSERT ON ticket WHEN new.state = 'closed'
BEGIN
    INSERT OR IGNORE INTO search_due VALUES (new.id);
END;
CREATE INDEX ticket_closed ON ticket (id) WHERE state = 'closed';

-- How the assistant replied to what a visitor said or tapped: "answer", "offer", "rephrase", "handoff", "rule", "flow";
-- NULL for everything else. The index has all that is counted, so that counting reads nothing else.
ALTER TABLE event ADD COLUMN outcome TEXT;
UPDATE event SET outcome = (
    SELECT CASE t.outcome WHEN 'answered' THEN 'answer' WHEN 'picked' THEN 'answer' WHEN 'offered' THEN 'offer'
        WHEN 'unanswered' THEN 'rephrase' WHEN 'refused' THEN 'handoff' END
    FROM question_trace t WHERE t.event = event.id)
WHERE id IN (SELECT event FROM question_trace);
CREATE INDEX event_outcome ON event (at_ms, outcome, entry) WHERE outcome IS NOT NULL;
CREATE INDEX rating_at ON rating (at_ms);
CREATE INDEX conversation_created ON conversation (created_ms);

-- What is counted of a ticket, kept with every step of it. Moments in ms since 1970 UTC, 0 = has not happened.
CREATE TABLE ticket_count (
    ticket INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE,
    made_ms INTEGER NOT NULL,
    made_as TEXT NOT NULL,                 -- its first state: waiting, callback, message
    department TEXT NOT NULL,              -- now
    after_entry TEXT NOT NULL DEFAULT '',  -- the entry that the assistant had answered with last
    told_ms INTEGER NOT NULL DEFAULT 0,    -- a range of waiting was first told, in whole minutes:
    told_low INTEGER NOT NULL DEFAULT 0,
    told_high INTEGER NOT NULL DEFAULT 0,
    joined_ms INTEGER NOT NULL DEFAULT 0,  -- a person came for the first time
    parked_ms INTEGER NOT NULL DEFAULT 0,  -- how long it was parked before that
    parked_at INTEGER NOT NULL DEFAULT 0,  -- parked since
    left_ms INTEGER NOT NULL DEFAULT 0,    -- the visitor was gone for good before a person came
    closed_ms INTEGER NOT NULL DEFAULT 0,
    handled_ms INTEGER NOT NULL DEFAULT 0  -- how long the person who closed it had it
) STRICT;
CREATE INDEX ticket_count_made ON ticket_count (made_ms);
INSERT INTO ticket_count (ticket, made_ms, made_as, department, joined_ms, left_ms, closed_ms, handled_ms)
    SELECT id, created_ms, iif(state = 'message' AND claimed_ms = 0, 'message', queued_as), department, claimed_ms,
           iif(claimed_ms = 0 AND queued_as = 'waiting' AND cause = 'visitor', closed_ms, 0), closed_ms,
           coalesce(handled_ms, 0)
    FROM ticket;

CREATE TRIGGER ticket_count_step AFTER INSERT ON ticket_event
BEGIN
    INSERT OR IGNORE INTO ticket_count (ticket, made_ms, made_as, department, after_entry)
        SELECT new.ticket, new.at_ms, new.state, new.department, coalesce((
            SELECT e.entry FROM event e WHERE e.conversation = t.conversation AND e.outcome = 'answer'
            ORDER BY e.seq DESC LIMIT 1), '')
        FROM ticket t WHERE t.id = new.ticket;
    UPDATE ticket_count SET
        department = new.department,
        parked_ms = parked_ms + iif(parked_at > 0 AND joined_ms = 0 AND new.state <> 'parked', new.at_ms - parked_at, 0),
        parked_at = iif(new.state <> 'parked', 0, iif(parked_at > 0, parked_at, new.at_ms)),
        joined_ms = iif(joined_ms = 0 AND new.state = 'claimed', new.at_ms, joined_ms),
        left_ms = iif(joined_ms = 0 AND made_as = 'waiting' AND (
            (new.state = 'closed' AND new.before IN ('waiting', 'offered', 'parked'))
            OR (new.state = 'message' AND new.before = 'parked' AND new.cause <> 'asked')), new.at_ms, left_ms),
        closed_ms = iif(new.state = 'closed', new.at_ms, 0),
        handled_ms = iif(new.state = 'closed',
            coalesce((SELECT t.handled_ms FROM ticket t WHERE t.id = new.ticket), 0), handled_ms)
    WHERE ticket = new.ticket;
END;
