-- The number that another ticket system (Request Tracker) has given to a ticket: "RT-12", "" = none.
ALTER TABLE ticket ADD COLUMN outside TEXT NOT NULL DEFAULT '';
