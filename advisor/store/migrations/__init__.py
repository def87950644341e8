"""The migrations, which build and upgrade the tables: Alembic runs ``env.py`` and the steps in ``versions/``."""
