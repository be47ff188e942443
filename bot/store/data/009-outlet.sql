-- What goes out to other systems and people, and how far each of them has been told of tickets.

-- One thing to be sent to one receiver. Made in the transaction that also moves the receiver's cursor on (or that stores
-- what it tells of), so that nothing is lost or sent under two names, whenever the program dies. `uid` goes with it and
-- stays the same however often it is tried. `ref` says what it is about: the same twice is one row. `body` is what is
-- sent; once it has been, it is emptied. `answer` is what the receiver gave for it, such as its own number.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE DEFAULT ('msg_' || lower(hex(randomblob(16)))),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    ref TEXT NOT NULL,
    ticket INTEGER REFERENCES ticket (id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead')),
    tries INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL,
    last_error TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    made_ms INTEGER NOT NULL,
    ended_ms INTEGER NOT NULL DEFAULT 0, -- sent, or given up
    body BLOB NOT NULL,
    UNIQUE (kind, target, ref)
) STRICT;
CREATE INDEX delivery_due ON delivery (next_ms) WHERE state = 'waiting';
CREATE INDEX delivery_waiting ON delivery (kind, target, id) WHERE state = 'waiting';
CREATE INDEX delivery_ended ON delivery (state, ended_ms) WHERE state <> 'waiting';
CREATE INDEX delivery_ticket ON delivery (ticket) WHERE ticket IS NOT NULL;

-- The last ticket_event that a receiver has been told of, or that does not concern it.
CREATE TABLE outlet_cursor (
    consumer TEXT PRIMARY KEY,
    event INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A link sent to a visitor that leads back into the conversation, by the hash of its secret.
CREATE TABLE return_link (
    token_hash BLOB PRIMARY KEY,
    visitor INTEGER NOT NULL REFERENCES visitor (id) ON DELETE CASCADE,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX return_link_expires ON return_link (expires_ms);
CREATE INDEX return_link_visitor ON return_link (visitor);

-- Further tokens of a visitor: of a browser that came by such a link.
CREATE TABLE visitor_token (
    token_hash BLOB PRIMARY KEY,
    visitor INTEGER NOT NULL REFERENCES visitor (id) ON DELETE CASCADE,
    made_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visitor_token_visitor ON visitor_token (visitor);
