"""Migrations: the tables of a book, as steps that are only ever added to.

A step makes the tables of a version and says which version that is. Dates are ISO text, numbers are
REAL: at most 15 significant digits, so that a REAL gives each back exactly.
"""

import re
import sqlite3

from sqlite_utils import Database, Migrations

from htx_cli.book import schema

STEPS = Migrations("htx")

TABLES = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE provinces (
    id TEXT PRIMARY KEY,                -- can-tho, can-tho-2025: a unit in its time
    name TEXT NOT NULL,
    code TEXT,                          -- national code; some mean another unit after a merger
    first_day TEXT NOT NULL CHECK (date(first_day, '+0 days') IS first_day),
    last_day TEXT CHECK (date(last_day, '+0 days') IS last_day),
    CHECK (last_day >= first_day)
) STRICT;

CREATE TABLE successions (              -- which unit went into which
    predecessor TEXT NOT NULL REFERENCES provinces (id),
    successor TEXT NOT NULL REFERENCES provinces (id),
    day TEXT NOT NULL CHECK (date(day, '+0 days') IS day),
    kind TEXT NOT NULL CHECK (kind IN ('merged', 'renamed')),
    PRIMARY KEY (predecessor, successor)
) STRICT;

CREATE TABLE aliases (                  -- other spellings of a name
    alias TEXT NOT NULL,
    province TEXT NOT NULL REFERENCES provinces (id),
    PRIMARY KEY (alias, province)
) STRICT;

CREATE TABLE clusters (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE members (
    cluster TEXT NOT NULL REFERENCES clusters (id),
    province TEXT NOT NULL REFERENCES provinces (id),
    seat INTEGER NOT NULL CHECK (seat BETWEEN 1 AND 999),       -- turn in the rotation
    first_day TEXT NOT NULL CHECK (date(first_day, '+0 days') IS first_day),
    last_day TEXT CHECK (date(last_day, '+0 days') IS last_day),
    PRIMARY KEY (cluster, province, first_day),
    CHECK (last_day >= first_day)
) STRICT;

CREATE TABLE leaderships (
    cluster TEXT NOT NULL REFERENCES clusters (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1976 AND 2199),
    leader TEXT NOT NULL REFERENCES provinces (id),
    deputy TEXT REFERENCES provinces (id),
    deputy_known INTEGER NOT NULL CHECK (deputy_known IN (0, 1)),  -- 1 without a deputy: there is none
    elected_on TEXT CHECK (date(elected_on, '+0 days') IS elected_on),
    because TEXT,
    PRIMARY KEY (cluster, year),
    CHECK (deputy <> leader),
    CHECK (deputy IS NULL OR deputy_known)
) STRICT;

CREATE TABLE years (
    cluster TEXT NOT NULL REFERENCES clusters (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1976 AND 2199),
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    PRIMARY KEY (cluster, year)
) STRICT;

CREATE TABLE lines (                    -- the sentences of the pact, as signed
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    line TEXT NOT NULL,
    text TEXT,
    PRIMARY KEY (cluster, year, line),
    FOREIGN KEY (cluster, year) REFERENCES years (cluster, year)
) STRICT;

CREATE TABLE targets (
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    code TEXT NOT NULL,                 -- 1a
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('count', 'ratio', 'growth', 'yes-no', 'tracked')),
    bound TEXT CHECK (bound IN ('at_least', 'at_most', 'exactly')),
    threshold REAL CHECK (abs(threshold) < 1e15),               -- a number, or per cent
    level INTEGER NOT NULL CHECK (level IN (0, 1)),             -- a count at its date, not cumulative
    base_year INTEGER,                  -- growth is measured from this year
    line TEXT,
    of_title TEXT,                      -- what a ratio is a part of
    unit TEXT,
    scope TEXT NOT NULL CHECK (scope IN ('each', 'cluster')),
    note TEXT,
    PRIMARY KEY (cluster, year, code),
    FOREIGN KEY (cluster, year) REFERENCES years (cluster, year),
    FOREIGN KEY (cluster, year, line) REFERENCES lines (cluster, year, line),
    CHECK ((kind IN ('count', 'ratio', 'growth')) = (bound IS NOT NULL)),
    CHECK ((bound IS NULL) = (threshold IS NULL)),
    CHECK (kind <> 'ratio' OR threshold BETWEEN 0 AND 100),
    CHECK ((kind = 'growth') = (base_year IS NOT NULL)),
    CHECK (base_year < year),
    CHECK (kind = 'count' OR level = 0)
) STRICT;

