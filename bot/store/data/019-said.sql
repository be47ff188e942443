-- What a visitor sends again is known by marks in the conversation's row (store/said.h). NULL = not known, as after this
-- migration: the next turn looks at the events.
ALTER TABLE conversation ADD COLUMN said BLOB;
DROP INDEX event_cid;
