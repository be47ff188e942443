-- What colleagues note about a ticket is found with its chat, also where it is noted after the end.
CREATE TRIGGER search_noted AFTER INSERT ON ticket_note
    WHEN (SELECT state FROM ticket WHERE id = new.ticket) = 'closed'
BEGIN
    INSERT OR IGNORE INTO search_due VALUES (new.ticket);
END;
INSERT OR IGNORE INTO search_due
    SELECT DISTINCT n.ticket FROM ticket_note n JOIN ticket t ON t.id = n.ticket WHERE t.state = 'closed';
