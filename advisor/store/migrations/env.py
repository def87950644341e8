"""Runs the migrations on the connection, and in the transaction, of `advisor.store.databases.migrate`."""

from alembic import context

from advisor.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
)
with context.begin_transaction():
    context.run_migrations()
