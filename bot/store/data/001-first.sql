-- The first schema. Times are milliseconds since 1970 UTC. The connection has secure_delete on
-- before this runs, so that erased text leaves no trace in free pages.
PRAGMA application_id = 0x53706f72; -- "Spor"

CREATE TABLE visitor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    departments TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT '',
    disabled INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    user INTEGER NOT NULL, -- 0 = nobody logged in; no reference: the line outlives the user
    act TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

-- who: 0 bot, 1 waiting, 2 agent, 3 closed.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visitor INTEGER NOT NULL REFERENCES visitor (id),
    last_seq INTEGER NOT NULL DEFAULT 0,
    edition INTEGER NOT NULL DEFAULT 0,
    who INTEGER NOT NULL DEFAULT 0 CHECK (who BETWEEN 0 AND 3),
    lang TEXT NOT NULL DEFAULT '',
    page TEXT NOT NULL DEFAULT '',
    memory TEXT NOT NULL DEFAULT '',
    created_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversation_open ON conversation (visitor) WHERE who <> 3;
CREATE INDEX conversation_visitor ON conversation (visitor, id);
CREATE INDEX conversation_edition ON conversation (edition) WHERE who <> 3;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    kind INTEGER NOT NULL,
    source_from INTEGER NOT NULL,
    cid TEXT,
    body BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    user INTEGER REFERENCES user (id),
    confidence REAL NOT NULL DEFAULT 0,
    source TEXT,
    entry TEXT,
    edition INTEGER NOT NULL DEFAULT 0,
    fallback INTEGER NOT NULL DEFAULT 0,
    ticket INTEGER NOT NULL DEFAULT 0,
    UNIQUE (conversation, seq)
) STRICT;
CREATE UNIQUE INDEX event_cid ON event (conversation, cid) WHERE cid IS NOT NULL;

CREATE TABLE rating (
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    value INTEGER NOT NULL CHECK (value IN (-1, 1)),
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (conversation, seq),
    FOREIGN KEY (conversation, seq) REFERENCES event (conversation, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- id is the number that visitors are told. enqueue_seq is the place in the queue: given once, never
-- again and never changed. queued_as is the state in which the ticket waits for its turn.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    enqueue_seq INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'offered', 'claimed', 'parked', 'callback', 'message', 'closed')),
    queued_as TEXT NOT NULL CHECK (queued_as IN ('waiting', 'callback')),
    department TEXT NOT NULL,
    lang TEXT NOT NULL,
    question TEXT NOT NULL,
    why TEXT NOT NULL,
    corrected TEXT NOT NULL,
    page TEXT NOT NULL,
    tried TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    text TEXT NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    owner INTEGER REFERENCES user (id),
    created_ms INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    claimed_ms INTEGER NOT NULL DEFAULT 0,
    closed_ms INTEGER NOT NULL DEFAULT 0,
    handled_ms INTEGER, -- claimed to closed, where a person closed a chat
    CHECK ((owner IS NOT NULL) OR state NOT IN ('offered', 'claimed'))
) STRICT;
INSERT INTO sqlite_sequence (name, seq) VALUES ('ticket', 1000); -- the first is 1001
CREATE UNIQUE INDEX ticket_live ON ticket (conversation) WHERE state NOT IN ('message', 'closed');
CREATE INDEX ticket_conversation ON ticket (conversation, id);
CREATE INDEX ticket_open ON ticket (enqueue_seq) WHERE state <> 'closed';
CREATE INDEX ticket_waiting ON ticket (enqueue_seq, department, lang, state)
    WHERE state IN ('waiting', 'callback', 'offered');
CREATE INDEX ticket_lane ON ticket (department, lang, enqueue_seq) WHERE state IN ('waiting', 'callback', 'offered');
CREATE INDEX ticket_owner ON ticket (owner) WHERE state IN ('offered', 'claimed');
CREATE INDEX ticket_handled ON ticket (department, closed_ms) WHERE handled_ms IS NOT NULL;

-- The one counter of places: it only rises, also when tickets are erased.
CREATE TABLE queue_counter (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL
) STRICT;
INSERT INTO queue_counter VALUES (1, 0);

-- The queue: both the assignment and every position are taken from here. An offered ticket keeps
-- its place (nobody's position rises when it is declined) but is not taken again.
CREATE VIEW queue_waiting AS
    SELECT id, conversation, enqueue_seq, department, lang, state
    FROM ticket WHERE state IN ('waiting', 'callback', 'offered');

CREATE TABLE edition (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    made_ms INTEGER NOT NULL,
    site_hash INTEGER NOT NULL,
    note TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX edition_live ON edition (live) WHERE live = 1;

-- The bytes of a source are kept once, whatever number of editions has them.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    checksum INTEGER NOT NULL, -- finds candidates; the bytes decide
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX source_checksum ON source (checksum);

CREATE TABLE edition_source (
    edition INTEGER NOT NULL REFERENCES edition (number) ON DELETE CASCADE,
    path TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (edition, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX edition_source_source ON edition_source (source);
