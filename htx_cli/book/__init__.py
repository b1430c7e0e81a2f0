"""The SQLite file and its journal, the only user of sqlite3: one way to read, one way to write."""