CREATE TABLE shares (                   -- a province's own threshold; NULL: not assigned to it
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    target TEXT NOT NULL,
    province TEXT NOT NULL REFERENCES provinces (id),
    threshold REAL CHECK (abs(threshold) < 1e15),
    PRIMARY KEY (cluster, year, target, province),
    FOREIGN KEY (cluster, year, target) REFERENCES targets (cluster, year, code)
) STRICT;

CREATE TABLE results (
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    target TEXT NOT NULL,
    province TEXT REFERENCES provinces (id),                    -- NULL: the whole cluster
    as_of TEXT NOT NULL CHECK (date(as_of, '+0 days') IS as_of),
    basis TEXT NOT NULL CHECK (basis IN ('actual', 'estimate')),
    value REAL CHECK (abs(value) < 1e15),                       -- yes is 1, no is 0
    "of" REAL CHECK ("of" BETWEEN 0 AND 1e15),
    base REAL CHECK (abs(base) < 1e15),
    rate REAL CHECK (abs(rate) < 1e15),                         -- a bare rate, in per cent
    source TEXT,
    note TEXT,
    change INTEGER NOT NULL REFERENCES changes (id),            -- the change that wrote this figure
    UNIQUE (cluster, year, target, province, as_of, basis),
    FOREIGN KEY (cluster, year, target) REFERENCES targets (cluster, year, code),
    CHECK ((value IS NULL) <> (rate IS NULL)),
    CHECK (value <= "of"),
    CHECK (rate IS NULL OR ("of" IS NULL AND base IS NULL)),
    CHECK (substr(as_of, 1, 4) = CAST(year AS TEXT))
) STRICT;

-- UNIQUE lets any number of NULLs in, so the whole cluster's figures have an index of their own.
CREATE UNIQUE INDEX results_of_the_whole_cluster
    ON results (cluster, year, target, as_of, basis) WHERE province IS NULL;

CREATE TABLE changes (                  -- the journal: one row per command that wrote
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                   -- UTC
    who TEXT NOT NULL,
    command TEXT NOT NULL,
    because TEXT,
    fixed_clock INTEGER NOT NULL CHECK (fixed_clock IN (0, 1)), -- 1: `at` was given by HTX_NOW
    rows INTEGER NOT NULL,              -- how many records it touched
    hash TEXT NOT NULL UNIQUE,          -- SHA-256 over the previous hash, this row and its records
    origin TEXT NOT NULL                -- the hash under which it was first made
) STRICT;

CREATE TABLE change_rows (              -- each record touched, whole, before and after
    change INTEGER NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    key TEXT NOT NULL,                  -- natural key: cluster/year/target/province/as_of/basis
    before TEXT,
    after TEXT,
    PRIMARY KEY (change, position),
    CHECK (before IS NOT after)
) STRICT;
CREATE INDEX change_rows_by_record ON change_rows (table_name, key);

