"""The first page, and ``/advise``: one event without a stored plan."""
