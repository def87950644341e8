"""The databases that the store runs on: SQLite and PostgreSQL, their transactions and migrations."""
