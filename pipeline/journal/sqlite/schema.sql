-- The schema of a journal, written for a person with a SQL shell as much as for the package. It keeps to what PostgreSQL can do too.
--
-- Times are microseconds since 1970 UTC, durations microseconds. Digests are 16 bytes, NULL for none; a text that is empty is NULL.
-- Only what says so here is ever updated: attempts gain their outcome, rows in doubt are settled, rulings change rows, and runs end.

CREATE TABLE accounts (                    -- who the rows were registered with
	id   INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE              -- vendor, base URL and tenant settings; never a key
);

CREATE TABLE runs (                        -- executions of a job over an input
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	name    TEXT NOT NULL UNIQUE,          -- of its folder
	folder  TEXT NOT NULL,
	vendor  TEXT NOT NULL,
	account INTEGER NOT NULL REFERENCES accounts(id),
	job     BLOB,                          -- digest of what decides what is sent
	input   BLOB,                          -- digest of the inputs
	started INTEGER,
	ended   INTEGER,                       -- NULL while it runs and after a crash
	state   TEXT NOT NULL,                 -- running, complete, stopped, interrupted, superseded
	note    BLOB                           -- JSON: how it was asked for
);

CREATE TABLE inputs (
	run    INTEGER NOT NULL REFERENCES runs(id),
	input  INTEGER NOT NULL,               -- 0, 1, 2 ... in the order given
	path   TEXT NOT NULL,
	size   INTEGER NOT NULL,
	sha256 TEXT NOT NULL,                  -- in hex: the digest of the file's SHA-256, never that itself
	PRIMARY KEY (run, input)
) WITHOUT ROWID;

CREATE TABLE progress (                    -- one line a run, updated with each commit
	run     INTEGER PRIMARY KEY REFERENCES runs(id),
	steps   INTEGER NOT NULL,              -- records taken so far
	indexed INTEGER NOT NULL,              -- steps when people last took in this run's rows
	latest  INTEGER,                       -- newest attempts.at
	found   INTEGER NOT NULL DEFAULT -1    -- steps when known last took in this run's rows
);

CREATE TABLE attempts (                    -- requests about to be sent, each durable before its first byte left
	run         INTEGER NOT NULL REFERENCES runs(id),
	row         INTEGER NOT NULL,
	attempt     INTEGER NOT NULL,          -- 1, 2, 3 ...
	at          INTEGER,
	content     BLOB,                      -- digest of the row's cells
	identity    BLOB,                      -- digest of the person
	line        INTEGER,                   -- physical line in the input
	outcome     TEXT,                      -- free: certainly not registered. loose: uncertain, to be repeated. NULL: see rows; none there: in flight
	ended       INTEGER,                   -- this and what follows: of the outcome
	code        TEXT,
	http_status INTEGER,
	vendor_code TEXT,
	field       TEXT,
	message     TEXT,
	vendor_id   TEXT,
	elapsed     INTEGER,
	phone       BLOB,                      -- digests of what the request asks for and the vendor takes from one person only
	username    BLOB,
	PRIMARY KEY (run, row, attempt)
) WITHOUT ROWID;

CREATE TABLE rows (                        -- the statuses of the rows, one line each
	run         INTEGER NOT NULL REFERENCES runs(id),
	row         INTEGER NOT NULL,
	attempt     INTEGER NOT NULL,          -- 0: never sent
	at          INTEGER,
	status      TEXT NOT NULL,             -- created, exists, rejected, invalid, duplicate, skipped, in_doubt
	code        TEXT,
	http_status INTEGER,
	vendor_code TEXT,
	field       TEXT,
	message     TEXT,
	vendor_id   TEXT,
	elapsed     INTEGER,                   -- from the first attempt on
	line        INTEGER,
	content     BLOB,                      -- both only where attempt is 0: else they are the attempt's
	identity    BLOB,
	PRIMARY KEY (run, row)
) WITHOUT ROWID;

CREATE TABLE acts (                        -- rulings: what persons said of rows
	run     INTEGER NOT NULL REFERENCES runs(id),
	row     INTEGER NOT NULL,
	act     INTEGER NOT NULL,              -- 1, 2, 3 ...
	attempt INTEGER NOT NULL,
	at      INTEGER,
	was     TEXT NOT NULL,                 -- the state before: a status, or open (in flight), free, loose
	status  TEXT NOT NULL,                 -- the status said; unsent: was not created, may be sent again
	code    TEXT,
	message TEXT,
	PRIMARY KEY (run, row, act)
) WITHOUT ROWID;

CREATE TABLE people (                      -- derived from rows when a run starts: who was created in an account
	account  INTEGER NOT NULL REFERENCES accounts(id),
	identity BLOB NOT NULL,
	run      INTEGER NOT NULL,
	row      INTEGER NOT NULL,
	content  BLOB,
	PRIMARY KEY (account, identity)
) WITHOUT ROWID;

CREATE TABLE known (                       -- derived from rows when a run starts: what an account's runs found of rows that they did not create
	account  INTEGER NOT NULL REFERENCES accounts(id),
	content  BLOB NOT NULL,
	status   TEXT NOT NULL,                -- exists, rejected, invalid, duplicate
	code     TEXT,                         -- this, run, row and identity: of the newest row with this content and status
	run      INTEGER NOT NULL,
	row      INTEGER NOT NULL,
	first    INTEGER NOT NULL,             -- the first run with such a row
	identity BLOB,
	PRIMARY KEY (account, content, status)
) WITHOUT ROWID;

CREATE TABLE claims (                      -- derived like people, from attempts: who sent what a vendor takes from one person only
	account  INTEGER NOT NULL REFERENCES accounts(id),
	claim    BLOB NOT NULL,                -- attempts.phone or username
	run      INTEGER NOT NULL,
	row      INTEGER NOT NULL,
	identity BLOB,
	created  INTEGER NOT NULL,             -- 1: the row was created
	PRIMARY KEY (account, claim)
) WITHOUT ROWID;

CREATE VIEW open_attempts AS               -- in doubt, unless the run is running
	SELECT runs.name, attempts.run, attempts.row, attempts.attempt, datetime(attempts.at / 1000000, 'unixepoch') AS at
	FROM attempts JOIN runs ON runs.id = attempts.run
	WHERE outcome IS NULL
	AND NOT EXISTS (SELECT 1 FROM rows WHERE rows.run = attempts.run AND rows.row = attempts.row);

CREATE VIEW counts AS
	SELECT runs.name, rows.run, status, code, count(*) AS rows
	FROM rows JOIN runs ON runs.id = rows.run
	GROUP BY rows.run, status, code;

CREATE TABLE key_check (                   -- one line: by which key all digests are made. It says nothing of the key
	value BLOB NOT NULL
);

CREATE TABLE commits (                     -- one line. The file beside the journal has the same: it tells when the newest commits are lost
	journal INTEGER NOT NULL,              -- a random number: which journal it is
	n       INTEGER NOT NULL               -- how many commits there were
);
INSERT INTO commits (journal, n) VALUES (random(), 0);