-- The journal is only ever added to.
CREATE TRIGGER changes_follow BEFORE INSERT ON changes
    WHEN new.id <= (SELECT max(id) FROM changes)
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER change_rows_follow BEFORE INSERT ON change_rows
    WHEN new.change <= (SELECT max(id) FROM changes)
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER change_rows_stay BEFORE UPDATE ON change_rows
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER change_rows_remain BEFORE DELETE ON change_rows
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
"""


def _execute(db: Database, *scripts: str) -> None:
    """Run statements that end with their line: `db.executescript` takes 30 ms more, in every write."""
    statement = ""
    for line in "".join(scripts).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    assert not statement.strip(), statement


@STEPS(name="001_tables")
def _tables(db: Database) -> None:
    _execute(db, TABLES)
    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


FILES = """
CREATE TABLE change_files (             -- the files that a change was imported from
    change INTEGER NOT NULL REFERENCES changes (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,              -- bytes
    sha256 TEXT NOT NULL,
    PRIMARY KEY (change, position)
) STRICT;
CREATE INDEX change_files_by_content ON change_files (sha256);

ALTER TABLE change_rows ADD COLUMN place TEXT;  -- where in its file: {"cell":"B7","file":"kq.xlsx"}

CREATE TRIGGER change_files_follow BEFORE INSERT ON change_files
    WHEN new.change <= (SELECT max(id) FROM changes)
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER change_files_stay BEFORE UPDATE ON change_files
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
CREATE TRIGGER change_files_remain BEFORE DELETE ON change_files
    BEGIN SELECT RAISE (ABORT, 'the journal is only added to'); END;
"""


@STEPS(name="002_files")
def _files(db: Database) -> None:
    _execute(db, FILES)
    db.execute("PRAGMA user_version = 2")


RECEIVED = """
ALTER TABLE changes ADD COLUMN received_at TEXT;  -- UTC; when a change of another copy came into this one
ALTER TABLE changes ADD COLUMN received_by TEXT;  -- who merged that copy; both are NULL for our own
"""

EVIDENCE = """
CREATE TABLE documents (                -- papers that prove figures; the files stay with the officer
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    number TEXT,                        -- of the paper, such as 15/BC-LMHTX
    day TEXT CHECK (date(day, '+0 days') IS day),
    title TEXT,
    name TEXT NOT NULL,                 -- of the file
    size INTEGER NOT NULL               -- bytes
) STRICT;

CREATE TABLE evidence (                 -- a paper proves that a result said just this
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    target TEXT NOT NULL,
    province TEXT REFERENCES provinces (id),                    -- NULL: the whole cluster
    as_of TEXT NOT NULL CHECK (date(as_of, '+0 days') IS as_of),
    basis TEXT NOT NULL CHECK (basis IN ('actual', 'estimate')),
    document TEXT NOT NULL REFERENCES documents (sha256),
    value REAL,                         -- the figure as it stood when the paper was attached
    "of" REAL,
    base REAL,
    rate REAL,
    UNIQUE (cluster, year, target, province, as_of, basis, document),
    FOREIGN KEY (cluster, year, target) REFERENCES targets (cluster, year, code)
) STRICT;
CREATE UNIQUE INDEX evidence_of_the_whole_cluster
    ON evidence (cluster, year, target, as_of, basis, document) WHERE province IS NULL;
CREATE INDEX evidence_by_document ON evidence (document);
"""


@STEPS(name="003_trust")
def _trust(db: Database) -> None:
    _execute(db, RECEIVED, EVIDENCE)
    db.execute("PRAGMA user_version = 3")


PACTS = """
ALTER TABLE years ADD COLUMN pact TEXT CHECK (pact IN ('draft', 'signed'));  -- NULL: set up by hand
ALTER TABLE years ADD COLUMN signed_on TEXT CHECK (date(signed_on, '+0 days') IS signed_on);

-- How a part of a signed pact stood until a decision changed it; stood = 0: there was none.
CREATE TABLE former_lines (
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    line TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (date(last_day, '+0 days') IS last_day),   -- in force until then
    decision TEXT NOT NULL,             -- the number of the paper that ended it
    stood INTEGER NOT NULL CHECK (stood IN (0, 1)),
    text TEXT,
    PRIMARY KEY (cluster, year, line, last_day),
    FOREIGN KEY (cluster, year) REFERENCES years (cluster, year)
) STRICT;

CREATE TABLE former_targets (
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    code TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (date(last_day, '+0 days') IS last_day),
    decision TEXT NOT NULL,
    stood INTEGER NOT NULL CHECK (stood IN (0, 1)),
    title TEXT,
    kind TEXT CHECK (kind IN ('count', 'ratio', 'growth', 'yes-no', 'tracked')),
    bound TEXT CHECK (bound IN ('at_least', 'at_most', 'exactly')),
    threshold REAL CHECK (abs(threshold) < 1e15),
    level INTEGER CHECK (level IN (0, 1)),
    base_year INTEGER,
    line TEXT,
    of_title TEXT,
    unit TEXT,
    scope TEXT CHECK (scope IN ('each', 'cluster')),
    note TEXT,
    PRIMARY KEY (cluster, year, code, last_day),
    FOREIGN KEY (cluster, year) REFERENCES years (cluster, year),
    CHECK (NOT stood OR (title IS NOT NULL AND kind IS NOT NULL AND scope IS NOT NULL))
) STRICT;

CREATE TABLE former_shares (
    cluster TEXT NOT NULL,
    year INTEGER NOT NULL,
    target TEXT NOT NULL,
    province TEXT NOT NULL REFERENCES provinces (id),
    last_day TEXT NOT NULL CHECK (date(last_day, '+0 days') IS last_day),
    decision TEXT NOT NULL,
    stood INTEGER NOT NULL CHECK (stood IN (0, 1)),
    threshold REAL CHECK (abs(threshold) < 1e15),
    PRIMARY KEY (cluster, year, target, province, last_day),
    FOREIGN KEY (cluster, year) REFERENCES years (cluster, year)
) STRICT;
"""

CLUSTER_NAMES = """
CREATE TABLE cluster_names (            -- what a cluster was called before
    cluster TEXT NOT NULL REFERENCES clusters (id),
    last_day TEXT NOT NULL CHECK (date(last_day, '+0 days') IS last_day),
    name TEXT NOT NULL,
    PRIMARY KEY (cluster, last_day)
) STRICT;
"""

TAKEOVERS = """
CREATE TABLE takeovers (                -- who leads a year from a later day of it on
    cluster TEXT NOT NULL REFERENCES clusters (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1976 AND 2199),
    first_day TEXT NOT NULL CHECK (date(first_day, '+0 days') IS first_day),
    leader TEXT NOT NULL REFERENCES provinces (id),
    deputy TEXT REFERENCES provinces (id),
    deputy_known INTEGER NOT NULL CHECK (deputy_known IN (0, 1)),  -- 1 without a deputy: there is none
    because TEXT,
    PRIMARY KEY (cluster, year, first_day),
    CHECK (substr(first_day, 1, 4) = CAST(year AS TEXT)),
    CHECK (deputy <> leader),
    CHECK (deputy IS NULL OR deputy_known)
) STRICT;
"""


DUE_DATES = """
CREATE TABLE due_dates (                -- when the figures of a period are to be sent
    cluster TEXT NOT NULL REFERENCES clusters (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1976 AND 2199),
    period TEXT NOT NULL CHECK (period IN ('quarter', 'half-year', 'year')),
    days INTEGER NOT NULL CHECK (days BETWEEN -366 AND 366),    -- after the period's last day
    PRIMARY KEY (cluster, year, period)
) STRICT;
"""

HANDOVERS = """
CREATE TABLE handovers (                -- to whom the book was given to keep
    number INT NOT NULL PRIMARY KEY CHECK (number > 0),         -- 1, 2, …
    province TEXT NOT NULL REFERENCES provinces (id),
    handed_on TEXT NOT NULL CHECK (date(handed_on, '+0 days') IS handed_on),
    taken_on TEXT CHECK (date(taken_on, '+0 days') IS taken_on) -- NULL: not taken over yet
) STRICT;
"""


@STEPS(name="004_time")
def _time(db: Database) -> None:
    _execute(db, PACTS, CLUSTER_NAMES, TAKEOVERS, DUE_DATES, HANDOVERS)
    db.execute("PRAGMA user_version = 4")


# Every trigger of a book, as SQLite keeps it.
TRIGGERS = frozenset(re.findall(r"CREATE TRIGGER .*?\bEND(?=;)", TABLES + FILES, re.DOTALL))


def database(connection: sqlite3.Connection) -> Database:
    """Wrap the connection for sqlite-utils, without anybody's plugins."""
    return Database(connection, execute_plugins=False)


def apply(connection: sqlite3.Connection, steps: Migrations = STEPS) -> None:
    """Take every pending step inside the caller's transaction."""
    steps.apply(database(connection))
